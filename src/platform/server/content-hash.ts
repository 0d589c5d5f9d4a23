import { createHash } from 'node:crypto';

/** SHA-256 of a content as JSON without spaces, the names of each object in order: the same content has the same name. */
export const contentHash = (content: unknown) => createHash('sha256').update(inOneForm(content)).digest('hex');

/** JSON that is the same for the same content, however it was put together. */
export function inOneForm(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(inOneForm).join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${inOneForm(one)}`).join(',')}}`;
}
