import type { AidType } from './aid.ts';

/**
 * The form of an aid: names such as `steps.2.title` for what is nested, with rows that are
 * added, taken away and moved; the same code does it in the browser and without scripts.
 */
export type Values = Record<string, string>;

/** What a type's form repeats: the fields of a row, and how many rows an empty form shows. */
export interface Rows {
	list: string;
	fields: readonly string[];
	least: number;
	most: number;
	/** What a row is called: "Add a step". */
	name: string;
}

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

export const fieldName = (list: string, row: number, field: string) =>
	field ? `${list}.${row}.${field}` : `${list}.${row}`;

/** How many rows a form shows: all that hold something, and never fewer than it begins with. */
export function countRows(values: Values, { list, least }: Rows): number {
	const numbers = Object.keys(values)
		.filter((name) => name.startsWith(`${list}.`))
		.map((name) => Number(name.split('.')[1]))
		.filter(Number.isSafeInteger);
	return Math.min(300, Math.max(least, ...numbers.map((number) => number + 1)));
}

/** What a button of the form asks for: `add`, or one of the others with its row. */
export interface Change {
	what: 'add' | 'remove' | 'up' | 'down';
	list: string;
	row: number;
}

/** `remove:steps:2`, as a button sends it. */
export function readChange(text: string): Change | undefined {
	const [, what, list, row] = /^(add|remove|up|down):(\w+):(\d{1,3})$/.exec(text) ?? [];
	return what ? { what: what as Change['what'], list: list!, row: Number(row) } : undefined;
}

/** The form's values after a change of its rows. */
export function changeRows(values: Values, type: AidType, { what, list, row }: Change): Values {
	const rows = rowsOf[type].find((each) => each.list === list);
	if (!rows) return values;
	const all = readRows(values, rows);
	const cells = cellsBeneath[list];
	if (cells && what !== 'add') values = changeCells(values, type, cells, { what, list, row });
	if (what === 'add' && all.length < rows.most) all.splice(row, 0, {});
	if (what === 'remove') all.splice(row, 1);
	const other = what === 'up' ? row - 1 : row + 1;
	if ((what === 'up' || what === 'down') && all[other] && all[row]) [all[row], all[other]] = [all[other]!, all[row]!];
	return { ...others(values, list), ...writeRows(all, rows) };
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
	return { ...others(values, list), ...writeRows(changed, rows) };
}

function readRows(values: Values, rows: Rows): Values[] {
	return Array.from({ length: countRows(values, rows) }, (_, row) =>
		Object.fromEntries(rows.fields.map((field) => [field, values[fieldName(rows.list, row, field)] ?? '']))
	);
}

function writeRows(all: Values[], { list, fields }: Rows): Values {
	return Object.fromEntries(
		all.flatMap((row, index) => fields.map((field) => [fieldName(list, index, field), row[field] ?? '']))
	);
}

const others = (values: Values, list: string): Values =>
	Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(`${list}.`)));

/** The rows of a list that hold anything, with the numbers they have in the form. */
export function filledRows(values: Values, rows: Rows): { at: number; row: Values }[] {
	return readRows(values, rows)
		.map((row, at) => ({ at, row }))
		.filter(({ row }) => Object.values(row).some((value) => value.trim() !== ''));
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
