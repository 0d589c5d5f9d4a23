import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';

const MEGABYTE = 1024 ** 2;
/** Bytes a request may bring: a form or an API call, a file for a text, and a file of any size. */
export const BODY_LIMIT = MEGABYTE;
export const FILE_LIMIT = 11 * MEGABYTE; // a file of ten in its multipart form
/** What S3 takes at once; the limit that people feel is set in the organisation's settings. */
export const LARGE_LIMIT = 5 * 1024 * MEGABYTE;
const uploads = /^\/(files|feed-push|api\/v1\/(files|banks|me\/photo)|settings|aids|banks|links\/import)(\/|$|\?)/;
/** Their bodies go to disk as they come, never into memory. */
const large = /^\/(files\/uploads|resources)(\/|$|\?)/;

/** How long a request may take to arrive; a large one as long as some of it keeps coming. */
const ARRIVAL = { allMs: 120_000, silenceMs: 60_000 };
const HEAD = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };

/**
 * A server with limits of time and number, so that neither slow nor many callers can take all there is.
 * @param head milliseconds in which the head of a request must have come, and between two looks after that
 */
export function boundedServer(listener: RequestListener, head = HEAD): Server {
	const server = createServer(
		{
			...head,
			requestTimeout: 0, // a large file takes longer than anything else may: see boundArrival
			keepAliveTimeout: 65_000 // longer than a proxy keeps its side, so it never writes into a closed one
		},
		listener
	);
	server.maxConnections = 5_000;
	server.maxHeadersCount = 100;
	server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
		if (!socket.writable || error.code === 'ECONNRESET') return socket.destroy();
		const status =
			error.code === 'HPE_HEADER_OVERFLOW'
				? '431 Request Header Fields Too Large'
				: error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
					? '408 Request Timeout'
					: '400 Bad Request';
		socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
	});
	return server;
}

/** Answers a request that brings too much. @returns whether it did */
export function refuseTooLarge(request: IncomingMessage, response: ServerResponse): boolean {
	const limit = limitOf(request);
	const length = request.headers['content-length'];
	if (request.headers['transfer-encoding'] && limit !== LARGE_LIMIT) {
		answer(request, response, 411, 'The size of a request must be said in advance (Content-Length).');
		return true;
	}
	if (Number(length ?? 0) <= limit) return false;
	const megabytes = limit === FILE_LIMIT ? 10 : limit / MEGABYTE;
	answer(
		request,
		response,
		413,
		`This is too large: ${megabytes} MB at most. Nothing was saved; go back, what you wrote is still there.`
	);
	return true;
}

function limitOf({ url = '' }: IncomingMessage): number {
	if (large.test(url)) return LARGE_LIMIT;
	return uploads.test(url) ? FILE_LIMIT : BODY_LIMIT;
}

/** Ends a request whose body comes too slowly. */
export function boundArrival(request: IncomingMessage, { allMs, silenceMs } = ARRIVAL): void {
	if (request.complete || (!request.headers['content-length'] && !request.headers['transfer-encoding'])) return;
	const isLarge = limitOf(request) === LARGE_LIMIT;
	let seen = -1;
	const look = () => {
		const { bytesRead } = request.socket;
		if (isLarge && bytesRead > seen && !request.complete) seen = bytesRead;
		else if (!request.complete) request.socket.destroy();
	};
	const timer = setInterval(look, isLarge ? silenceMs : allMs);
	timer.unref();
	request.once('close', () => clearInterval(timer));
}

function answer(request: IncomingMessage, response: ServerResponse, status: number, message: string): void {
	const wantsJson = !/text\/html/.test(request.headers.accept ?? '');
	const title = status === 413 ? 'Content Too Large' : 'Length Required';
	response.writeHead(status, {
		'content-type': wantsJson ? 'application/problem+json' : 'text/html; charset=utf-8',
		connection: 'close'
	});
	response.end(
		wantsJson ? JSON.stringify({ type: 'about:blank', title, status, detail: message }) : plainPage(title, message)
	);
	// The rest is read and dropped, or the answer would be lost with the connection.
	request.resume();
}

/** Before any page of ours: it looks after itself, and needs neither styles nor scripts of others. */
const plainPage = (title: string, message: string) =>
	`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><title>${title}</title>
<body style="font:1.125rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem">
<h1 style="font-size:1.5rem">Not taken</h1><p>${message}</p></body></html>`;
