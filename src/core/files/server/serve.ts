import { Readable } from 'node:stream';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { ByteRange } from '#src/platform/server/file-store.ts';
import { files } from '#src/platform/server/files.ts';
import { fileById } from './read.ts';
import { inStore, type FileRow } from './store.ts';

/** Shown in the page; everything else is saved to disk by the browser when it is opened by itself. */
const shown = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

export interface FileRequest {
	id: string;
	/** The smaller copy of an image, where it has one. */
	small: boolean;
	/** Only the headers are asked for. */
	head?: boolean;
	/** The headers Range, If-Range and If-None-Match as they came. */
	headers: Headers;
}

/**
 * Answers a request for a file: with its bytes, a range of them, or "not modified".
 * Nothing served here can run: no type is guessed, and the page it would make is
 * sandboxed and may load nothing.
 * @throws Failure not_found, also for files the viewer may not read; unavailable
 */
export async function serveFile(db: Db, viewer: Viewer, asked: FileRequest): Promise<Response> {
	const found = await fileById(db, viewer, asked.id);
	const thumbnail = asked.small ? found.thumbnailSha256 : null;
	const etag = `"${thumbnail ?? found.sha256}"`;
	const headers = headersOf(found, etag, thumbnail !== null);
	if (knows(asked.headers, etag)) return new Response(null, { status: 304, headers });
	const range = thumbnail ? undefined : rangeOf(asked.headers, etag, found.bytes);
	if (range === 'unsatisfiable') {
		headers['content-range'] = `bytes */${found.bytes}`;
		return new Response(null, { status: 416, headers });
	}
	if (range) headers['content-range'] = `bytes ${range.start}-${range.end}/${found.bytes}`;
	if (!thumbnail) headers['content-length'] = String(range ? range.end - range.start + 1 : found.bytes);
	const body = asked.head ? null : await open(thumbnail ?? found.sha256, range);
	return new Response(body, { status: range ? 206 : 200, headers });
}

function headersOf({ mime, name }: FileRow, etag: string, small: boolean): Record<string, string> {
	const type = small ? 'image/webp' : mime;
	const disposition = shown.includes(type) ? 'inline' : 'attachment';
	return {
		'content-type': type.startsWith('text/') ? 'text/plain; charset=utf-8' : type,
		'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(name)}`,
		'content-security-policy': "sandbox; default-src 'none'",
		'x-content-type-options': 'nosniff',
		'cross-origin-resource-policy': 'same-origin',
		'cache-control': 'private, max-age=31536000, immutable',
		'accept-ranges': small ? 'none' : 'bytes',
		etag
	};
}

/** Whether the browser has it already (RFC 9110, 13.1.2). */
function knows(asked: Headers, etag: string): boolean {
	const tags = asked.get('if-none-match')?.split(',') ?? [];
	return tags.map((tag) => tag.trim().replace(/^W\//, '')).some((tag) => tag === etag || tag === '*');
}

/** One range only (RFC 9110, 14.2); several, or one made for another version, get the whole. */
function rangeOf(asked: Headers, etag: string, bytes: number): ByteRange | 'unsatisfiable' | undefined {
	const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(asked.get('range') ?? '') ?? [];
	if (from === undefined || to === undefined || (!from && !to)) return undefined;
	const only = asked.get('if-range');
	if (only && only !== etag) return undefined;
	if (from && to && Number(to) < Number(from)) return undefined;
	const start = from ? Number(from) : Math.max(0, bytes - Number(to));
	const end = from && to ? Math.min(Number(to), bytes - 1) : bytes - 1;
	return start > end || start >= bytes ? 'unsatisfiable' : { start, end };
}

async function open(key: string, range?: ByteRange): Promise<ReadableStream> {
	try {
		return Readable.toWeb(await inStore(() => files().get(key, range))) as ReadableStream;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notFound('This file is gone from the store.');
		throw error;
	}
}
