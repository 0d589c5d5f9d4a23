import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { checkOf, checkRows } from '#src/checks/form.ts';
import { changeRows, type Values } from '#src/ui/rows/rows.ts';
import { atFields, changeFormRows, readRowForm } from './row-form.ts';

/**
 * Reads a check's form with one of its schemas, and does with it what it is for.
 * @throws Failure invalid with its errors at the fields of the form
 */
export async function withCheck<T extends z.ZodObject, R>(
	schema: T,
	values: Values,
	work: (input: z.output<T>) => Promise<R>
): Promise<R> {
	const { nested, fieldOf } = checkOf(values);
	const input = readRowForm(schema, values, nested, fieldOf);
	try {
		return await work(input);
	} catch (error) {
		throw atFields(error, fieldOf);
	}
}

/** Changes the rows of the form without scripts. */
export const changeCheckRows = (event: Pick<RequestEvent, 'request' | 'locals'>) =>
	changeFormRows(event, (values, wanted) => changeRows(values, checkRows, wanted));
