import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequest, setResponse } from '@sveltejs/kit/node';
import sharp from 'sharp';
import { Upload } from 'tus-js-client';
import { afterAll, describe, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { files, openFiles } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson } from '#src/testing/builders.ts';
import { startBucket } from '#src/testing/bucket.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { readFormWithFiles } from './form.ts';
import { readFileLimits, setFileLimits, usage } from './limits.ts';
import { serveFile } from './serve.ts';
import { sweepContents } from './sweep.ts';
import { answerTus, UPLOADS } from './tus.ts';
import { beginUpload, receive, sweepUploads, uploadState } from './uploads.ts';

const { db } = await testDatabase();
const store = testFiles();
const bucket = await startBucket();
afterAll(() => bucket.stop());

const local = () => openFiles({ DATA_DIR: store.folder });
const remote = () => openFiles({ DATA_DIR: store.folder, FILES_URL: bucket.url });

async function* pieces(content: Uint8Array, size = 64 * 1024) {
	for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
/** As a connection that is lost after some bytes. */
async function* broken(content: Uint8Array) {
	yield content;
	throw new Error('aborted');
}
const anAdmin = async (): Promise<Viewer> => ({ ...(await aPerson(db)), orgRoles: ['admin'] });
const begin = (viewer: Viewer, content: Uint8Array, name = 'talk.bin') =>
	beginUpload(db, viewer, { name, bytes: content.length });
const send = (viewer: Viewer, id: string, content: Uint8Array, offset = 0) =>
	receive(db, viewer, id, { offset, body: pieces(content) });
const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const bytesOf = async (viewer: Viewer, id: string, headers: Record<string, string> = {}) => {
	const response = await serveFile(db, viewer, { id, small: false, headers: new Headers(headers) });
	return Buffer.from(await response.arrayBuffer());
};

describe.each([
	['a folder', local],
	['a bucket', remote]
])('an upload into %s', (_, open) => {
	test('comes in parts, broken off in between, and is the same at the end', async () => {
		open();
		const viewer = await aPerson(db);
		const content = randomBytes(3_500_000);
		const id = await begin(viewer, content);
		const first = await receive(db, viewer, id, { offset: 0, body: broken(content.subarray(0, 1_200_000)) });
		expect(first).toMatchObject({ offset: 1_200_000, file: undefined });
		await expect(send(viewer, id, content.subarray(5), 5)).rejects.toMatchObject({ details: { offset: 1_200_000 } });
		const done = await send(viewer, id, content.subarray(1_200_000), 1_200_000);
		expect(done.file).toMatchObject({
			sha256: sha256(content),
			bytes: content.length,
			mime: 'application/octet-stream'
		});
		expect(Buffer.compare(await bytesOf(viewer, done.file!.id), content)).toBe(0);
		expect(
			Buffer.compare(await bytesOf(viewer, done.file!.id, { range: 'bytes=100-199' }), content.subarray(100, 200))
		).toBe(0);
		expect((await receive(db, viewer, id, { offset: content.length, body: null })).file?.id).toBe(done.file!.id);
	});

	test('that another process goes on with is hashed anew', async () => {
		open();
		const viewer = await aPerson(db);
		const content = randomBytes(200_000);
		const id = await begin(viewer, content);
		await send(viewer, id, content.subarray(0, 100_000));
		// Another process has its own memory: it knows nothing of the first half.
		const { vi } = await import('vitest');
		vi.resetModules();
		const other = await import('./uploads.ts');
		const { openFiles: openThere } = await import('#src/platform/server/files.ts');
		openThere({ DATA_DIR: store.folder, ...(open === remote && { FILES_URL: bucket.url }) });
		const done = await other.receive(db, viewer, id, { offset: 100_000, body: pieces(content.subarray(100_000)) });
		expect(done.file!.sha256).toBe(sha256(content));
	});
});

describe('an upload', () => {
	test('is nobody else’s', async () => {
		local();
		const [owner, other] = [await aPerson(db), await aPerson(db)];
		const content = randomBytes(10);
		const id = await begin(owner, content);
		await expect(uploadState(db, other, id)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(send(other, id, content)).rejects.toMatchObject({ kind: 'not_found' });
		await expect(uploadState(db, owner, newId())).rejects.toMatchObject({ kind: 'not_found' });
	});

	test('is written by one request at a time: the newest', async () => {
		local();
		const viewer = await aPerson(db);
		const content = randomBytes(2_000_000);
		const id = await begin(viewer, content);
		async function* hangs() {
			yield content.subarray(0, 1_000_000);
			await new Promise(() => {});
		}
		const first = receive(db, viewer, id, { offset: 0, body: hangs() });
		await expect.poll(() => row(db, sql`select 1 from upload where id = ${id} and held_until > now()`)).toBeDefined();
		await expect(send(viewer, id, content)).rejects.toMatchObject({ details: { offset: 1_000_000 } });
		expect((await first).offset).toBe(1_000_000);
		expect((await send(viewer, id, content.subarray(1_000_000), 1_000_000)).file!.sha256).toBe(sha256(content));
	});

	test('that another process is writing waits', async () => {
		local();
		const viewer = await aPerson(db);
		const content = randomBytes(10);
		const id = await begin(viewer, content);
		await db.execute(sql`update upload set held_until = now() + interval '10 seconds' where id = ${id}`);
		await expect(send(viewer, id, content)).rejects.toMatchObject({ details: { busy: true } });
		await db.execute(sql`update upload set held_until = now() where id = ${id}`);
		expect((await send(viewer, id, content)).file!.sha256).toBe(sha256(content));
	});

	test('that brings more than it said is refused, and keeps what was right', async () => {
		local();
		const viewer = await aPerson(db);
		const id = await beginUpload(db, viewer, { name: 'a.bin', bytes: 1_000 });
		await expect(send(viewer, id, randomBytes(2_000))).rejects.toMatchObject({
			fields: { file: expect.stringContaining('More came') }
		});
		expect(await uploadState(db, viewer, id)).toMatchObject({ offset: 0 });
	});

	test.each([
		['a program', 'setup.pdf', Buffer.from('MZ\x90\0\x03\0\0\0', 'latin1'), 'Programs'],
		['what is not what its name says', 'film.mp4', Buffer.from('%PDF-1.7 and so on'), 'not what its name says']
	])('of %s is refused and gone', async (_, name, content, message) => {
		local();
		const viewer = await aPerson(db);
		const id = await begin(viewer, content, name);
		await expect(send(viewer, id, content)).rejects.toMatchObject({
			fields: { file: expect.stringContaining(message) }
		});
		await expect(uploadState(db, viewer, id)).rejects.toMatchObject({ kind: 'not_found' });
	});

	test.each([
		['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
		['page.html', '<!doctype html><script>alert(1)</script>', 'text/plain; charset=utf-8'],
		['both.pdf', '%PDF-1.4 <script>alert(1)</script><html>', 'application/pdf'],
		['unknown.xyz', '\u0001\u0002\u0000 <script>alert(1)</script>', 'application/octet-stream']
	])('of %s is only ever saved to disk, and runs nothing', async (name, text, type) => {
		local();
		const viewer = await aPerson(db);
		const content = Buffer.from(text);
		const { file } = await send(viewer, await begin(viewer, content, name), content);
		expect(file!.name).toBe(name);
		const { headers } = await serveFile(db, viewer, { id: file!.id, small: false, headers: new Headers() });
		expect(headers.get('content-type')).toBe(type);
		expect(headers.get('content-disposition')).toMatch(/^attachment/);
		expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
		expect(headers.get('x-content-type-options')).toBe('nosniff');
	});

	test('of a photo loses its place like any other', async () => {
		local();
		const viewer = await aPerson(db);
		const photo = sharp({ create: { width: 900, height: 400, channels: 3, background: '#2a6' } });
		const content = await photo
			.jpeg()
			.withExif({ IFD0: { Copyright: 'Secret Place' } })
			.toBuffer();
		const { file } = await send(viewer, await begin(viewer, content, 'IMG 1.jpg'), content);
		expect(file).toMatchObject({ name: 'IMG-1.jpg', width: 900, thumbnailSha256: expect.any(String) });
		expect((await bytesOf(viewer, file!.id)).toString('latin1')).not.toContain('Secret Place');
	});

	test('with a name full of paths and control letters gets a clean one', async () => {
		local();
		const viewer = await aPerson(db);
		const content = randomBytes(20);
		const { file } = await send(viewer, await begin(viewer, content, '../../etc/\u202Ex\0y\r\n.bin'), content);
		expect(file!.name).toBe('xy.bin');
	});

	test('not finished in two days goes, with its bytes', async () => {
		local();
		const viewer = await aPerson(db);
		const content = randomBytes(1000);
		const id = await begin(viewer, content);
		await send(viewer, id, content.subarray(0, 500));
		expect(await sweepUploads(db)).toBe(0);
		await db.execute(sql`update upload set created_at = now() - interval '3 days' where id = ${id}`);
		expect(await sweepUploads(db)).toBe(1);
		expect(readdirSync(join(store.folder, 'files/incoming'))).not.toContain(id);
	});
});

describe('how much may be kept', () => {
	const MB = 1024 ** 2;
	const none = { fileMegabytes: 4096, personGigabytes: null, allGigabytes: null };

	test('is set by administrators alone', async () => {
		const [admin, other] = [await anAdmin(), await aPerson(db)];
		await expect(setFileLimits(db, other, none)).rejects.toMatchObject({ kind: 'forbidden' });
		await setFileLimits(db, admin, { ...none, fileMegabytes: 2 });
		expect(await readFileLimits(db, admin)).toMatchObject({ ...none, fileMegabytes: 2 });
		await expect(readFileLimits(db, other)).rejects.toMatchObject({ kind: 'forbidden' });
		await expect(beginUpload(db, other, { name: 'a', bytes: 3 * MB })).rejects.toMatchObject({
			fields: { file: 'This file is too large: 2 MB at most.' }
		});
		await setFileLimits(db, admin, none);
	});

	test('holds for a person, uploads under way included, and two at once', async () => {
		local();
		const admin = await anAdmin();
		const viewer = await aPerson(db);
		await setFileLimits(db, admin, { ...none, personGigabytes: 5 / 1024 });
		const tries = await Promise.allSettled([1, 2].map(() => beginUpload(db, viewer, { name: 'a', bytes: 3 * MB })));
		expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((await usage(db, viewer)).own).toBe(3 * MB);
		await expect(beginUpload(db, viewer, { name: 'a', bytes: 3 * MB })).rejects.toMatchObject({
			fields: { file: expect.stringContaining('2 MB left of your 5 MB') }
		});
		await setFileLimits(db, admin, none);
	});

	test('holds for all, where the same content counts once', async () => {
		local();
		const admin = await anAdmin();
		const [one, two] = [await aPerson(db), await aPerson(db)];
		const content = randomBytes(100_000);
		const before = (await usage(db, one)).all;
		for (const viewer of [one, two]) await send(viewer, await begin(viewer, content), content);
		expect((await usage(db, one)).all - before).toBe(100_000);
		await setFileLimits(db, admin, { ...none, allGigabytes: (before + 150_000) / 1024 ** 3 });
		await expect(begin(two, content)).rejects.toMatchObject({
			fields: { file: expect.stringContaining('no room left') }
		});
		await setFileLimits(db, admin, none);
	});
});

describe('when the store fails', () => {
	test.skipIf(process.getuid?.() !== 0)(
		'a disk full in the middle says so; the upload goes on when there is room',
		async () => {
			const small = mkdtempSync(join(tmpdir(), 'trellis-full-'));
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]);
			try {
				openFiles({ DATA_DIR: small });
				const viewer = await aPerson(db);
				const other = await aPerson(db);
				const kept = randomBytes(100_000);
				const { file } = await send(other, await begin(other, kept), kept);
				const content = randomBytes(4_000_000);
				const id = await begin(viewer, content);
				await expect(send(viewer, id, content)).rejects.toMatchObject({
					fields: { file: expect.stringContaining('no room left') }
				});
				expect(Buffer.compare(await bytesOf(other, file!.id), kept)).toBe(0);
				const { offset } = await uploadState(db, viewer, id);
				expect(offset).toBeLessThan(3_000_000);
				execFileSync('mount', ['-o', 'remount,size=20m', small]);
				expect((await send(viewer, id, content.subarray(offset), offset)).file!.sha256).toBe(sha256(content));
			} finally {
				local();
				execFileSync('umount', [small]);
				rmSync(small, { recursive: true });
			}
		}
	);

	test('a bucket that refuses loses nothing: the whole upload waits and is kept later', async () => {
		remote();
		const viewer = await aPerson(db);
		const content = randomBytes(300_000);
		const id = await begin(viewer, content);
		bucket.refuse = (asked, response) => void asked.resume().on('end', () => response.writeHead(403).end());
		await expect(send(viewer, id, content)).rejects.toMatchObject({
			kind: 'unavailable',
			fields: { file: expect.stringContaining('try again') }
		});
		expect(await uploadState(db, viewer, id)).toMatchObject({ offset: content.length, file: undefined });
		bucket.refuse = undefined;
		const done = await receive(db, viewer, id, { offset: content.length, body: null });
		expect(done.file!.sha256).toBe(sha256(content));
		expect(await files().exists(sha256(content))).toBe(true);
		local();
	});
});

test('contents that no row names leave, young ones and used ones stay', async () => {
	for (const open of [local, remote]) {
		open();
		await db.execute(sql`delete from file`);
		const viewer = await aPerson(db);
		const [used, lost] = [randomBytes(50), randomBytes(60)];
		await send(viewer, await begin(viewer, used), used);
		await files().put(sha256(lost), lost);
		await sweepContents(db);
		expect(await files().exists(sha256(lost))).toBe(true);
		await sweepContents(db, Date.now() + 2 * 86_400_000);
		expect(await files().exists(sha256(lost))).toBe(false);
		expect(await files().exists(sha256(used))).toBe(true);
	}
	local();
});

describe('the tus protocol', () => {
	const ask = (viewer: Viewer, method: string, headers: Record<string, string>, id?: string, body?: BodyInit) =>
		answerTus(
			db,
			viewer,
			new Request(`http://localhost${UPLOADS}`, { method, headers: { 'tus-resumable': '1.0.0', ...headers }, body }),
			id
		);

	test('says what it can', async () => {
		const viewer = await aPerson(db);
		const { headers, status } = await ask(viewer, 'OPTIONS', {});
		expect(status).toBe(204);
		expect(Object.fromEntries(headers)).toMatchObject({
			'tus-version': '1.0.0',
			'tus-extension': 'creation,creation-with-upload,termination,expiration',
			'tus-max-size': String(4 * 1024 ** 3)
		});
	});

	test('refuses what is wrong with the status that the protocol names', async () => {
		const viewer = await aPerson(db);
		const status = async (...asked: Parameters<typeof ask>) => (await ask(...asked)).status;
		const name = { 'upload-metadata': `filename ${Buffer.from('a.txt').toString('base64')}` };
		expect(await status(viewer, 'POST', { 'upload-length': '5', 'tus-resumable': '0.2' })).toBe(412);
		expect(await status(viewer, 'POST', { 'upload-length': 'many' })).toBe(422);
		expect(await status(viewer, 'POST', { 'upload-length': '0' })).toBe(422);
		expect(await status(viewer, 'POST', { 'upload-length': String(6 * 1024 ** 3) })).toBe(413);
		expect(await status(viewer, 'HEAD', {}, newId())).toBe(404);
		const created = await ask(viewer, 'POST', { ...name, 'upload-length': '5' });
		expect(created.status).toBe(201);
		expect(new Date(created.headers.get('upload-expires')!).getTime()).toBeGreaterThan(Date.now());
		const id = created.headers.get('location')!.split('/').pop()!;
		const bytes = { 'content-type': 'application/offset+octet-stream' };
		expect(await status(viewer, 'PATCH', { 'upload-offset': '0' }, id, 'hello')).toBe(415);
		expect(await status(viewer, 'PATCH', { ...bytes, 'upload-offset': '3' }, id, 'lo')).toBe(409);
		const done = await ask(viewer, 'PATCH', { ...bytes, 'upload-offset': '0' }, id, 'hello');
		expect(done.headers.get('trellis-address')).toBe(`/files/${done.headers.get('trellis-file')}/a.txt`);
		const state = await ask(viewer, 'HEAD', {}, id);
		expect(state.headers.get('upload-offset')).toBe('5');
		expect(await status(viewer, 'DELETE', {}, id)).toBe(204);
		expect(await status(viewer, 'HEAD', {}, id)).toBe(404);
	});

	test('is what the reference client speaks, across a connection that is lost', async () => {
		local();
		const viewer = await aPerson(db);
		let cut = true;
		const server = createServer(async (request, response) => {
			const base = `http://localhost:${(server.address() as AddressInfo).port}`;
			if (request.method === 'PATCH' && cut) {
				let seen = 0;
				request.on('data', (chunk: Buffer) => {
					if ((seen += chunk.length) > 1_500_000) request.socket.destroy();
				});
				cut = false;
			}
			const id = /uploads\/([^/]+)/.exec(request.url!)?.[1];
			setResponse(response, await answerTus(db, viewer, getRequest({ request, response, base }), id));
		}).listen(0);
		await new Promise((done) => server.once('listening', done));
		const content = randomBytes(5_000_000);
		const headers = await new Promise<Record<string, string>>((done, fail) => {
			let last: Record<string, string> = {};
			new Upload(content as never, {
				endpoint: `http://localhost:${(server.address() as AddressInfo).port}${UPLOADS}`,
				metadata: { filename: 'Über uns.bin' },
				retryDelays: [50, 100, 500],
				onAfterResponse: (_, answer) => {
					last = { file: answer.getHeader('trellis-file') ?? '', address: answer.getHeader('trellis-address') ?? '' };
				},
				onError: fail,
				onSuccess: () => done(last)
			}).start();
		});
		expect(cut).toBe(false);
		expect(headers.address).toBe(`/files/${headers.file}/${encodeURIComponent('Über-uns.bin')}`);
		expect(sha256(await bytesOf(viewer, headers.file!))).toBe(sha256(content));
		server.closeAllConnections();
		server.close();
	});
});

describe('a form without JavaScript', () => {
	const form = (parts: [string, string | File][], headers: Record<string, string> = {}) => {
		const body = new FormData();
		for (const [name, value] of parts) body.append(name, value);
		return new Request('http://localhost/resources/new', { method: 'POST', body, headers });
	};

	test('brings its file and its fields, in any order', async () => {
		local();
		const viewer = await aPerson(db);
		const content = randomBytes(2_500_000);
		const read = await readFormWithFiles(
			db,
			viewer,
			form([
				['title', 'The till'],
				['file', new File([content], 'till.bin')],
				['captions', new File([], '')],
				['tags', 'a']
			])
		);
		expect(read.failure).toBeUndefined();
		expect(read.values).toEqual({ title: 'The till', tags: 'a' });
		expect(read.files.file).toMatchObject({ name: 'till.bin', bytes: content.length, sha256: sha256(content) });
		expect(Object.keys(read.files)).toEqual(['file']);
	});

	test('keeps all that was typed when its file is refused', async () => {
		local();
		const viewer = await aPerson(db);
		const read = await readFormWithFiles(
			db,
			viewer,
			form([
				['file', new File(['MZ\x90\0\x03\0'], 'a.exe')],
				['title', 'Kept']
			])
		);
		expect(read.failure).toMatchObject({ kind: 'invalid', fields: { file: expect.stringContaining('Programs') } });
		expect(read.values.title).toBe('Kept');
	});

	test('cut off in the middle says so and leaves nothing', async () => {
		local();
		const viewer = await aPerson(db);
		const boundary = 'x-x-x';
		const begun = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.bin"\r\n\r\nhalf of it`;
		const cut = new Request('http://localhost/', {
			method: 'POST',
			headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
			body: begun
		});
		await expect(readFormWithFiles(db, viewer, cut)).rejects.toMatchObject({ kind: 'invalid' });
		await expect
			.poll(async () => row(db, sql`select 1 from upload where person_id = ${viewer.id} and file_id is null`))
			.toBeUndefined();
	});
});
