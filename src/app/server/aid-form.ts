import { fail } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { fileAddress, storeFile } from '#src/core/files/server/store.ts';
import type { AidType } from '#src/library/aids/aid.ts';
import { changeRows, readChange, type Values } from '#src/library/aids/flat.ts';
import { contentOf, flowValues } from '#src/library/aids/form.ts';
import { NotAChart, readMermaid } from '#src/library/aids/mermaid.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure, invalid } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';
import { act, formValues, type FormFailure } from './http.ts';
import { app } from './runtime.ts';

type Event = Pick<RequestEvent, 'request' | 'locals'>;
type Work = (db: Db, viewer: Viewer, values: Values) => Promise<unknown>;

/** Carries out the form of an aid: files that come with it are kept first, and named in their fields. */
export async function actOnAid({ request, locals }: Event, work: Work) {
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
 * Reads an aid's form with one of its schemas.
 * @throws Failure invalid with its errors at the fields of the form
 */
export function readAidForm<T extends z.ZodObject>(schema: T, type: AidType, values: Values): z.output<T> {
	const { content, fieldOf } = contentOf(type, values);
	const given = Object.fromEntries(
		Object.keys(schema.shape).flatMap((name) => (name in values ? [[name, values[name]]] : []))
	);
	try {
		return parse(schema, { ...given, content });
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		const fields = Object.entries(error.fields).map(([path, message]) => [
			path.startsWith('content.') ? fieldOf(path.slice(8)) : path,
			message
		]);
		throw invalid(Object.fromEntries(fields), 'Something is missing, or not right yet.');
	}
}

/**
 * Changes the rows of a form without scripts, and reads a flow chart's text into it. Nothing
 * is saved, and a draft of it stays.
 */
export async function changeAidRows({ request, locals }: Event, type: AidType) {
	const { change = '', ...values } = formValues(await request.clone().formData());
	const viewer = requireViewer(locals.viewer);
	const shown = { message: '', fields: {}, details: {}, values, action: 'rows' } satisfies FormFailure;
	try {
		for (const [field, file] of await filesIn(request)) values[field] = await keep(app().db, viewer, field, file);
		if (change === 'mermaid' && type === 'flow') return { ...shown, values: withChart(values) };
		const wanted = readChange(change);
		return wanted ? { ...shown, values: changeRows(values, type, wanted) } : shown;
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return fail(error.status, { ...shown, message: error.message, fields: error.fields });
	}
}

function withChart({ mermaid = '', ...values }: Values): Values {
	try {
		const others = Object.entries(values).filter(([name]) => !name.startsWith('nodes.'));
		return { ...Object.fromEntries(others), ...flowValues(readMermaid(mermaid)) };
	} catch (error) {
		throw error instanceof NotAChart ? invalid({ mermaid: error.message }) : error;
	}
}

/** Fields that a draft has and the form has not: rows that were added before it was kept. */
export const rowsOfDraft = (draft: { content: Values } | undefined): Values =>
	Object.fromEntries(
		Object.keys(draft?.content ?? {}).flatMap((name) => (/\.\d+(\.|$)/.test(name) ? [[name, '']] : []))
	);
