import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPublicAddress } from './addresses.ts';

export interface FetchOptions {
	/** Media types that are wanted; anything else is refused. */
	types: readonly string[];
	/** Bytes at most, after decompression. */
	maxBytes: number;
	/** Cut a longer content there instead of refusing it. */
	cut?: boolean;
	/** Milliseconds for all of it, redirects included. */
	timeout?: number;
	headers?: Record<string, string>;
}

export interface Fetched {
	/** Where the content was found, after redirects. */
	url: string;
	status: number;
	type: string;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

/** Why a page was not fetched; `reason` is for logs and for people who gave the address. */
export class FetchRefused extends Error {
	constructor(message: string) {
		super(message);
		this.name = 'FetchRefused';
	}
}

/** Says which addresses that are not public may be fetched all the same: for tests alone, which have a server of their own. */
export interface Allowance {
	allow: (address: string, port: number) => boolean;
	resolve?: (host: string) => Promise<string[]>;
}

const REDIRECTS = 5;

/**
 * Fetches an address that somebody outside gave, without letting it reach into our own
 * network: http and https only, every name resolved and checked first, and the
 * connection made to the very address that was checked, again for each redirect.
 * @throws FetchRefused for addresses that are not public, too many redirects, contents
 * that are too long or of another type, and servers that are too slow
 */
export async function safeFetch(url: string, options: FetchOptions, allowance?: Allowance): Promise<Fetched> {
	const signal = AbortSignal.timeout(options.timeout ?? 10_000);
	try {
		return await follow(parseAddress(url), { ...options, signal, allowance }, REDIRECTS);
	} catch (error) {
		if (error instanceof FetchRefused) throw error;
		throw new FetchRefused(
			signal.aborted ? 'The server took too long.' : `The server could not be reached: ${codeOf(error)}.`
		);
	}
}

type Call = FetchOptions & { signal: AbortSignal; allowance?: Allowance };

async function follow(url: URL, call: Call, left: number): Promise<Fetched> {
	const response = await send(url, await checkedAddress(url, call), call);
	const status = response.statusCode ?? 0;
	const { location } = response.headers;
	if (status < 300 || status > 399 || !location) return receive(url, response, call);
	response.destroy();
	if (left === 0) throw new FetchRefused('The address leads on and on.');
	return follow(parseAddress(location, url), call, left - 1);
}

function parseAddress(text: string, base?: URL): URL {
	if (!URL.canParse(text, base)) throw new FetchRefused('This is not an address.');
	const url = new URL(text, base);
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		throw new FetchRefused('Only http and https can be fetched.');
	if (url.username || url.password) throw new FetchRefused('An address with a password in it is not fetched.');
	return url;
}

/** All addresses of the name must be public: a name that has both kinds is an attempt. */
async function checkedAddress(url: URL, { allowance }: Call): Promise<string> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const addresses = isIP(host) ? [host] : await (allowance?.resolve ?? resolveName)(host);
	const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
	for (const address of addresses) {
		if (allowance?.allow(address, port)) continue;
		if (!isPublicAddress(address)) throw new FetchRefused('The address is not on the public internet.');
		if (port < 1024 && port !== 80 && port !== 443) throw new FetchRefused('The port is not one of the web.');
	}
	const [first] = addresses;
	if (!first) throw new FetchRefused('There is no such server.');
	return first;
}

const resolveName = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);

function send(url: URL, address: string, { signal, headers, types }: Call): Promise<IncomingMessage> {
	const request = url.protocol === 'https:' ? requestHttps : requestHttp;
	const family = isIP(address);
	return new Promise((done, fail) => {
		request(url, {
			signal,
			agent: false,
			maxHeaderSize: 32 * 1024,
			headers: {
				accept: types.join(', '),
				'accept-encoding': 'gzip, deflate, br',
				'user-agent': 'Trellis',
				...headers
			},
			// Connects to what was checked, whatever the name means by now.
			lookup: (_host, { all }, found) => (all ? found(null, [{ address, family }]) : found(null, address, family))
		})
			.on('response', done)
			.on('error', fail)
			.end();
	});
}

async function receive(url: URL, response: IncomingMessage, call: Call): Promise<Fetched> {
	const { headers, statusCode: status = 0 } = response;
	const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
	try {
		if (status === 304) return { url: url.href, status, type, headers, body: Buffer.alloc(0) };
		if (!call.types.includes(type))
			throw new FetchRefused(`The content is ${type || 'of no type'}, which is not wanted here.`);
		return { url: url.href, status, type, headers, body: await readBounded(decompressed(response), call) };
	} finally {
		response.destroy();
	}
}

function decompressed(response: IncomingMessage): Readable {
	const decoders = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress };
	const encoding = response.headers['content-encoding']?.toLowerCase() ?? 'identity';
	if (encoding === 'identity') return pipeline(response, new PassThrough(), () => {});
	const decoder = Object.entries(decoders).find(([name]) => name === encoding)?.[1];
	if (!decoder) throw new FetchRefused('The content is packed in an unknown way.');
	return pipeline(response, decoder(), () => {});
}

async function readBounded(content: Readable, { maxBytes, cut, signal }: Call): Promise<Buffer> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of content as AsyncIterable<Buffer>) {
		signal.throwIfAborted();
		chunks.push(chunk);
		bytes += chunk.byteLength;
		if (bytes < maxBytes) continue;
		if (bytes > maxBytes && !cut) throw new FetchRefused('The content is too long.');
		if (cut) break;
	}
	return Buffer.concat(chunks).subarray(0, maxBytes);
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'no answer';
