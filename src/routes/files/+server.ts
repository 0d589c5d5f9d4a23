import { json } from '@sveltejs/kit';
import { app } from '#src/app/server/runtime.ts';
import { uploaderOf } from '#src/app/server/uploads.ts';
import { uploadFile } from '#src/core/files/server/upload.ts';
import { Failure } from '#src/platform/server/errors.ts';
import type { RequestHandler } from './$types.js';

/** A file for a text, as multipart form with the field `file`; answers with the Markdown to insert. */
export const POST: RequestHandler = async (event) => {
	try {
		return json(await uploadFile(app().db, await uploaderOf(event), event.request), { status: 201 });
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return json({ message: error.message, fields: error.fields }, { status: error.status });
	}
};
