import type { ActionFailure, RequestEvent } from '@sveltejs/kit';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readFormWithFiles } from '#src/core/files/server/form.ts';
import type { FileRow } from '#src/core/files/server/store.ts';
import { act, type FormFailure } from './http.ts';
import { app } from './runtime.ts';

/**
 * Carries out a form that may bring files of any size, as `act` does for others. A file
 * that is kept counts as typed: a form sent again names it in `<field>Id` and need not
 * bring it again.
 */
export async function actWithFiles<T>(
	{ request, locals }: RequestEvent,
	work: (values: Record<string, string>, files: Record<string, FileRow>) => Promise<T>
): Promise<T | ActionFailure<FormFailure>> {
	const { values, files, failure } = await readFormWithFiles(app().db, requireViewer(locals.viewer), request);
	const form = new FormData();
	for (const [name, value] of Object.entries(values)) form.set(name, value);
	for (const [name, { id }] of Object.entries(files)) form.set(`${name}Id`, id);
	const typed = new Request(request.url, { method: 'POST', body: form });
	return act(typed, (all) => {
		if (failure) throw failure;
		return work(all, files);
	});
}
