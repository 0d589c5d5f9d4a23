import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { changeQuestions, questionsOf } from '#src/survey/form.ts';
import type { Values } from '#src/ui/rows/rows.ts';
import { atFields, changeFormRows, readRowForm } from './row-form.ts';

/**
 * Reads a survey's form with one of its schemas, and does with it what it is for.
 * @throws Failure invalid with its errors at the fields of the form
 */
export async function withSurvey<T extends z.ZodType, R>(
	schema: T,
	values: Values,
	work: (input: z.output<T>) => Promise<R>
): Promise<R> {
	const { nested, fieldOf } = questionsOf(values);
	// A box that is not ticked is not sent.
	const given = { anonymous: 'off', ...values };
	const input = readRowForm(schema as unknown as z.ZodObject, given, nested, fieldOf) as z.output<T>;
	try {
		return await work(input);
	} catch (error) {
		throw atFields(error, fieldOf);
	}
}

/** Changes the rows of the form without scripts. */
export const changeSurveyRows = (event: Pick<RequestEvent, 'request' | 'locals'>) =>
	changeFormRows(event, (values, wanted) => changeQuestions(values, wanted));
