import { safeFetch } from '#src/platform/server/safe-fetch.ts';
import type { Given } from '../taking/sift.ts';
import { MOST_LINES } from '../taking/table.ts';
import { NotPulled } from './not-pulled.ts';
import type { Settings } from './sources.ts';

const MOST_BYTES = 4 * 1024 * 1024;

/** The lines that an address answers with. @throws NotPulled, FetchRefused */
export async function linesOfPage(
	{ place = '', list = '', dayField = 'day', valueField = 'value' }: Settings,
	authorization: string
): Promise<Given[]> {
	const { status, body } = await safeFetch(place, {
		types: ['application/json', 'text/json', 'application/ld+json', 'text/plain'],
		maxBytes: MOST_BYTES,
		...(authorization && { headers: { authorization } })
	});
	if (status !== 200) throw new NotPulled(`It answered with ${status}.`);
	return linesOfJson(body.toString('utf8'), { list, dayField, valueField });
}

/** @throws NotPulled where there is no such list */
export function linesOfJson(
	text: string,
	{ list, dayField, valueField }: Required<Pick<Settings, 'list' | 'dayField' | 'valueField'>>
): Given[] {
	const found = at(contentOf(text), list);
	if (!Array.isArray(found)) throw new NotPulled(list ? `There is no list at “${list}”.` : 'It is no list.');
	if (found.length > MOST_LINES) throw new NotPulled(`It has more than ${MOST_LINES.toLocaleString('en')} entries.`);
	return found.map((entry: unknown, index) => {
		const value = at(entry, valueField);
		return {
			line: index + 1,
			day: textOf(at(entry, dayField)),
			value: typeof value === 'number' ? value : textOf(value)
		};
	});
}

function contentOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new NotPulled('It is no JSON.');
	}
}

/** What stands at `data.rows`. Only what the answer itself holds counts. */
function at(content: unknown, path: string): unknown {
	let here = content;
	for (const name of path.split('.').filter(Boolean)) {
		if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined;
		here = (here as Record<string, unknown>)[name];
	}
	return here;
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
