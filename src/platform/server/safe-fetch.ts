import { lookup } from 'node:dns/promises';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { isPublicAddress } from './addresses.ts';
import { codeOf, whyNot } from './trouble.ts';

export interface FetchOptions {
	/** Media types that are wanted, or beginnings of them (`image/`); anything else is refused. */
	types: readonly string[];
	/** Bytes at most, after decompression. */
	maxBytes: number;
	/** Cut a longer content there instead of refusing it. */
	cut?: boolean;
	/** Milliseconds for all of it, redirects included. */
	timeout?: number;
	headers?: Record<string, string>;
	/** A form to be posted instead; where that leads on, it is not followed. */
	form?: URLSearchParams;
}

export interface Fetched {
	/** Where the content was found, after redirects. */
	url: string;
	/** Where it has moved to for good: the address asked for, after redirects that say so (301, 308). */
	settledUrl: string;
	status: number;
	type: string;
	headers: IncomingMessage['headers'];
	body: Buffer;
}

/** What stood in the way, for programs. */
export type Refusal =
	| 'address' // no address of the web
	| 'private' // not on the public internet
	| 'redirects' // leads on and on
	| 'type' // not what was wanted
	| 'long' // more bytes than allowed
	| 'packed' // packed in an unknown way
	| 'slow' // took too long
	| 'nowhere' // there is no such server
	| 'unreachable'; // it did not answer, or broke off

/** Why a page was not fetched; the message is for people who gave the address. */
export class FetchRefused extends Error {
	readonly reason: Refusal;
	/** The media type, where that was the reason. */
	readonly type: string;
	constructor(reason: Refusal, message: string, type = '') {
		super(message);
		this.name = 'FetchRefused';
		this.reason = reason;
		this.type = type;
	}
}

/** Says which addresses that are not public may be fetched all the same. */
export interface Allowance {
	/** @param host as it stands in the address */
	allow: (address: string, port: number, host: string) => boolean;
	/** How names are looked up: tests have names of their own. */
	resolve?: (host: string) => Promise<string[]>;
}

const REDIRECTS = 5;
let standing: Allowance | undefined;

/** Sets what this installation lets through: nothing, unless its configuration names hosts (FETCH_ALLOW). */
export function openFetch(allowance: Allowance | undefined): void {
	standing = allowance;
}

/**
 * Fetches an address that somebody outside gave, without letting it reach into our own
 * network: http and https only, every name resolved and checked first, and the
 * connection made to the very address that was checked, again for each redirect.
 * @throws FetchRefused for addresses that are not public, too many redirects, contents
 * that are too long or of another type, and servers that are too slow
 */
export async function safeFetch(url: string, options: FetchOptions, allowance = standing): Promise<Fetched> {
	const signal = AbortSignal.timeout(options.timeout ?? 10_000);
	try {
		return await follow(parseAddress(url), { ...options, signal, allowance }, REDIRECTS);
	} catch (error) {
		if (error instanceof FetchRefused) throw error;
		if (signal.aborted) throw new FetchRefused('slow', 'The server took too long.');
		const code = codeOf(error);
		if (code === 'ENOTFOUND') throw new FetchRefused('nowhere', 'There is no such server.');
		if (code.startsWith('HPE_')) throw new FetchRefused('unreachable', 'The server does not answer as the web does.');
		throw new FetchRefused('unreachable', `The server could not be reached: ${whyNot(error, 'it broke off')}.`);
	}
}

type Call = FetchOptions & { signal: AbortSignal; allowance?: Allowance };

async function follow(url: URL, call: Call, left: number, settled = url): Promise<Fetched> {
	const response = await send(url, await checkedAddress(url, call), call);
	const status = response.statusCode ?? 0;
	const { location } = response.headers;
	if (status < 300 || status > 399 || !location || call.form)
		return { ...(await receive(url, response, call)), settledUrl: settled.href };
	response.destroy();
	if (left === 0) throw new FetchRefused('redirects', 'The address leads on and on.');
	const next = parseAddress(location, url);
	const isSettled = url === settled && (status === 301 || status === 308);
	return follow(next, call, left - 1, isSettled ? next : settled);
}

function parseAddress(text: string, base?: URL): URL {
	if (!URL.canParse(text, base)) throw new FetchRefused('address', 'This is not an address.');
	const url = new URL(text, base);
	if (url.protocol !== 'http:' && url.protocol !== 'https:')
		throw new FetchRefused('address', 'Only http and https can be fetched.');
	if (url.username || url.password)
		throw new FetchRefused('address', 'An address with a password in it is not fetched.');
	return url;
}

/** All addresses of the name must be public: a name that has both kinds is an attempt. */
async function checkedAddress(url: URL, { allowance }: Call): Promise<string> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const addresses = isIP(host) ? [host] : await (allowance?.resolve ?? resolveName)(host);
	const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
	for (const address of addresses) {
		if (allowance?.allow(address, port, host)) continue;
		if (!isPublicAddress(address)) throw new FetchRefused('private', 'The address is not on the public internet.');
		if (port < 1024 && port !== 80 && port !== 443)
			throw new FetchRefused('private', 'The port is not one of the web.');
	}
	const [first] = addresses;
	if (!first) throw new FetchRefused('nowhere', 'There is no such server.');
	return first;
}

const resolveName = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);

function send(url: URL, address: string, { signal, headers, types, form }: Call): Promise<IncomingMessage> {
	const request = url.protocol === 'https:' ? requestHttps : requestHttp;
	const family = isIP(address);
	return new Promise((done, fail) => {
		request(url, {
			...(form && { method: 'POST' }),
			signal,
			agent: false,
			maxHeaderSize: 32 * 1024,
			headers: {
				accept: types.map((type) => (type.endsWith('/') ? `${type}*` : type)).join(', '),
				'accept-encoding': 'gzip, deflate, br',
				'user-agent': 'Mozilla/5.0 (compatible; Trellis)',
				...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
				...headers
			},
			// Connects to what was checked, whatever the name means by now.
			lookup: (_host, { all }, found) => (all ? found(null, [{ address, family }]) : found(null, address, family))
		})
			.on('response', done)
			.on('error', fail)
			.end(form?.toString());
	});
}

async function receive(url: URL, response: IncomingMessage, call: Call): Promise<Omit<Fetched, 'settledUrl'>> {
	const { headers, statusCode: status = 0 } = response;
	const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
	try {
		if (status === 304) return { url: url.href, status, type, headers, body: Buffer.alloc(0) };
		if (!call.types.some((wanted) => (wanted.endsWith('/') ? type.startsWith(wanted) : type === wanted)))
			throw new FetchRefused('type', `The content is ${type || 'of no type'}, which is not wanted here.`, type);
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
	if (!decoder) throw new FetchRefused('packed', 'The content is packed in an unknown way.');
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
		if (bytes > maxBytes && !cut) throw new FetchRefused('long', 'The content is too long.');
		if (cut) break;
	}
	return Buffer.concat(chunks).subarray(0, maxBytes);
}
