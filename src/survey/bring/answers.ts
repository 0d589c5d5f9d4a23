import { readAnswers } from '../answers.ts';
import { columnsOf, type Column } from '../export/columns.ts';
import type { Answers, Question } from '../survey.ts';

/** A table of answers as a file has it: a row for each person. */
export interface AnswerTable {
	columns: { name: string; label: string }[];
	rows: { line: number; cells: (number | string | null)[] }[];
}

export interface ReadAnswers {
	answers: Answers[];
	/** Sentences with the line; nothing is taken where there is one. */
	errors: string[];
	/** Columns that belong to no question. */
	ignored: string[];
}

class Wrong extends Error {}

/**
 * Answers of a file, by the names of its columns: `q1`, `q1_2` for the second row or option, as
 * files taken away here have them, `q1[SQ002]` as LimeSurvey has them, or the words of the question.
 */
export function answersFrom(questions: readonly Question[], { columns, rows }: AnswerTable): ReadAnswers {
	const own = columnsOf(questions);
	const places = own.map((column) =>
		columns.findIndex(
			(given) =>
				namesOf(column).includes(plain(given.name)) || (given.label && namesOf(column).includes(plain(given.label)))
		)
	);
	const used = new Set(places);
	const errors: string[] = [];
	const answers = rows.map(({ line, cells }) => {
		const given: Record<string, unknown> = {};
		const told = new Set<string>();
		for (const [at, column] of own.entries()) {
			const cell = places[at]! < 0 ? null : (cells[places[at]!] ?? null);
			try {
				put(given, column, valueOf(column, cell), at - own.findIndex(({ question }) => question === column.question));
			} catch (error) {
				if (!(error instanceof Wrong)) throw error;
				told.add(`a.${column.question}`);
				errors.push(`Line ${line}: “${String(cell).slice(0, 60)}” is no answer to “${column.label.slice(0, 100)}”.`);
			}
		}
		const read = readAnswers(questions, finish(questions, given));
		for (const [field, wrong] of Object.entries(read.errors)) {
			if (told.has(field)) continue;
			const label = questions.find(({ key }) => `a.${key}` === field)?.label ?? field;
			errors.push(`Line ${line}: “${label.slice(0, 100)}” ${wrong}.`);
		}
		return read.answers;
	});
	return { answers, errors, ignored: columns.filter((_, at) => !used.has(at)).map(({ name }) => name) };
}

const plain = (text: string) => text.toLowerCase().replace(/\s+/g, ' ').trim();

function namesOf({ name, question, label }: Column): string[] {
	const number = /_(\d+)$/.exec(name)?.[1];
	const [whole, part] = label.split(/: (.*)/s);
	return [
		...[name, label],
		...(number ? [`${question}[sq${number.padStart(3, '0')}]`, `${question}[${number}]`] : []),
		...(part ? [`${whole} [${part}]`] : [])
	].map(plain);
}

/** What a cell says; null for nothing. @throws Wrong for what cannot be chosen */
function valueOf({ holds, values, type }: Column, cell: number | string | null): number | string | null {
	const text = typeof cell === 'string' ? cell.trim() : cell;
	if (text === null || text === '') return null;
	if (holds === 'text') return String(text);
	if (holds === 'number') return text;
	const said = values.find(({ label }) => plain(label) === plain(String(text)));
	if (said) return said.code;
	if (type === 'multiple') return flagOf(String(text));
	const number = Number(/^A?0*(\d{1,3})$/i.exec(String(text))?.[1] ?? NaN);
	if (!values.some(({ code }) => code === number)) throw new Wrong();
	return number;
}

function flagOf(text: string): number {
	if (/^(1|y|yes|true|x)$/i.test(text)) return 1;
	if (/^(0|n|no|false)$/i.test(text)) return 0;
	throw new Wrong();
}

/** Puts the value of a column where its question keeps it. @param at which row or option it is */
function put(
	given: Record<string, unknown>,
	{ question, type }: Column,
	value: number | string | null,
	at: number
): void {
	if (type === 'matrix') ((given[question] ??= []) as unknown[])[at] = value === null ? null : Number(value) - 1;
	else if (type === 'multiple') {
		if (value === 1) ((given[question] ??= []) as unknown[]).push(at);
	} else if (type === 'ranking') ((given[question] ??= []) as unknown[])[at] = value;
	else if (value !== null) given[question] = type === 'number' || type === 'text' ? value : Number(value) - 1;
}

/** Places of what was put in order become the order. */
function finish(questions: readonly Question[], given: Record<string, unknown>): Record<string, unknown> {
	const done = { ...given };
	for (const { key, type, options } of questions) {
		const places = given[key];
		if (type !== 'ranking' || !Array.isArray(places)) continue;
		if (places.every((place) => place === null)) delete done[key];
		else done[key] = options.map((_, place) => places.findIndex((each) => Number(each) === place + 1));
	}
	return done;
}
