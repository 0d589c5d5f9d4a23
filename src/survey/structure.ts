import type { Question } from './survey.ts';

/** What of a question may not change once it was answered: all but its words. */
const structure = ({ key, type, required, about, rows, options, bands, showIf }: Question) =>
	JSON.stringify([
		key,
		type,
		required,
		about,
		rows.length,
		options.length,
		bands,
		showIf && [showIf.key, showIf.options]
	]);

/** Whether answers to one count as answers to the other. */
export const sameStructure = (one: readonly Question[], other: readonly Question[]): boolean =>
	one.length === other.length && one.every((question, at) => structure(question) === structure(other[at]!));
