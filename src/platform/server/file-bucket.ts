import { openAsBlob } from 'node:fs';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { AwsClient } from 'aws4fetch';
import { StartError } from './config.ts';
import { isContentKey, StoreAway, StoreFull, type FileStore } from './file-store.ts';

/** A small question must be answered in this time; a content takes as long as it takes. */
const PATIENCE_MS = 30_000;

interface Ask {
	method?: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
	headers?: Record<string, string>;
	body?: Uint8Array | Blob;
	signal?: AbortSignal;
	query?: string;
}

/**
 * Keeps contents in a bucket that speaks S3: Amazon's, MinIO, Garage, Ceph, Backblaze …
 * The key of a content is its SHA-256, which is also what S3 wants signed: the bucket
 * checks that what arrives is what was sent.
 * @param address `s3://KEY:SECRET@host:port/bucket/prefix?region=…&tls=off`
 */
export function bucket(address: URL): FileStore {
	const ask = asker(address);
	const place = (key: string) => {
		if (!isContentKey(key)) throw new Error('Not a content key.');
		return `${key.slice(0, 2)}/${key}`;
	};
	const keep = async (key: string, body: Uint8Array | Blob) =>
		expect(await ask(place(key), { method: 'PUT', body, headers: { 'x-amz-content-sha256': key } }));
	return {
		put: keep,
		adopt: async (key, path) => keep(key, await openAsBlob(path)),
		async get(key, range) {
			const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {};
			const answer = await ask(place(key), { headers });
			if (answer.status === 404) throw Object.assign(new Error('There is no such content.'), { code: 'ENOENT' });
			await expect(answer);
			return Readable.fromWeb(answer.body as ReadableStream);
		},
		async exists(key) {
			const answer = await ask(place(key), { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) });
			if (answer.status === 404) return false;
			await expect(answer);
			return true;
		},
		async delete(key) {
			const answer = await ask(place(key), { method: 'DELETE', signal: AbortSignal.timeout(PATIENCE_MS) });
			if (answer.status !== 404) await expect(answer);
		},
		contents: () => contentsOf(ask)
	};
}

/** @throws StartError when the address lacks a part */
function asker({ protocol, hostname, port, username, password, pathname, searchParams }: URL) {
	const [name, ...prefix] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
	if (protocol !== 's3:' || !hostname || !username || !password || !name)
		throw new StartError('FILES_URL: a bucket is written s3://KEY:SECRET@host/bucket?region=REGION.');
	const client = new AwsClient({
		accessKeyId: decodeURIComponent(username),
		secretAccessKey: decodeURIComponent(password),
		service: 's3',
		region: searchParams.get('region') ?? 'us-east-1',
		retries: 3
	});
	const scheme = searchParams.get('tls') === 'off' ? 'http' : 'https';
	const root = `${scheme}://${hostname}${port && `:${port}`}/${name}`;
	const before = prefix.map((part) => `${part}/`).join('');
	const folder = `${root}/${prefix.map((part) => `${encodeURIComponent(part)}/`).join('')}`;
	return async (path: string, { query, ...request }: Ask = {}): Promise<Response> => {
		const url = query === undefined ? `${folder}${path}` : `${root}?${query}&prefix=${encodeURIComponent(before)}`;
		try {
			return await client.fetch(url, request as RequestInit);
		} catch (error) {
			throw new StoreAway(`${hostname} cannot be reached`, { cause: error });
		}
	};
}

/** What buckets say when they, or the account, are full. */
const full = /<Code>(\w*StorageFull|QuotaExceeded\w*|\w*QuotaExceeded|InsufficientStorage\w*|EntityTooLarge)<\/Code>/;

async function expect(answer: Response): Promise<void> {
	if (answer.ok) return;
	const text = await answer.text().catch(() => '');
	if (answer.status === 507 || full.test(text)) throw new StoreFull();
	const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? '';
	throw new StoreAway(`the bucket answers ${answer.status} ${code}`.trim());
}

async function* contentsOf(ask: ReturnType<typeof asker>): AsyncGenerator<{ key: string; since: Date }> {
	let token = '';
	do {
		const query = `list-type=2&max-keys=1000${token && `&continuation-token=${encodeURIComponent(token)}`}`;
		const answer = await ask('', { query, signal: AbortSignal.timeout(PATIENCE_MS) });
		await expect(answer);
		const list = await answer.text();
		for (const [, about] of list.matchAll(/<Contents>([^]*?)<\/Contents>/g)) {
			const key = inside(about!, 'Key').split('/').pop()!;
			if (isContentKey(key)) yield { key, since: new Date(inside(about!, 'LastModified')) };
		}
		token = inside(list, 'NextContinuationToken');
	} while (token);
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const inside = (xml: string, tag: string) =>
	(new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '').replace(
		/&(\w+);/g,
		(all, name: string) => named[name] ?? all
	);
