import { redirect, type RequestEvent } from '@sveltejs/kit';
import { text } from 'node:stream/consumers';
import type { Actions, PageServerLoad } from './$types';
import { actWithFiles } from '#src/app/server/file-forms.ts';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { fileLimits } from '#src/core/files/server/limits.ts';
import type { FileRow } from '#src/core/files/server/store.ts';
import { id } from '#src/core/items/input.ts';
import { itemToEdit } from '#src/core/items/server/write.ts';
import {
	bringBack,
	captionsInput,
	language,
	narrationInput,
	page,
	resourceEdit,
	resourceNotes
} from '#src/library/resources/input.ts';
import { chapterLines, pointLines } from '#src/library/resources/notes.ts';
import { putCaptions, removeCaptions } from '#src/library/resources/server/captions.ts';
import { narratePage, removeNarration } from '#src/library/resources/server/narration.ts';
import { readResource } from '#src/library/resources/server/read.ts';
import { bringBackFile, editResource, noteResource } from '#src/library/resources/server/write.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { files } from '#src/platform/server/files.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const item = await itemToEdit(db, viewer, parse(id, params.id), 'resource');
	const resource = await readResource(db, viewer, item.id);
	return {
		item,
		resource,
		points: pointLines(resource.points),
		chapters: chapterLines(resource.chapters),
		most: (await fileLimits(db)).fileBytes
	};
};

const partsOf = ({ locals, params }: RequestEvent) =>
	[app().db, requireViewer(locals.viewer), parse(id, params.id)] as const;

/** Without JavaScript the page comes again at its address. */
function again({ request, url }: RequestEvent, hash: string): void {
	if (!request.headers.has('x-sveltekit-action')) redirect(303, `${url.pathname}#${hash}`);
}

export const actions: Actions = {
	save: (event) =>
		actWithFiles(event, async (values) => {
			await editResource(...partsOf(event), parse(resourceEdit, values));
			redirect(303, `/resources/${event.params.id}`);
		}),
	bringBack: (event) =>
		act(event.request, async (values) => {
			await bringBackFile(...partsOf(event), parse(bringBack, values));
			redirect(303, `/resources/${event.params.id}`);
		}),
	notes: (event) =>
		act(event.request, async (values) => {
			await noteResource(...partsOf(event), parse(resourceNotes, values));
			again(event, 'notes');
		}),
	captions: (event) =>
		actWithFiles(event, async (values, { captions }) => {
			await itemToEdit(...partsOf(event), 'resource');
			if (!captions) throw invalid({ captions: 'Choose a file with captions.' });
			const input = parse(captionsInput, { language: values.language, text: await textOf(captions) });
			await putCaptions(...partsOf(event), input);
			again(event, 'captions');
		}),
	removeCaptions: (event) =>
		act(event.request, async (values) => {
			await removeCaptions(...partsOf(event), parse(language, values.language));
			again(event, 'captions');
		}),
	narrate: (event) =>
		actWithFiles(event, async ({ page, fileId = '' }) => {
			await itemToEdit(...partsOf(event), 'resource');
			if (!fileId) throw invalid({ file: 'Choose a recording.' });
			await narratePage(...partsOf(event), parse(narrationInput, { page, fileId }));
			again(event, 'narration');
		}),
	removeNarration: (event) =>
		act(event.request, async (values) => {
			await removeNarration(...partsOf(event), parse(page, values.page));
			again(event, 'narration');
		})
};

/** Captions of a whole day stay below this. */
const MOST_CAPTIONS = 3 * 1024 * 1024;

async function textOf({ sha256, bytes }: FileRow): Promise<string> {
	if (bytes > MOST_CAPTIONS) throw invalid({ captions: 'This is far too large for captions.' });
	return text(await files().get(sha256));
}
