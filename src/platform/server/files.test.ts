import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, describe, expect, test } from 'vitest';
import { startBucket } from '#src/testing/bucket.ts';
import { bucket } from './file-bucket.ts';
import { localFolder } from './file-folder.ts';
import { StoreAway, StoreFull, type FileStore } from './file-store.ts';
import { openFiles } from './files.ts';

const server = await startBucket();
const folder = mkdtempSync(join(tmpdir(), 'trellis-store-'));
afterAll(async () => {
	await server.stop();
	rmSync(folder, { recursive: true, force: true });
});

const keyOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
async function read(store: FileStore, key: string, range?: { start: number; end: number }) {
	return buffer(await store.get(key, range));
}
async function all(store: FileStore): Promise<string[]> {
	const keys: string[] = [];
	for await (const { key, since } of store.contents()) {
		expect(Math.abs(since.getTime() - Date.now())).toBeLessThan(3_600_000);
		keys.push(key);
	}
	return keys.sort();
}

describe.each([
	['a folder', () => localFolder(join(folder, 'plain'))],
	['a bucket', () => bucket(new URL(server.url))],
	['a part of a bucket', () => bucket(new URL(server.url.replace('/trellis?', '/trellis/of our/files?')))]
])('%s', (_, make) => {
	const store = make();

	test('keeps contents, whole and in part', async () => {
		const content = randomBytes(300_000);
		const key = keyOf(content);
		expect(await store.exists(key)).toBe(false);
		await store.put(key, content);
		await store.put(key, content);
		expect(await store.exists(key)).toBe(true);
		expect(Buffer.compare(await read(store, key), content)).toBe(0);
		expect(Buffer.compare(await read(store, key, { start: 5, end: 9 }), content.subarray(5, 10))).toBe(0);
		expect(await all(store)).toEqual([key]);
		await store.delete(key);
		await store.delete(key);
		expect(await store.exists(key)).toBe(false);
		await expect(read(store, key)).rejects.toMatchObject({ code: 'ENOENT' });
	});

	test('takes over a file and leaves it where it is', async () => {
		const path = join(folder, 'whole');
		const content = randomBytes(3_000_000);
		writeFileSync(path, content);
		await store.adopt(keyOf(content), path);
		await store.adopt(keyOf(content), path);
		rmSync(path);
		expect(Buffer.compare(await read(store, keyOf(content)), content)).toBe(0);
		await store.delete(keyOf(content));
		expect(await all(store)).toEqual([]);
	});

	test('knows more contents than one list holds', async () => {
		const contents = Array.from({ length: 30 }, (_, n) => Buffer.from(`content ${n}`));
		for (const content of contents) await store.put(keyOf(content), content);
		expect(await all(store)).toEqual(contents.map(keyOf).sort());
		for (const content of contents) await store.delete(keyOf(content));
	});

	test('takes no path for a key', async () => {
		await expect((async () => store.exists('../../etc/passwd'))()).rejects.toThrow(/key/);
	});
});

describe('a folder', () => {
	test.skipIf(process.getuid?.() !== 0)(
		'that is full says so, keeps what it has and leaves no half content',
		async () => {
			const small = join(folder, 'small');
			mkdirSync(small);
			execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small]);
			try {
				const store = localFolder(small);
				const [fits, large] = [randomBytes(1_000_000), randomBytes(3_000_000)];
				await store.put(keyOf(fits), fits);
				await expect(store.put(keyOf(large), large)).rejects.toBeInstanceOf(StoreFull);
				writeFileSync(join(folder, 'large'), large);
				await expect(store.adopt(keyOf(large), join(folder, 'large'))).rejects.toBeInstanceOf(StoreFull);
				expect(await all(store)).toEqual([keyOf(fits)]);
				const left = readdirSync(small, { recursive: true, encoding: 'utf8' }).filter((name) =>
					statSync(join(small, name)).isFile()
				);
				expect(left).toHaveLength(1);
			} finally {
				execFileSync('umount', [small]);
			}
		}
	);
});

describe('a bucket', () => {
	const content = Buffer.from('words');
	const key = keyOf(content);

	test('that refuses is away, with its reason', async () => {
		const wrong = bucket(new URL(server.url.replace('of-the-test', 'wrong')));
		await expect(wrong.put(key, content)).rejects.toThrow(/403 SignatureDoesNotMatch/);
		await expect(wrong.exists(key)).rejects.toBeInstanceOf(StoreAway);
		await expect(wrong.get(key)).rejects.toBeInstanceOf(StoreAway);
		const missing = bucket(new URL(server.url.replace('/trellis', '/elsewhere')));
		await expect(missing.put(key, content)).rejects.toThrow(/404 NoSuchBucket/);
	});

	test('that is gone is away', async () => {
		const gone = bucket(new URL('s3://a:b@127.0.0.1:9/trellis?tls=off'));
		await expect(gone.put(key, content)).rejects.toBeInstanceOf(StoreAway);
		await expect(gone.contents()[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(StoreAway);
	});

	test('that is full says so', async () => {
		server.refuse = (asked, response) =>
			void asked.resume().on('end', () => response.writeHead(400).end('<Error><Code>XMinioStorageFull</Code></Error>'));
		await expect(bucket(new URL(server.url)).put(key, content)).rejects.toBeInstanceOf(StoreFull);
		server.refuse = undefined;
	});

	test('gets what was changed on the way refused by the server', async () => {
		const proxy = createServer((asked, response) => {
			const { method, url, headers } = asked;
			const onward = request({ ...{ host: '127.0.0.1', port: server.port }, method, path: url, headers }, (answer) => {
				response.writeHead(answer.statusCode!, answer.headers);
				answer.pipe(response);
			});
			asked.on('data', (chunk: Buffer) => onward.write(Buffer.from(chunk).fill(120)));
			asked.on('end', () => onward.end());
		}).listen(0, '127.0.0.1');
		await new Promise((done) => proxy.once('listening', done));
		const { port } = proxy.address() as AddressInfo;
		const through = bucket(new URL(server.url.replace(String(server.port), String(port))));
		await expect(through.put(key, content)).rejects.toThrow(/403 XAmzContentSHA256Mismatch/);
		proxy.closeAllConnections();
		proxy.close();
	});
});

test.each(['s3://bucket', 's3://host/bucket', 'https://host/bucket'])('%s is no address of a store', (address) => {
	expect(() => openFiles({ DATA_DIR: folder, FILES_URL: address })).toThrow(/FILES_URL/);
});
