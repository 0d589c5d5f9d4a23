import {
	changeRows as changeList,
	otherThan,
	readRows,
	writeRows,
	type Change,
	type Rows,
	type Values
} from '#src/ui/rows/rows.ts';
import type { AidType } from './aid.ts';

const one = ['']; // a row that is a single field

export const rowsOf: Record<AidType, readonly Rows[]> = {
	checklist: [{ list: 'items', fields: ['text', 'note', 'group'], least: 4, most: 100, name: 'thing to tick' }],
	steps: [{ list: 'steps', fields: ['title', 'text', 'image', 'alt'], least: 3, most: 60, name: 'step' }],
	decision: [
		{ list: 'questions', fields: one, least: 2, most: 6, name: 'question' },
		{ list: 'rules', fields: [...[0, 1, 2, 3, 4, 5].map((n) => `when.${n}`), 'then'], least: 3, most: 60, name: 'rule' }
	],
	flow: [{ list: 'nodes', fields: ['text', 'next'], least: 4, most: 80, name: 'step or question' }],
	reference: [
		{ list: 'columns', fields: one, least: 2, most: 8, name: 'column' },
		{ list: 'rows', fields: ['0', '1', '2', '3', '4', '5', '6', '7'], least: 3, most: 300, name: 'row' }
	],
	template: [],
	infographic: [],
	screencast: [{ list: 'steps', fields: ['at', 'title', 'text'], least: 3, most: 60, name: 'step' }]
};

/** The form's values after a change of its rows; cells beneath a column go and move with it. */
export function changeRows(values: Values, type: AidType, change: Change): Values {
	const cells = cellsBeneath[change.list];
	const moved = cells && change.what !== 'add' ? changeCells(values, type, cells, change) : values;
	return changeList(moved, rowsOf[type], change);
}

/** Lists that are columns of another: their cells go and move with them. */
const cellsBeneath: Record<string, { list: string; begin: string } | undefined> = {
	columns: { list: 'rows', begin: '' },
	questions: { list: 'rules', begin: 'when.' }
};

function changeCells(
	values: Values,
	type: AidType,
	{ list, begin }: { list: string; begin: string },
	{ what, row }: Change
): Values {
	const rows = rowsOf[type].find((each) => each.list === list)!;
	const columns = rows.fields.filter((field) => field.startsWith(begin) && /\d$/.test(field));
	const changed = readRows(values, rows).map((cells) => {
		const order = columns.map((field) => cells[field] ?? '');
		const other = what === 'up' ? row - 1 : row + 1;
		if (what === 'remove') order.splice(row, 1);
		else if (other >= 0 && other < order.length) [order[row], order[other]] = [order[other]!, order[row]!];
		return { ...cells, ...Object.fromEntries(columns.map((field, index) => [field, order[index] ?? ''])) };
	});
	return { ...otherThan(values, list), ...writeRows(changed, rows) };
}

/** Seconds as a clock shows them: 1:05. */
export const clock = (seconds: number) => {
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
	const two = (number: number) => String(number).padStart(2, '0');
	return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
};

/** The names of a template's gaps, each once, in their order. */
export const gapsIn = (text: string): string[] => [
	...new Set([...text.matchAll(/\{\{([^{}\n]{1,60})\}\}/g)].map(([, name]) => name!.trim()).filter(Boolean))
];
