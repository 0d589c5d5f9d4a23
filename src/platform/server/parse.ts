import type { z } from 'zod';
import { invalid, type FieldErrors } from './errors.ts';

/**
 * Checks input from outside against its schema.
 * @returns the parsed value
 * @throws Failure invalid, with one message a field ("title is needed")
 */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
	const result = schema.safeParse(input);
	if (result.success) return result.data;
	const fields: FieldErrors = {};
	for (const issue of result.error.issues) {
		const unknown = issue.code === 'unrecognized_keys' ? issue.keys : undefined;
		for (const key of unknown ?? [issue.path.join('.') || '_']) {
			fields[key] ??= unknown ? 'is not a field here' : issue.message;
		}
	}
	const [field, message] = Object.entries(fields)[0] ?? ['_', 'is not valid'];
	throw invalid(fields, `${field === '_' ? 'The input' : field} ${message}.`);
}
