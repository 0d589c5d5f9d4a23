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
	/** What is posted as JSON instead; likewise. */
	json?: object;
	/** Bytes to be posted instead, of the type that `headers` name. */
	body?: Buffer;
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
	| 'unreachable' // it did not answer, or broke off
	| 'rests'; // it is left alone for a while (polite.ts)

/** Why a page was not fetched; the message is for people who gave the address. */
export class FetchRefused extends Error {
	readonly reason: Refusal;
	/** The media type, where that was the reason. */
	readonly type: string;
	/** Milliseconds after which it may be asked, where it rests. */
	readonly wait: number;
	constructor(reason: Refusal, message: string, { type = '', wait = 0 } = {}) {
		super(message);
		this.name = 'FetchRefused';
		this.reason = reason;
		this.type = type;
		this.wait = wait;
	}
}

/** How a page is fetched: at once, or politely. */
export type Fetch = (url: string, options: FetchOptions) => Promise<Fetched>;

/** What came of a visit to a host, for its next visitor. */
export interface Told {
	/** Nothing was sent to it at all. */
	asked: boolean;
	/** 0 where it did not answer. */
	status: number;
	/** Its header of this name. */
	retryAfter: string;
}

/** Waits until a host may be asked. @returns what ends the visit */
export type TakeTurn = (host: string) => Promise<(told: Told) => Promise<void>>;

const atOnce: TakeTurn = () => Promise.resolve(() => Promise.resolve());

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
 * @param takeTurn called for each host on the way; the time it takes does not count
 * @throws FetchRefused for addresses that are not public, too many redirects, contents
 * that are too long or of another type, and servers that are too slow
 */
export async function safeFetch(
	url: string,
	options: FetchOptions,
	allowance = standing,
	takeTurn = atOnce
): Promise<Fetched> {
	const start = parseAddress(url);
	const way: Way = { url: start, settled: start, redirects: REDIRECTS, time: options.timeout ?? 10_000 };
	for (;;) {
		const found = await visit(way, { ...options, allowance }, takeTurn);
		if (found) return { ...found, settledUrl: way.settled.href };
	}
}

/** Whether something may be posted to an address: https, or http to a host that this installation lets through. */
export function mayBePosted(address: string, allowance = standing): boolean {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname, port, username } = new URL(address);
	if (username) return false;
	const isAllowed = () => Boolean(allowance?.allow(hostname, Number(port) || 80, hostname));
	return protocol === 'https:' || (protocol === 'http:' && isAllowed());
}

/** How far a visit has come. */
interface Way {
	url: URL;
	/** Where it has moved to for good. */
	settled: URL;
	/** Redirects that are followed yet. */
	redirects: number;
	/** Milliseconds left for asking. */
	time: number;
}

/** Has its turn at one host. @returns undefined where that leads to another */
async function visit(way: Way, options: Omit<Call, 'signal'>, takeTurn: TakeTurn): Promise<Found | undefined> {
	const endTurn = await takeTurn(way.url.hostname);
	const begin = performance.now();
	const told: Told = { asked: false, status: 0, retryAfter: '' };
	const signal = AbortSignal.timeout(Math.max(0, Math.round(way.time)));
	try {
		return await ask(way, { ...options, signal }, told);
	} catch (error) {
		throw refusalOf(error, signal);
	} finally {
		way.time -= performance.now() - begin;
		await endTurn(told);
	}
}

function refusalOf(error: unknown, signal: AbortSignal): FetchRefused {
	if (error instanceof FetchRefused) return error;
	if (signal.aborted) return new FetchRefused('slow', 'The server took too long.');
	const code = codeOf(error);
	if (code === 'ENOTFOUND') return new FetchRefused('nowhere', 'There is no such server.');
	if (code.startsWith('HPE_')) return new FetchRefused('unreachable', 'The server does not answer as the web does.');
	return new FetchRefused('unreachable', `The server could not be reached: ${whyNot(error, 'it broke off')}.`);
}

/** Asks one host, and follows it as long as it leads on within itself. */
async function ask(way: Way, call: Call, told: Told): Promise<Found | undefined> {
	const { hostname } = way.url;
	while (way.url.hostname === hostname) {
		const address = await checkedAddress(way.url, call);
		Object.assign(told, { asked: true, status: 0 });
		const response = await send(way.url, address, call);
		Object.assign(told, { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? '' });
		if (!leadsOn(response, call)) return receive(way.url, response, call);
		response.destroy();
		goOn(way, response);
	}
	return undefined;
}

type Call = FetchOptions & { signal: AbortSignal; allowance?: Allowance };

const leadsOn = ({ statusCode = 0, headers }: IncomingMessage, { form, json, body }: Call) =>
	statusCode >= 300 && statusCode <= 399 && headers.location !== undefined && !(form ?? json ?? body);

function goOn(way: Way, { statusCode, headers }: IncomingMessage): void {
	if (way.redirects === 0) throw new FetchRefused('redirects', 'The address leads on and on.');
	const next = parseAddress(headers.location!, way.url);
	const isSettled = way.url === way.settled && (statusCode === 301 || statusCode === 308);
	Object.assign(way, { url: next, redirects: way.redirects - 1, settled: isSettled ? next : way.settled });
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
async function checkedAddress(url: URL, { allowance }: Pick<Call, 'allowance'>): Promise<string> {
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

/**
 * The address of a server that is no page of the web, such as a database, under the same rules.
 * Whoever connects must connect to it, and not to the name again.
 * @param url with its port
 * @throws FetchRefused for addresses that are neither public nor let through
 */
export async function allowedAddress(url: URL, allowance = standing): Promise<string> {
	try {
		return await checkedAddress(url, { allowance });
	} catch (error) {
		throw refusalOf(error, new AbortController().signal);
	}
}

const resolveName = async (host: string) => (await lookup(host, { all: true })).map(({ address }) => address);

function send(url: URL, address: string, { signal, headers, types, form, json, body }: Call): Promise<IncomingMessage> {
	const request = url.protocol === 'https:' ? requestHttps : requestHttp;
	const family = isIP(address);
	return new Promise((done, fail) => {
		request(url, {
			...((form ?? json ?? body) && { method: 'POST' }),
			signal,
			agent: false,
			maxHeaderSize: 32 * 1024,
			headers: {
				accept: types.map((type) => (type.endsWith('/') ? `${type}*` : type)).join(', '),
				'accept-encoding': 'gzip, deflate, br',
				'user-agent': 'Mozilla/5.0 (compatible; Trellis)',
				...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
				...(json && { 'content-type': 'application/json' }),
				...headers
			},
			// Connects to what was checked, whatever the name means by now.
			lookup: (_host, { all }, found) => (all ? found(null, [{ address, family }]) : found(null, address, family))
		})
			.on('response', done)
			.on('error', fail)
			.end(json ? JSON.stringify(json) : (form?.toString() ?? body));
	});
}

type Found = Omit<Fetched, 'settledUrl'>;

async function receive(url: URL, response: IncomingMessage, call: Call): Promise<Found> {
	const { headers, statusCode: status = 0 } = response;
	const type = (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();
	try {
		if (status === 304) return { url: url.href, status, type, headers, body: Buffer.alloc(0) };
		if (!call.types.some((wanted) => (wanted.endsWith('/') ? type.startsWith(wanted) : type === wanted)))
			throw new FetchRefused('type', `The content is ${type || 'of no type'}, which is not wanted here.`, { type });
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
