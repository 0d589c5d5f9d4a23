import {
	changeRows,
	fieldName,
	filledRows,
	readRows,
	writeRows,
	type Change,
	type Rows,
	type Values
} from '#src/ui/rows/rows.ts';
import type { Question } from './survey.ts';

/** The rows of a survey's form: what is asked. */
export const questionRows: Rows = {
	list: 'questions',
	fields: ['key', 'type', 'label', 'hint', 'required', 'about', 'rows', 'options', 'bands', 'ifQuestion', 'ifOptions'],
	weak: ['key', 'type', 'required', 'about'],
	...{ least: 3, most: 80, name: 'question' }
};

/** What the rows come to, and how to find the form's field for a path of the schema. */
export function questionsOf(values: Values): { nested: { questions: unknown[] }; fieldOf(path: string): string } {
	const filled = filledRows(values, questionRows);
	const keys = keysOf(filled.map(({ row }) => row.key ?? ''));
	const optionsAt = (at: number) => linesOf(readRows(values, questionRows)[at]?.options ?? '');
	const keyAt = (at: number) => keys[filled.findIndex((one) => one.at === at)];
	const questions = filled.map(({ row }, index) => ({
		...{ key: keys[index], type: row.type || 'single', label: row.label, hint: row.hint },
		...{ required: row.required, about: row.about, rows: linesOf(row.rows ?? ''), options: linesOf(row.options ?? '') },
		bands: numbersOf(row.bands ?? ''),
		showIf: conditionOf(row)
	}));
	return { nested: { questions }, fieldOf };

	function conditionOf({ ifQuestion = '', ifOptions = '' }: Values) {
		if (!ifQuestion.trim()) return null;
		const at = Number(ifQuestion) - 1;
		const options = optionsAt(at);
		const chosen = ifOptions.split(/[;\n]/).map((text) => text.trim());
		// What is not among them gets a place that none has: the schema says so.
		const places = chosen.filter(Boolean).map((text) => options.findIndex((option) => same(option, text)));
		return { key: keyAt(at) ?? '', options: places.map((place) => (place < 0 ? 999 : place)) };
	}

	function fieldOf(path: string): string {
		const [list, row, field = ''] = path.split('.');
		const at = list === 'questions' ? filled[Number(row)]?.at : undefined;
		if (at === undefined) return path;
		return fieldName('questions', at, field === 'showIf' ? 'ifQuestion' : field === 'key' ? 'label' : field);
	}
}

const same = (one: string, other: string) => one.toLocaleLowerCase() === other.toLocaleLowerCase();
const linesOf = (text: string) =>
	text
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);

/** What is no number stays, for the schema to say so. */
const numbersOf = (text: string) =>
	text
		.split(/[\s;]+/)
		.filter(Boolean)
		.map((part) => (Number.isFinite(Number(part)) ? Number(part) : part));

/** New questions get names that none has. */
function keysOf(given: string[]): string[] {
	const taken = new Set(given.filter(Boolean));
	let number = 0;
	return given.map((key) => {
		if (key) return key;
		do number += 1;
		while (taken.has(`q${number}`));
		return `q${number}`;
	});
}

/** Moves, adds or removes a question; conditions name the same questions as before. */
export function changeQuestions(values: Values, wanted: Change): Values {
	const changed = changeRows(values, [questionRows], wanted);
	const rows = readRows(changed, questionRows).map((row) => {
		const before = Number(row.ifQuestion) - 1;
		return row.ifQuestion?.trim() && before >= 0 ? { ...row, ifQuestion: placeAfter(before, wanted) } : row;
	});
	return { ...changed, ...writeRows(rows, questionRows) };
}

/** Where a row stands afterwards, counted from 1; empty where it is gone. */
function placeAfter(at: number, { what, row }: Change): string {
	const other = what === 'up' ? row - 1 : row + 1;
	if (what === 'remove' && at === row) return '';
	if (what === 'remove') return String(at > row ? at : at + 1);
	if (what === 'add') return String(at >= row ? at + 2 : at + 1);
	return String((at === row ? other : at === other ? row : at) + 1);
}

/** Questions as the form shows them. */
export function questionValues(questions: readonly Question[]): Values {
	const rows = questions.map(({ showIf, ...question }) => {
		const cause = questions.findIndex(({ key }) => key === showIf?.key);
		return {
			...{ key: question.key, type: question.type, label: question.label, hint: question.hint },
			...{ required: question.required ? 'on' : '', about: question.about ? 'on' : '' },
			...{ rows: question.rows.join('\n'), options: question.options.join('\n'), bands: question.bands.join(' ') },
			ifQuestion: showIf ? String(cause + 1) : '',
			ifOptions: showIf ? showIf.options.map((at) => questions[cause]?.options[at] ?? '').join('; ') : ''
		};
	});
	return writeRows(rows, questionRows);
}
