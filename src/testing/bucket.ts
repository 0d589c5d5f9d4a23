import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

export interface Bucket {
	/** For FILES_URL. */
	url: string;
	port: number;
	/** While it is set, every request is answered by this. */
	refuse?: (asked: IncomingMessage, response: ServerResponse) => void;
	stop(): Promise<void>;
}

interface S3rver {
	run(): Promise<{ port: number }>;
	close(): Promise<void>;
}

const secret = { accessKeyId: 'S3RVER', secretAccessKey: 'of-the-test' };

/**
 * An S3 server of its own with one empty bucket. The server behind it does not look at
 * signatures of version 4, so each is first checked here, by Amazon's own code.
 */
export async function startBucket(): Promise<Bucket> {
	const folder = mkdtempSync(join(tmpdir(), 'trellis-bucket-'));
	const Server = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver;
	const server = new Server({
		...{ address: '127.0.0.1', port: 0, silent: true, directory: folder, allowMismatchedSignatures: true },
		configureBuckets: [{ name: 'trellis', configs: [] }]
	});
	const { port: behind } = await server.run();
	const front = createServer((asked, response) => {
		if (one.refuse) return one.refuse(asked, response);
		void passOn(asked, response, behind);
	}).listen(0, '127.0.0.1');
	await new Promise((done) => front.once('listening', done));
	const { port } = front.address() as AddressInfo;
	const one: Bucket = {
		port,
		url: `s3://${secret.accessKeyId}:${secret.secretAccessKey}@127.0.0.1:${port}/trellis?tls=off`,
		async stop() {
			front.closeAllConnections();
			front.close();
			await server.close();
			rmSync(folder, { recursive: true, force: true });
		}
	};
	return one;
}

async function passOn(asked: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
	const body = await buffer(asked).catch(() => undefined);
	if (!body) return void response.destroy();
	const wrong = await complaint(asked, body);
	if (wrong) return void response.writeHead(403).end(`<Error><Code>${wrong}</Code></Error>`);
	const { method, url, headers } = asked;
	const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
		response.writeHead(answer.statusCode!, answer.headers);
		answer.pipe(response);
	});
	onward.once('error', () => response.destroy());
	onward.end(body);
}

/** @returns the code S3 answers with when the signature is not the one of this request, or of this body */
async function complaint({ method, url, headers }: IncomingMessage, body: Buffer): Promise<string | undefined> {
	const given = /Credential=\w+\/\d{8}\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=/.exec(
		headers.authorization ?? ''
	);
	if (!given) return 'AccessDenied';
	const claimed = headers['x-amz-content-sha256'];
	const nothing = claimed === 'UNSIGNED-PAYLOAD' && body.length === 0;
	if (!nothing && claimed !== createHash('sha256').update(body).digest('hex')) return 'XAmzContentSHA256Mismatch';
	const { pathname, searchParams } = new URL(url!, `http://${headers.host}`);
	const signer = new SignatureV4({
		...{ service: 's3', region: given[1]!, credentials: secret, sha256: Sha256, uriEscapePath: false },
		applyChecksum: false
	});
	const day = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/
		.exec(headers['x-amz-date'] as string)!
		.slice(1)
		.map(Number);
	const signed = await signer.sign(
		{
			...{ method: method!, protocol: 'http:', hostname: '127.0.0.1', path: pathname },
			query: Object.fromEntries(searchParams),
			headers: Object.fromEntries(given[2]!.split(';').map((name) => [name, String(headers[name])]))
		},
		{ signingDate: new Date(Date.UTC(day[0]!, day[1]! - 1, day[2], day[3], day[4], day[5])) }
	);
	const signature = (value: string) => value.split('Signature=').pop();
	return signature(signed.headers.authorization!) === signature(headers.authorization!)
		? undefined
		: 'SignatureDoesNotMatch';
}
