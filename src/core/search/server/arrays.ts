/** Lists as PostgreSQL array literals: one value each however long they are. */

export const numberArray = (values: number[]): string => `{${values.join(',')}}`;

export const textArray = (values: string[]): string =>
	`{${values.map((value) => `"${value.replace(/(["\\])/g, '\\$1')}"`).join(',')}}`;

/** One column of a list of entries. */
export function column<K extends string>(list: { [key in K]: number }[], key: K): string {
	return numberArray(list.map((entry) => entry[key]));
}
