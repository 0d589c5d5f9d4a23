import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { rowsOf } from '#src/checks/banks/flat.ts';
import { contentOf } from '#src/checks/banks/form.ts';
import type { QuestionType } from '#src/checks/question.ts';
import { changeRows, type Values } from '#src/ui/rows/rows.ts';
import { atFields, changeFormRows, readRowForm } from './row-form.ts';

/**
 * Reads a question's form with one of its schemas, and does with it what it is for.
 * @throws Failure invalid with its errors at the fields of the form
 */
export async function withQuestion<T extends z.ZodObject, R>(
	schema: T,
	type: QuestionType,
	values: Values,
	work: (input: z.output<T>) => Promise<R>
): Promise<R> {
	const { content, fieldOf } = contentOf(type, values);
	const toField = (path: string) => (path.startsWith('content.') ? fieldOf(path.slice(8)) : path);
	// `title` and the like belong to the content here, whatever the schema has.
	const input = readRowForm(schema, values, { content }, toField);
	try {
		return await work(input);
	} catch (error) {
		throw atFields(error, toField);
	}
}

/** Changes the rows of the form without scripts. */
export const changeQuestionRows = (event: Pick<RequestEvent, 'request' | 'locals'>, type: QuestionType) =>
	changeFormRows(event, (values, wanted) => changeRows(values, rowsOf[type], wanted));
