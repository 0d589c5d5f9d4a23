import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { questionPrints, type ReadPrint } from '#src/ask/server/print.ts';
import { RIGHTS_CHANNEL } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { bearer, callerOfToken, tokens } from '#src/core/api/server/caller.ts';
import { headersOfKept } from '#src/core/api/server/respond.ts';
import { openClient } from '#src/platform/server/client.ts';
import type { Front } from '#src/platform/server/front.ts';
import { isId } from '#src/platform/server/ids.ts';
import { Kept, printOf } from '#src/platform/server/kept.ts';
import { joinPacked, Piece, plain, type Part } from '#src/platform/server/pieces.ts';
import { AsOf, openStamps } from '#src/platform/server/stamp.ts';
import { cookieOf } from './cookie.ts';
import { sessions, viewerOfCookies } from './identity.ts';
import { hasShell, keptPage } from './kept-page.ts';
import { noteRequest } from './observe.ts';
import { app } from './runtime.ts';

/** Something of which answers are kept. */
interface Kind {
	/** As the router names it. */
	route: string;
	print: ReadPrint;
	find(request: IncomingMessage, asked: Asked): Promise<Found | undefined>;
}

interface Asked extends Kind {
	path: string;
	id: string;
	requestId: string;
	/** Of the database, taken after the request came. */
	stamp: string;
}

interface Found {
	headers: Iterable<[string, string]>;
	parts: Part[];
}

/** Bytes of API answers kept at most. */
const answers = new Kept<Piece>(6 * 1024 ** 2);

/** Keeps an answer of the API, where what it was made from has a print. @param path its address, from / on */
export function keepAnswer(path: string, result: object, text: string): void {
	const print = printOf(result);
	if (print) answers.set(`${path} ${print}`, new Piece(text), 2 * text.length);
}

/**
 * Answers from what was sent before, in front of the pages. The database says whether
 * anything at all has changed since it was known what the viewer sees; only where something
 * has, it is asked whether that shows. In every other case, and when anything fails, the
 * pages answer as if this were not here.
 */
export function openFront(databaseUrl: string): { front: Front; close(): Promise<void> } {
	const { client, close } = openClient(databaseUrl, CONNECTIONS, PLANNED_ONCE);
	const stamps = openStamps(databaseUrl, RIGHTS_CHANNEL, (personId) => {
		sessions.forget(personId);
		tokens.forget(personId);
	});
	const print = questionPrints(client);
	/** By the first part of an address; an id follows. */
	const kinds: Record<string, Kind> = {
		'/questions/': { route: '/(app)/questions/[id]', print, find: pageOf },
		'/api/v1/questions/': { route: '/api/v1/[...path]', print, find: answerOf }
	};
	return {
		front: (request, response) => answerKept(request, response, kinds, stamps.read),
		close: async () => void (await Promise.all([close(), stamps.close()]))
	};
}

/** Of its own, so that prints wait for no page; one more than there are rounds would have nothing to do. */
const CONNECTIONS = 3;
/** Planning a print takes longer than reading it, and its plan is the same whoever asks. */
const PLANNED_ONCE = { plan_cache_mode: 'force_generic_plan', jit: 'off', statement_timeout: 5_000 };
const ID_LENGTH = 36;

async function answerKept(
	request: IncomingMessage,
	response: ServerResponse,
	kinds: Record<string, Kind>,
	readStamp: () => Promise<string>
): Promise<boolean> {
	const begin = performance.now();
	const path = request.url ?? '';
	const kind = kinds[path.slice(0, -ID_LENGTH)];
	const id = path.slice(-ID_LENGTH);
	const { cookie, authorization } = request.headers;
	if (!kind || request.method !== 'GET' || !isId(id) || !(cookie || authorization)) return false;
	const requestId = randomUUID();
	const found = await readStamp()
		.then((stamp) => kind.find(request, { ...kind, path, id, requestId, stamp }))
		.catch(() => undefined);
	if (!found) return false;
	send(request, response, found);
	noteRequest(requestId, { method: 'GET', route: kind.route, status: 200 }, begin);
	return true;
}

/** The viewer is looked up after the stamp was taken, when all that had changed their rights was told. */
async function pageOf({ headers }: IncomingMessage, asked: Asked): Promise<Found | undefined> {
	const viewer = await viewerOfCookies(headers.cookie);
	const theme = cookieOf(headers.cookie ?? '', 'theme') ?? '';
	if (!viewer || !hasShell(viewer, { route: asked.route, theme })) return undefined;
	const print = await printFor(viewer, asked);
	return print ? keptPage(viewer, { route: asked.route, path: asked.path, theme, print }) : undefined;
}

async function answerOf({ headers }: IncomingMessage, asked: Asked): Promise<Found | undefined> {
	const token = bearer(headers.authorization);
	const caller = token ? await callerOfToken(app().db, token) : undefined;
	if (!caller) return undefined;
	const print = await printFor(caller.viewer, asked);
	const answer = print ? answers.get(`${asked.path} ${print}`) : undefined;
	const told = answer && (await headersOfKept(app().db, caller, asked.requestId));
	return told && { headers: Object.entries(told), parts: [answer] };
}

/** Prints by viewer, who is another object as soon as their rights change. */
const prints = new AsOf<Viewer, string>();

async function printFor(viewer: Viewer, { id, stamp, print }: Asked): Promise<string | undefined> {
	const known = prints.get(stamp, viewer, id);
	if (known) return known;
	const read = await print(viewer, id);
	if (read) prints.set(read.stamp, viewer, id, read.print);
	return read?.print;
}

function send(request: IncomingMessage, response: ServerResponse, { headers, parts }: Found): void {
	const packs = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
	const body = packs ? [joinPacked(parts)] : plain(parts);
	const length = body.reduce((sum, piece) => sum + piece.length, 0);
	for (const [name, value] of headers) response.setHeader(name, value);
	response.setHeader('server-timing', 'kept');
	response.setHeader('vary', 'accept-encoding');
	if (packs) response.setHeader('content-encoding', 'gzip');
	response.setHeader('content-length', length);
	response.writeHead(200);
	// Pieces go out together from where they are kept: nothing is copied.
	response.cork();
	for (const piece of body) response.write(piece);
	response.end();
}
