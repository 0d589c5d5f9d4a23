import type { Rows } from '#src/ui/rows/rows.ts';
import type { QuestionType } from '../question.ts';

const accepted: Rows = {
	...{ list: 'accepted', fields: ['match', 'text', 'share', 'why'], weak: ['match', 'share'] },
	...{ least: 2, most: 30, name: 'accepted answer' }
};

/** Where the content says it: any question has these. */
export const partRows: Rows = {
	...{ list: 'parts', fields: ['at', 'other', 'range', 'label'], least: 1, most: 20, name: 'part' }
};

/** What the form of a question repeats, by its type. */
const own: Record<QuestionType, readonly Rows[]> = {
	choice: [
		{ list: 'options', fields: ['key', 'text', 'right', 'why'], weak: ['key'], least: 3, most: 12, name: 'option' }
	],
	order: [{ list: 'items', fields: ['key', 'text'], weak: ['key'], least: 3, most: 12, name: 'thing to order' }],
	match: [
		{ list: 'pairs', fields: ['key', 'left', 'right'], weak: ['key'], least: 3, most: 12, name: 'pair' },
		{ list: 'others', fields: [''], least: 1, most: 12, name: 'other' }
	],
	short: [accepted],
	numeric: [],
	hotspot: [
		{
			...{ list: 'areas', least: 1, most: 30, name: 'area', weak: ['key', 'shape'] },
			fields: ['key', 'name', 'right', 'why', 'shape', 'x', 'y', 'width', 'height', 'points']
		}
	],
	form: [
		{
			...{ list: 'fields', least: 3, most: 40, name: 'field', weak: ['key', 'kind'] },
			fields: ['key', 'kind', 'label', 'value', 'options', 'tolerance', 'units', 'exactCase']
		}
	],
	show: [
		{ list: 'rubric', fields: ['key', 'criterion', 'levels'], weak: ['key'], least: 2, most: 12, name: 'criterion' }
	]
};

export const rowsOf = Object.fromEntries(
	Object.entries(own).map(([type, lists]) => [type, [...lists, partRows]])
) as unknown as Record<QuestionType, readonly Rows[]>;
