import type { Actions, PageServerLoad } from './$types';
import { itemActions } from '#src/app/server/item-actions.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readDocument } from '#src/library/documents/server/documents.ts';
import { noteOpened } from '#src/library/resources/server/opened.ts';
import { readResource } from '#src/library/resources/server/read.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const resource = await readResource(db, viewer, params.id);
	const document = await readDocument(db, viewer, resource.id, wholeNumber(url, 'view') || 1);
	await noteOpened(db, viewer, resource.id, resource.version);
	return { resource, document, at: wholeNumber(url, 't') };
};

export const actions: Actions = itemActions;

const wholeNumber = (url: URL, name: string) => Math.trunc(Number(url.searchParams.get(name))) || 0;
