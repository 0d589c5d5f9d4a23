/**
 * A form with rows: names such as `steps.2.title` for what is nested, with rows that are
 * added, taken away and moved; the same code does it in the browser and without scripts.
 */
export type Values = Record<string, string>;

/** What a form begins with: what was sent when it came back, whole, since boxes and rows that were taken away are not in it. */
export const beginWith = (start: Values, form: { values: Values } | null): Values => ({ ...(form?.values ?? start) });

/** What a form repeats: the fields of a row, and how many rows an empty form shows. */
export interface Rows {
	list: string;
	fields: readonly string[];
	least: number;
	most: number;
	/** What a row is called: "Add a step". */
	name: string;
	/** Fields that do not make a row one that was filled in: what is chosen from the start, or not seen. */
	weak?: readonly string[];
}

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

/** The form's values after a change of one of its lists. */
export function changeRows(values: Values, lists: readonly Rows[], { what, list, row }: Change): Values {
	const rows = lists.find((each) => each.list === list);
	if (!rows) return values;
	const all = readRows(values, rows);
	if (what === 'add' && all.length < rows.most) all.splice(row, 0, {});
	if (what === 'remove') all.splice(row, 1);
	const other = what === 'up' ? row - 1 : row + 1;
	if ((what === 'up' || what === 'down') && all[other] && all[row]) [all[row], all[other]] = [all[other]!, all[row]!];
	return { ...otherThan(values, list), ...writeRows(all, rows) };
}

/** The rows of a list, each by its fields. */
export function readRows(values: Values, rows: Rows): Values[] {
	return Array.from({ length: countRows(values, rows) }, (_, row) =>
		Object.fromEntries(rows.fields.map((field) => [field, values[fieldName(rows.list, row, field)] ?? '']))
	);
}

/** The same as values of the form. */
export function writeRows(all: Values[], { list, fields }: Rows): Values {
	return Object.fromEntries(
		all.flatMap((row, index) => fields.map((field) => [fieldName(list, index, field), row[field] ?? '']))
	);
}

/** The values that belong to none of its rows. */
export const otherThan = (values: Values, list: string): Values =>
	Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(`${list}.`)));

/** The rows of a list that hold anything, with the numbers they have in the form. */
export function filledRows(values: Values, rows: Rows): { at: number; row: Values }[] {
	return readRows(values, rows)
		.map((row, at) => ({ at, row }))
		.filter(({ row }) =>
			Object.entries(row).some(([field, value]) => !rows.weak?.includes(field) && value.trim() !== '')
		);
}
