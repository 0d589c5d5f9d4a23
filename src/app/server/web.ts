import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCodes, StartError, type Config } from '#src/platform/server/config.ts';
import { front } from '#src/platform/server/front.ts';
import { visit } from '#src/platform/server/visits.ts';
import { boundArrival, boundedServer, LARGE_LIMIT, refuseTooLarge } from './bounds.ts';

/** What the build gives. */
interface Handler {
	handler(request: IncomingMessage, response: ServerResponse, next: () => void): void;
}

/** How long answers under way may take at the end before their connections are cut. */
const GRACE_MS = 3_000;

/**
 * Serves the built pages.
 * @returns the port, and what stops it: no new requests, those under way are answered, then what the pages opened is closed
 */
export async function startWeb(config: Config): Promise<{ port: number; stop(): Promise<void> }> {
	process.env.PROTOCOL_HEADER ||= 'x-forwarded-proto';
	process.env.BODY_SIZE_LIMIT = String(LARGE_LIMIT);
	const { handler } = (await import(pathToFileURL(resolve('build/handler.js')).href)) as Handler;
	const headers = commonHeaders(config);
	const server = boundedServer(async (request, response) => {
		response.once('close', visit());
		for (const [name, value] of headers) response.setHeader(name, value);
		if (refuseTooLarge(request, response)) return;
		boundArrival(request);
		nameOrigin(request, config);
		admitOneClick(request);
		admitShared(request);
		admitTokens(request);
		admitReaders(request);
		if (await front()?.(request, response)) return;
		handler(request, response, () => response.writeHead(404).end());
	});
	await listen(server, config).catch(async (error) => {
		await endPages();
		throw error;
	});
	return { port: (server.address() as AddressInfo).port, stop: () => stop(server) };
}

/** On every answer, pages and files alike. */
function commonHeaders({ ORIGIN }: Config): [string, string][] {
	return [
		['x-content-type-options', 'nosniff'],
		['referrer-policy', 'same-origin'],
		['cross-origin-opener-policy', 'same-origin'],
		['permissions-policy', 'geolocation=(), payment=(), usb=()'],
		...(ORIGIN?.startsWith('https:') ? [['strict-transport-security', 'max-age=31536000'] as [string, string]] : [])
	];
}

/** The address people see is ORIGIN where it is set, whatever a caller claims; else what the browser says, over plain HTTP. */
function nameOrigin({ headers }: IncomingMessage, { ORIGIN }: Config): void {
	if (!ORIGIN) {
		headers['x-forwarded-proto'] ??= 'http';
		return;
	}
	const { protocol, host } = new URL(ORIGIN);
	headers['x-forwarded-proto'] = protocol.slice(0, -1);
	headers.host = host;
}

/**
 * A mail program that unsubscribes with one click (RFC 8058) posts a form from no page at
 * all. It brings no cookie and its token is the authority, so it is no forgery: what it
 * posts is not called a form, which only pages of ours may post.
 */
function admitOneClick({ method, url, headers }: IncomingMessage): void {
	if (method !== 'POST' || headers.origin || !/^\/mail\/[^/]+\/now$/.test(url ?? '')) return;
	delete headers.cookie;
	headers['content-type'] = 'application/octet-stream';
}

/**
 * What another application shares with the installed one is posted by the device, from no page. It keeps nothing and
 * reads nothing: it leads to a form, which asks who it is. So it is no forgery, and is not called a form.
 */
function admitShared({ method, url, headers }: IncomingMessage): void {
	if (method !== 'POST' || url !== '/kept/shared') return;
	delete headers.cookie;
	headers['content-type'] = 'application/octet-stream';
}

/**
 * A program that sends a personal token comes from no page. No other site can make a
 * browser send one, and no cookie counts beside it, so what it sends is no forgery.
 */
function admitTokens({ url, headers }: IncomingMessage): void {
	if (!/^Bearer /i.test(headers.authorization ?? '') || !/^\/(api|files)\//.test(`${url}/`)) return;
	delete headers.cookie;
	headers.origin = `${String(headers['x-forwarded-proto'])}://${headers.host}`;
}

/** A feed reader sends forms from no page at all. It is known by the token it brings; a cookie counts for nothing there. */
function admitReaders({ url, headers }: IncomingMessage): void {
	if (!url?.startsWith('/api/greader.php/')) return;
	delete headers.cookie;
	headers.origin = `${String(headers['x-forwarded-proto'])}://${headers.host}`;
}

async function listen(server: Server, { PORT, HOST }: Config): Promise<void> {
	await new Promise<void>((done, fail) => {
		server.once('error', (error: NodeJS.ErrnoException) => fail(listenError(error, PORT, HOST)));
		server.listen(PORT, HOST, done);
	});
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): unknown {
	const sentences: Record<string, string> = {
		EADDRINUSE: `Port ${port} is in use: stop what uses it, or set PORT to another one.`,
		EACCES: `Port ${port} may not be opened by this user: set PORT to one above 1023.`,
		EADDRNOTAVAIL: `This machine has no address ${host}: set HOST to one it has.`,
		ENOTFOUND: `This machine has no address ${host}: set HOST to one it has.`
	};
	const sentence = sentences[error.code ?? ''];
	return sentence ? new StartError(sentence, exitCodes.portInUse) : error;
}

async function stop(server: Server): Promise<void> {
	const closed = new Promise((done) => server.close(done));
	server.closeIdleConnections();
	const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
	await closed;
	clearTimeout(cut);
	await endPages();
}

/** The pages hear of the end by the event SvelteKit documents. */
async function endPages(): Promise<void> {
	await Promise.all(process.listeners('sveltekit:shutdown' as never).map((listen) => (listen as () => unknown)()));
}
