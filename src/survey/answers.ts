import { isAsked, type Answers, type AnswerValue, type Question } from './survey.ts';

const LONGEST_TEXT = 4000;

/** What was wrong, by the name of the form's field: `a.q1`, `a.q1.2`. */
export type AnswerErrors = Record<string, string>;

/**
 * Answers as they are kept: only to questions that are asked, and only what can be chosen.
 * @param given values by question, from a form or the API
 * @param partial what is missing may come later
 */
export function readAnswers(
	questions: readonly Question[],
	given: Readonly<Record<string, unknown>>,
	{ partial = false } = {}
): { answers: Answers; errors: AnswerErrors } {
	const answers: Answers = {};
	const errors: AnswerErrors = {};
	for (const key of Object.keys(given))
		if (!questions.some((question) => question.key === key && question.type !== 'section'))
			errors[`a.${key}`] = 'is not a question here';
	for (const question of questions) {
		if (question.type === 'section' || !isAsked(question, answers)) continue;
		const field = `a.${question.key}`;
		try {
			const value = readOne(question, given[question.key]);
			if (value !== undefined) answers[question.key] = value;
			if (!partial && question.required && !isWhole(question, value)) errors[field] = 'is needed';
		} catch (error) {
			if (!(error instanceof Wrong)) throw error;
			errors[field] = error.message;
		}
	}
	return { answers, errors };
}

class Wrong extends Error {}

function isWhole({ type, rows }: Question, value: AnswerValue | undefined): boolean {
	if (type === 'matrix') return Array.isArray(value) && rows.every((_, at) => typeof value[at] === 'number');
	return value !== undefined;
}

const nothing = (value: unknown) => value === undefined || value === null || value === '';

/** @throws Wrong for what cannot be chosen */
function readOne(question: Question, value: unknown): AnswerValue | undefined {
	const { type, rows, options } = question;
	if (nothing(value)) return undefined;
	switch (type) {
		case 'single':
		case 'scale':
			return optionOf(value, options);
		case 'multiple': {
			const chosen = [...new Set(listOf(value).map((each) => optionOf(each, options)))].sort((a, b) => a - b);
			return chosen.length > 0 ? chosen : undefined;
		}
		case 'matrix': {
			const list = listOf(value);
			if (list.length > rows.length) throw new Wrong('has more rows than are asked');
			const chosen = rows.map((_, at) => (nothing(list[at]) ? null : optionOf(list[at], options)));
			return chosen.some((each) => each !== null) ? chosen : undefined;
		}
		case 'ranking':
			return orderOf(listOf(value), options);
		case 'number':
			return numberOf(value);
		default:
			return textOf(value);
	}
}

const listOf = (value: unknown): unknown[] => {
	if (Array.isArray(value)) return value;
	if (typeof value === 'string') return value.split(',');
	throw new Wrong('must be a list');
};

function optionOf(value: unknown, options: readonly string[]): number {
	const place = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value;
	if (typeof place !== 'number' || !(place in options)) throw new Wrong('is none of what can be chosen');
	return place;
}

/** Places of the options in their order: each once. */
function orderOf(value: unknown[], options: readonly string[]): number[] | undefined {
	if (value.every(nothing)) return undefined;
	const order = value.map((each) => optionOf(each, options));
	if (order.length !== options.length || new Set(order).size !== options.length)
		throw new Wrong('must give each a place of its own');
	return order;
}

function numberOf(value: unknown): number {
	const number = typeof value === 'string' ? Number(value.trim().replace(',', '.')) : value;
	if (typeof number !== 'number' || !Number.isFinite(number) || Math.abs(number) > 1e9)
		throw new Wrong('must be a number');
	return number;
}

function textOf(value: unknown): string | undefined {
	if (typeof value !== 'string') throw new Wrong('must be a text');
	const text = value.replace(/\r\n?/g, '\n').trim();
	if (text.length > LONGEST_TEXT) throw new Wrong(`may have ${LONGEST_TEXT.toLocaleString('en')} characters at most`);
	// eslint-disable-next-line no-control-regex -- what cannot be shown is no text
	if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text) || !text.isWellFormed())
		throw new Wrong('holds characters that cannot be shown; remove them');
	return text || undefined;
}

/** What a form sends, by question: rows and places of an order are fields of their own. */
export function givenIn(
	questions: readonly Question[],
	values: Readonly<Record<string, string>>
): Record<string, unknown> {
	const given: Record<string, unknown> = {};
	for (const { key, type, rows, options } of questions) {
		const field = `a.${key}`;
		if (type === 'matrix') given[key] = rows.map((_, at) => values[`${field}.${at}`] ?? '');
		else if (type === 'ranking') given[key] = placesToOrder(options.map((_, at) => values[`${field}.${at}`] ?? ''));
		else if (type !== 'section' && field in values) given[key] = values[field];
	}
	const known = new Set(questions.map(({ key }) => key));
	for (const name of Object.keys(values)) {
		const key = /^a\.([^.]*)/.exec(name)?.[1];
		if (key !== undefined && !known.has(key)) given[key] = values[name];
	}
	return given;
}

/** Places as they were typed, 1 for the first, become the options in their order. */
function placesToOrder(places: string[]): unknown[] {
	if (places.every(nothing)) return [];
	return places.map((_, at) => {
		const option = places.indexOf(String(at + 1));
		return option < 0 ? 'missing' : option;
	});
}

/** Answers as the form shows them again. */
export function valuesOfAnswers(questions: readonly Question[], answers: Answers): Record<string, string> {
	const values: Record<string, string> = {};
	for (const { key, type } of questions) {
		const value = answers[key];
		if (value === undefined) continue;
		if (type === 'matrix' && Array.isArray(value))
			value.forEach((each, at) => each !== null && (values[`a.${key}.${at}`] = String(each)));
		else if (type === 'ranking' && Array.isArray(value))
			value.forEach((option, at) => (values[`a.${key}.${option}`] = String(at + 1)));
		else values[`a.${key}`] = String(value);
	}
	return values;
}
