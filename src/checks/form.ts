import { filledRows, type Rows, type Values } from '#src/ui/rows/rows.ts';

/** The rows of a check's form. */
export const checkRows: readonly Rows[] = [
	{
		...{ list: 'objectives', fields: ['objectiveId', 'title', 'draws'], weak: ['objectiveId', 'draws'] },
		...{ least: 2, most: 20, name: 'objective' }
	},
	{ list: 'content', fields: [''], least: 1, most: 30, name: 'item' }
];

/** What the rows of the form come to, and how to find the form's field for a path of the schema. */
export function checkOf(values: Values): {
	nested: { objectives: unknown[]; content: unknown[] };
	fieldOf(path: string): string;
} {
	const [objectives, content] = checkRows.map((rows) => filledRows(values, rows));
	return {
		nested: {
			objectives: objectives!.map(({ row: { objectiveId, title, draws } }) => ({
				objectiveId,
				title,
				draws: draws || '1'
			})),
			content: content!.map(({ row }) => row[''])
		},
		fieldOf(path) {
			const [list = '', row = '', ...rest] = path.split('.');
			const rows = list === 'objectives' ? objectives : list === 'content' ? content : undefined;
			const at = rows?.[Number(row)]?.at;
			return at === undefined ? path : [list, at, ...rest].join('.');
		}
	};
}

export interface CheckStart {
	title: string;
	bodyMd: string;
	tags: string[];
	minutes: number | null;
	contentMinutes: number;
	passPercent: number;
	jobSeconds: number | null;
	jobClock: string | null;
	expertId: string | null;
	threadId: string | null;
	faqId: string | null;
	objectives: { objectiveId: string; title: string; draws: number }[];
	content: { id: string }[];
}

/** A check as its form shows it. */
export function checkValues(check: CheckStart): Values {
	const { minutes, contentMinutes, passPercent, jobSeconds, jobClock, expertId, threadId, faqId } = check;
	const values: Values = {
		...{ title: check.title, bodyMd: check.bodyMd, tags: check.tags.join(' ') },
		...{ minutes: text(minutes), contentMinutes: text(contentMinutes || null), passPercent: text(passPercent) },
		...{ jobSeconds: text(jobSeconds), jobClock: jobClock ?? '' },
		...{
			expertId: expertId ?? '',
			threadId: threadId ? `/questions/${threadId}` : '',
			faqId: faqId ? `/faqs/${faqId}` : ''
		}
	};
	check.objectives.forEach(({ objectiveId, title, draws }, at) =>
		Object.assign(values, {
			...{ [`objectives.${at}.objectiveId`]: objectiveId, [`objectives.${at}.title`]: title },
			[`objectives.${at}.draws`]: String(draws)
		})
	);
	check.content.forEach(({ id }, at) => (values[`content.${at}`] = id));
	return values;
}

const text = (value: number | null) => (value === null ? '' : String(value));
