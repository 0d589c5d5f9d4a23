import { isAsked, type Answers, type Question, type QuestionType } from '../survey.ts';

/** A column of a table of answers, as its dictionary describes it. */
export interface Column {
	/** Letters, digits and `_`: `q1`, `q1_2` for the second row or option of `q1`. */
	name: string;
	question: string;
	type: QuestionType;
	/** The question, and what of it the column is about. */
	label: string;
	/** `code` is a number with the words of `values`, `number` one of its own, `text` words. */
	holds: 'code' | 'number' | 'text';
	/** Codes count from 1; of what may be chosen among others, 0 is not chosen. */
	values: { code: number; label: string }[];
	/** Whether the codes have an order. */
	ordered: boolean;
	/** Null for who gave no answer, or was not asked. */
	of(answers: Answers): number | string | null;
}

const numbered = (labels: readonly string[]) => labels.map((label, at) => ({ code: at + 1, label }));
const oneMore = (place: unknown) => (typeof place === 'number' ? place + 1 : null);
const CHOSEN = [
	{ code: 0, label: 'Not chosen' },
	{ code: 1, label: 'Chosen' }
];

/** The columns that answers to these questions have. */
export const columnsOf = (questions: readonly Question[]): Column[] =>
	questions.flatMap((question) => {
		const { key, type } = question;
		const own = ofOne(question);
		return own.map(({ part, at, ...column }) => ({
			...column,
			...{ name: at === null ? key : `${key}_${at + 1}`, question: key, type },
			label: part === null ? question.label : `${question.label}: ${part}`,
			of: (answers) => (isAsked(question, answers) ? column.of(answers) : null)
		}));
	});

type Own = Pick<Column, 'holds' | 'values' | 'ordered' | 'of'> & { part: string | null; at: number | null };

function ofOne({ key, type, rows, options }: Question): Own[] {
	const whole = { part: null, at: null, values: [], ordered: false };
	const listed = (answers: Answers) => answers[key] as (number | null)[] | undefined;
	switch (type) {
		case 'single':
		case 'scale': {
			const values = numbered(options);
			return [{ ...whole, holds: 'code', values, ordered: type === 'scale', of: (answers) => oneMore(answers[key]) }];
		}
		case 'matrix':
			return rows.map((part, at) => ({
				...{ part, at, holds: 'code', values: numbered(options), ordered: true },
				of: (answers) => oneMore(listed(answers)?.[at])
			}));
		case 'multiple':
			return options.map((part, at) => ({
				...{ part, at, holds: 'code', values: CHOSEN, ordered: false },
				of: (answers) => (listed(answers)?.includes(at) ? 1 : 0)
			}));
		case 'ranking':
			return options.map((part, at) => ({
				...{ part: `place of ${part}`, at, holds: 'number', values: [], ordered: true },
				of: (answers) => (answers[key] ? listed(answers)!.indexOf(at) + 1 : null)
			}));
		case 'number':
			return [{ ...whole, holds: 'number', of: (answers) => (answers[key] as number | undefined) ?? null }];
		case 'text':
			return [{ ...whole, holds: 'text', of: (answers) => (answers[key] as string | undefined) ?? null }];
		case 'section':
			return [];
	}
}

/** What a column holds, in words. */
export function inWords({ holds, values, of }: Column, answers: Answers): string {
	const value = of(answers);
	if (value === null) return '';
	return holds === 'code' ? (values.find(({ code }) => code === value)?.label ?? '') : String(value);
}
