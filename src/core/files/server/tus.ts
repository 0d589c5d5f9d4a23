import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure, invalid } from '#src/platform/server/errors.ts';
import { fileLimits } from './limits.ts';
import { fileAddress } from './store.ts';
import { abandonUpload, beginUpload, receive, UPLOAD_DAYS, uploadState, type UploadState } from './uploads.ts';

/** Where uploads begin; each lives one level below. */
export const UPLOADS = '/files/uploads';
const BYTES = 'application/offset+octet-stream';

/**
 * Answers a request of the tus protocol, version 1.0 with creation, creation with upload,
 * termination and expiration (https://tus.io/protocols/resumable-upload): an upload goes
 * on from where a broken connection left it.
 * With the last byte the headers Trellis-File and Trellis-Address name the file.
 * @param id of the upload; none where one begins
 */
export async function answerTus(db: Db, viewer: Viewer, request: Request, id?: string): Promise<Response> {
	const headers = new Headers({ 'tus-resumable': '1.0.0', 'cache-control': 'no-store' });
	try {
		if (request.method !== 'OPTIONS' && request.headers.get('tus-resumable') !== '1.0.0') return otherVersion(headers);
		const status = await (id ? ofOne(db, viewer, request, id, headers) : ofAll(db, viewer, request, headers));
		return new Response(null, { status, headers });
	} catch (error) {
		if (!(error instanceof Failure)) throw error;
		return refusal(error, headers);
	}
}

function otherVersion(headers: Headers): Response {
	headers.set('tus-version', '1.0.0');
	return new Response(null, { status: 412, headers });
}

async function ofAll(db: Db, viewer: Viewer, request: Request, headers: Headers): Promise<number> {
	if (request.method === 'OPTIONS') {
		headers.set('tus-version', '1.0.0');
		headers.set('tus-extension', 'creation,creation-with-upload,termination,expiration');
		headers.set('tus-max-size', String((await fileLimits(db)).fileBytes));
		return 204;
	}
	const bytes = wholeNumber(request, 'upload-length');
	const id = await beginUpload(db, viewer, { name: nameIn(request.headers.get('upload-metadata') ?? ''), bytes });
	headers.set('location', `${UPLOADS}/${id}`);
	headers.set('upload-expires', new Date(Date.now() + UPLOAD_DAYS * 86_400_000).toUTCString());
	if (request.headers.get('content-type') === BYTES) tell(await take(db, viewer, request, id, 0), headers);
	return 201;
}

async function ofOne(db: Db, viewer: Viewer, request: Request, id: string, headers: Headers): Promise<number> {
	if (request.method === 'DELETE') {
		await abandonUpload(db, viewer, id);
		return 204;
	}
	if (request.method === 'HEAD') {
		const state = await uploadState(db, viewer, id);
		headers.set('upload-length', String(state.bytes));
		tell(state, headers);
		return 200;
	}
	if (request.headers.get('content-type') !== BYTES) return 415;
	tell(await take(db, viewer, request, id, wholeNumber(request, 'upload-offset')), headers);
	return 204;
}

const take = (db: Db, viewer: Viewer, { body }: Request, id: string, offset: number) =>
	receive(db, viewer, id, { offset, body: body as AsyncIterable<Uint8Array> | null });

function tell({ offset, file }: UploadState, headers: Headers): void {
	headers.set('upload-offset', String(offset));
	if (!file) return;
	headers.set('trellis-file', file.id);
	headers.set('trellis-address', fileAddress(file));
}

function wholeNumber({ headers }: Request, name: string): number {
	const value = headers.get(name) ?? '';
	if (!/^\d{1,15}$/.test(value)) throw invalid({ file: `The header ${name} must be a whole number.` });
	return Number(value);
}

/** `filename dGlsbC5tcDQ=,filetype …`: the name, in Base64. */
function nameIn(metadata: string): string {
	const pairs = metadata.split(',').map((pair) => pair.trim().split(' '));
	const encoded = pairs.find(([key]) => key === 'filename' || key === 'name')?.[1] ?? '';
	return Buffer.from(encoded, 'base64').toString('utf8');
}

/** The statuses the protocol names; the sentence is in the body for who shows it. */
function refusal(failure: Failure, headers: Headers): Response {
	const { kind, message, fields, details } = failure;
	headers.set('content-type', 'application/json');
	if (typeof details.offset === 'number') headers.set('upload-offset', String(details.offset));
	const tooLarge = /too large|More came/.test(message);
	const status = details.busy ? 423 : kind === 'invalid' && tooLarge ? 413 : failure.status;
	return new Response(JSON.stringify({ message, fields }), { status, headers });
}
