import { asCsv } from '../csv.ts';
import type { Answers } from '../survey.ts';
import { inWords, type Column } from './columns.ts';
import { widthOf, writeSav } from './sav.ts';

/** An answer by name. */
export interface NamedAnswers {
	person: { id: string; name: string };
	answers: Answers;
}

/** A line for each person, in words. */
export const rowsCsv = (columns: readonly Column[], people: readonly NamedAnswers[]): string =>
	asCsv([
		['person', ...columns.map(({ name }) => name)],
		...people.map(({ person, answers }) => [person.name, ...columns.map((column) => inWords(column, answers))])
	]);

/** A case for each person, in codes with their words. */
export function rowsSav(
	title: string,
	columns: readonly Column[],
	people: readonly NamedAnswers[]
): Buffer<ArrayBuffer> {
	const cells = people.map(({ answers }) => columns.map((column) => column.of(answers)));
	const width = (at: number) => widthOf(cells.map((row) => row[at] as string | null));
	return writeSav({
		title,
		columns: [
			{ name: 'person', label: 'Who answered', width: widthOf(people.map(({ person }) => person.name)) },
			...columns.map(({ name, label, values, holds }, at) => ({
				...{ name, label, values, width: holds === 'text' ? width(at) : 0 }
			}))
		],
		rows: people.map(({ person }, at) => [person.name, ...cells[at]!])
	});
}

/** What each column means, as JSON has it. */
export const dictionaryOf = (columns: readonly Column[]) => columns.map(({ of: _, ...described }) => described);

/** The same as a table: a line for each column and each of its codes. */
export const dictionaryCsv = (columns: readonly Column[]): string =>
	asCsv([
		['column', 'question', 'type', 'label', 'holds', 'code', 'means'],
		...columns.flatMap(({ name, question, type, label, holds, values }) => {
			const about = [name, question, type, label, holds];
			return values.length === 0
				? [[...about, '', '']]
				: values.map(({ code, label: means }) => [...about, String(code), means]);
		})
	]);

/** A person's answers by column, as JSON has them. */
export const rowOf = (columns: readonly Column[], { person, answers }: NamedAnswers) => ({
	person,
	answers: Object.fromEntries(columns.map((column) => [column.name, column.of(answers)]))
});
