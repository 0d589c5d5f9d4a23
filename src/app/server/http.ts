import { fail, isRedirect, type ActionFailure } from '@sveltejs/kit';
import { Failure, type FieldErrors } from '#src/platform/server/errors.ts';
import { outage } from '#src/platform/server/outage.ts';

/** What a page gets back when its form could not be carried out: everything typed is in `values`. */
export interface FormFailure {
	message: string;
	fields: FieldErrors;
	details: Record<string, unknown>;
	values: Record<string, string>;
	/** Which of the page's forms it was: `answer` for `?/answer`, empty for the only one. */
	action: string;
}

/** A form's fields as texts; repeated ones are joined by commas, files are left out. */
export function formValues(data: FormData): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [name, value] of data) {
		if (typeof value !== 'string' || name.startsWith('_')) continue;
		values[name] = name in values ? `${values[name]},${value}` : value;
	}
	return values;
}

/**
 * Carries out a form: a typed failure becomes an answer with the field errors and what was typed.
 * @example
 * export const actions = {
 *   default: ({ request, locals }) =>
 *     act(request, async (values) => {
 *       const id = await askQuestion(app().db, requireViewer(locals.viewer), parse(newQuestion, values));
 *       redirect(303, `/questions/${id}`);
 *     })
 * };
 */
export async function act<T>(
	request: Request,
	work: (values: Record<string, string>) => Promise<T>
): Promise<T | ActionFailure<FormFailure>> {
	const data = await request.formData();
	const values = formValues(data);
	try {
		const result = await work(values);
		await settle(data);
		return result;
	} catch (error) {
		if (isRedirect(error)) await settle(data);
		const failure = error instanceof Failure ? error : outage(error);
		if (!failure) throw error;
		const { status, message, fields, details } = failure;
		return fail(status, { message, fields, details, values: withoutSecrets(values), action: actionOf(request) });
	}
}

/** A form that keeps a draft names it; once the form was carried out, the draft goes. */
async function settle(data: FormData): Promise<void> {
	const key = data.get('_draft');
	if (typeof key !== 'string') return;
	const { settleDraft } = await import('./sent-draft.ts');
	await settleDraft(key);
}

const actionOf = (request: Request) => /\?\/(\w+)/.exec(request.url)?.[1] ?? '';

/** Passwords and codes are typed again, never sent back. */
function withoutSecrets(values: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(values).filter(([name]) => !/password|code|token/i.test(name)));
}

/** The page of a list that is paged by number: `?cursor=2`; the first for anything else. */
export function pageNumber(url: URL): number {
	const number = Math.trunc(Number(url.searchParams.get('cursor')));
	return number > 0 && number <= 10_000 ? number : 0;
}
