import type { Viewer } from '#src/core/access/server/viewer.ts';
import { readBytes } from '#src/core/api/server/request-body.ts';
import type { Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { fileAddress, MOST_BYTES, storeFile, type FileRow, type Upload } from './store.ts';

export interface Uploaded {
	id: string;
	name: string;
	mime: string;
	bytes: number;
	width: number | null;
	height: number | null;
	url: string;
	/** What to put into a text to show the file. */
	markdown: string;
}

/**
 * Takes the file of a request: of a multipart form, or its whole body where it has a name.
 * @throws Failure invalid with `file` and a sentence that says what is wrong with it
 */
export async function uploadFile(
	db: Db,
	viewer: Viewer,
	request: Request,
	whole?: { name: string }
): Promise<Uploaded> {
	const isForm = /^multipart\//i.test(request.headers.get('content-type') ?? '');
	const upload = whole && !isForm ? { ...whole, content: await contentOf(request) } : await uploadOf(request);
	const file = await storeFile(db, viewer, upload);
	const { id, name, mime, bytes, width, height } = file;
	return { id, name, mime, bytes, width, height, url: fileAddress(file), markdown: fileMarkdown(file) };
}

/** What to put into a text to show a file. */
export function fileMarkdown({ id, name, mime }: Pick<FileRow, 'id' | 'name' | 'mime'>): string {
	const url = fileAddress({ id, name });
	const label = name.replace(/\.[^.]+$/, '').replace(/[-_]+/g, ' ');
	return mime.startsWith('image/') ? `![${label}](${url})` : `[${name}](${url})`;
}

/** The file of the field `file`, not read when it is longer than allowed. */
export async function uploadOf(request: Request): Promise<Upload> {
	if (Number(request.headers.get('content-length')) > MOST_BYTES + 64 * 1024) throw tooLarge();
	const form = await request.formData().catch(() => undefined);
	const given = form?.get('file');
	if (!(given instanceof File)) throw invalid({ file: 'Send one file as the form field "file".' });
	return { name: given.name, content: new Uint8Array(await given.arrayBuffer()) };
}

const contentOf = (request: Request) => readBytes(request, MOST_BYTES, tooLarge);

const tooLarge = () => invalid({ file: 'This file is too large: 10 MB at most.' });
