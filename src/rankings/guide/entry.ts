import { contextLabels, contexts, type Context } from '../ranking.ts';

/** What an entry of the Guide says of a tool; all of it Markdown. */
export interface EntryFields extends Record<Context, string> {
	/** What it is, in a few lines. */
	summary: string;
	/** Its essential features. */
	features: string;
}

export const FEATURES = 'Essential features';

/** The parts of an entry with their headings, in the order in which they are read. */
export const parts: readonly { name: Exclude<keyof EntryFields, 'summary'>; label: string }[] = [
	{ name: 'features', label: FEATURES },
	...contexts.map((context) => ({ name: context, label: contextLabels[context] }))
];

export const emptyEntry: EntryFields = {
	...{ summary: '', features: '', own_work: '', learning: '', teaching: '', together: '' }
};

/** An entry as one text: what its revisions hold, search finds and history compares. */
export function textOfEntry(entry: EntryFields): string {
	const all = parts
		.filter(({ name }) => entry[name].trim())
		.map(({ name, label }) => `## ${label}\n\n${entry[name].trim()}`);
	return [entry.summary.trim(), ...all].filter(Boolean).join('\n\n');
}

/** The fields of a text; what stands under no heading of an entry stays where it is. */
export function fieldsOfEntry(text: string): EntryFields {
	const fields = { ...emptyEntry };
	let field: keyof EntryFields = 'summary';
	for (const line of text.split('\n')) {
		const part = parts.find(({ label }) => line === `## ${label}`);
		if (part) field = part.name;
		else fields[field] += `${line}\n`;
	}
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [name, value.trim()])
	) as unknown as EntryFields;
}
