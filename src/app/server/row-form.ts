import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { fileAddress, storeFile } from '#src/core/files/server/store.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure, invalid } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';
import { readChange, type Change, type Values } from '#src/ui/rows/rows.ts';
import { act, formValues, type FormFailure } from './http.ts';
import { app } from './runtime.ts';

type Event = Pick<RequestEvent, 'request' | 'locals'>;
type Work = (db: Db, viewer: Viewer, values: Values) => Promise<unknown>;

/** Carries out a form with rows: files that come with it are kept first, and named in their fields. */
export async function actOnRows({ request, locals }: Event, work: Work) {
	const files = await filesIn(request.clone());
	return act(request, async (values) => {
		const viewer = requireViewer(locals.viewer);
		for (const [field, file] of files) values[field] = await keep(app().db, viewer, field, file);
		return work(app().db, viewer, values);
	});
}

/** Files sent with the form itself, by browsers without scripts. */
async function filesIn(request: Request): Promise<[string, File][]> {
	const sent = [...(await request.formData())];
	return sent.flatMap(([name, value]) =>
		name.startsWith('_file:') && value instanceof File && value.size > 0 ? [[name.slice(6), value]] : []
	);
}

async function keep(db: Db, viewer: Viewer, field: string, file: File): Promise<string> {
	try {
		const content = new Uint8Array(await file.arrayBuffer());
		return fileAddress(await storeFile(db, viewer, { name: file.name, content }));
	} catch (error) {
		throw error instanceof Failure && error.fields.file ? invalid({ [field]: error.fields.file }) : error;
	}
}

/**
 * Reads a form with one of its schemas. Fields of its own name are taken as they are.
 * @param nested what its rows come to
 * @param fieldOf the form's field for a path of the schema
 * @throws Failure invalid with its errors at the fields of the form
 */
export function readRowForm<T extends z.ZodObject>(
	schema: T,
	values: Values,
	nested: Record<string, unknown>,
	fieldOf: (path: string) => string
): z.output<T> {
	const given = Object.fromEntries(
		Object.keys(schema.shape).flatMap((name) => (name in values ? [[name, values[name]]] : []))
	);
	try {
		return parse(schema, { ...given, ...nested });
	} catch (error) {
		throw atFields(error, fieldOf);
	}
}

/** The same failure with its errors at the fields of a form. */
export function atFields(error: unknown, fieldOf: (path: string) => string): unknown {
	if (!(error instanceof Failure) || error.kind !== 'invalid') return error;
	const fields = Object.entries(error.fields).map(([path, message]) => [fieldOf(path), message]);
	return invalid(Object.fromEntries(fields), 'Something is missing, or not right yet.');
}

/**
 * Changes the rows of a form without scripts. Nothing is saved, and a draft of it stays.
 * @param other what buttons do that change no rows: the values after it
 */
export async function changeFormRows(
	{ request, locals }: Event,
	changed: (values: Values, wanted: Change) => Values,
	other: (what: string, values: Values) => Values | undefined = () => undefined
) {
	const { change = '', ...values } = formValues(await request.clone().formData());
	const viewer = requireViewer(locals.viewer);
	const shown = { message: '', fields: {}, details: {}, values, action: 'rows' } satisfies FormFailure;
	try {
		for (const [field, file] of await filesIn(request)) values[field] = await keep(app().db, viewer, field, file);
		const done = other(change, values);
		if (done) return { ...shown, values: done };
		const wanted = readChange(change);
		return wanted ? { ...shown, values: changed(values, wanted) } : shown;
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return fail(error.status, { ...shown, message: error.message, fields: error.fields });
	}
}

/** Fields that a draft has and the form has not: rows that were added before it was kept. */
export const rowsOfDraft = (draft: { content: Values } | undefined): Values =>
	Object.fromEntries(
		Object.keys(draft?.content ?? {}).flatMap((name) => (/\.\d+(\.|$)/.test(name) ? [[name, '']] : []))
	);
