import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Busboy } from '@fastify/busboy';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure, invalid } from '#src/platform/server/errors.ts';
import type { FileRow } from './store.ts';
import { fileLimits } from './limits.ts';
import { abandonUpload, beginUpload, receive } from './uploads.ts';

export interface FormWithFiles {
	values: Record<string, string>;
	/** By field. */
	files: Record<string, FileRow>;
	/** Why a file could not be kept; the values are all there even so. */
	failure?: Failure;
}

/** Texts of a form together: titles and descriptions, not books; the answers of a long check are many. */
const limits = { fieldSize: 200_000, fields: 2000, files: 20, headerPairs: 50 };

/**
 * Reads a form whose files may be large: they go to disk as they come, so that memory
 * stays as it is whatever their size. This is how a page without JavaScript uploads.
 */
export async function readFormWithFiles(db: Db, viewer: Viewer, request: Request): Promise<FormWithFiles> {
	const form: FormWithFiles = { values: {}, files: {} };
	const type = request.headers.get('content-type') ?? '';
	if (!/^multipart\/form-data\b/i.test(type) || !request.body) {
		for (const [name, value] of await request.formData()) if (typeof value === 'string') form.values[name] = value;
		return form;
	}
	const length = Number(request.headers.get('content-length')) || (await fileLimits(db)).fileBytes;
	const work: Promise<void>[] = [];
	const parser = new Busboy({ headers: { 'content-type': type }, limits });
	parser.on('field', (name, value, _named, cut) => {
		if (cut) form.failure = invalid({ [name]: 'is too long' });
		form.values[name] = form.values[name] ? `${form.values[name]},${value}` : value;
	});
	parser.on('file', (field, stream, name) => {
		stream.on('error', () => {}); // whoever reads it hears of it as well
		if (!name) return void stream.resume();
		work.push(
			keepPart(db, viewer, { name, stream: stream as unknown as Readable, length }).then(
				(kept) => void (form.files[field] = kept),
				(error: unknown) => {
					stream.resume();
					if (!(error instanceof Failure)) throw error;
					form.failure = new Failure(error.kind, error.message, { [field]: error.message }, error.details);
				}
			)
		);
	});
	const whole = new Promise<void>((done, fail) => {
		parser.once('finish', done).once('error', () => fail(invalid({ _: 'The form came in pieces. Send it again.' })));
		Readable.fromWeb(request.body as ReadableStream)
			.once('error', () => fail(invalid({ _: 'The connection broke off. Send the form again.' })))
			.pipe(parser);
	});
	const [came] = await Promise.allSettled([whole]);
	const kept = await Promise.allSettled(work);
	for (const one of [...kept, came]) if (one.status === 'rejected') throw one.reason;
	return form;
}

interface Part {
	name: string;
	stream: Readable;
	/** Of the whole request: the file is known to be smaller, and how large only at its end. */
	length: number;
}

async function keepPart(db: Db, viewer: Viewer, { name, stream, length }: Part): Promise<FileRow> {
	const id = await beginUpload(db, viewer, { name, bytes: length });
	try {
		const { file } = await receive(db, viewer, id, { offset: 0, body: stream, isAll: true });
		return file!;
	} catch (error) {
		await abandonUpload(db, viewer, id).catch(() => {});
		throw error;
	}
}
