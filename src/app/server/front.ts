import type { IncomingMessage, ServerResponse } from 'node:http';
import { questionPrints, type ReadPrint } from '#src/ask/server/print.ts';
import { bearer, rememberedCaller } from '#src/core/api/server/caller.ts';
import { headersOfKept } from '#src/core/api/server/respond.ts';
import { openClient } from '#src/platform/server/client.ts';
import type { Front } from '#src/platform/server/front.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { Kept, printOf } from '#src/platform/server/kept.ts';
import { joinPacked, joinPlain, Piece, type Part } from '#src/platform/server/pieces.ts';
import { cookieOf } from './cookie.ts';
import { rememberedViewer } from './identity.ts';
import { hasShell, keptPage } from './kept-page.ts';
import { noteRequest } from './observe.ts';
import { app } from './runtime.ts';

/** What is kept, by the first part of its address; an id follows. */
type Kinds = Record<string, { route: string; print: ReadPrint }>;
const ID_LENGTH = 36;

/** Bytes of API answers kept at most. */
const answers = new Kept<Piece>(6 * 1024 ** 2);

/** Keeps an answer of the API, where what it was made from has a print. @param path its address, from / on */
export function keepAnswer(path: string, result: object, text: string): void {
	const print = printOf(result);
	if (print) answers.set(`${path} ${print}`, new Piece(text), 2 * text.length);
}

/**
 * Answers from what was sent before, in front of the pages. The viewer must be known to
 * this process, and the database says in one small query whether they may read it and
 * whether it is still the same. In every other case, and when anything fails, the pages
 * answer as if this were not here.
 */
export function openFront(databaseUrl: string): { front: Front; close(): Promise<void> } {
	const { client, close } = openClient(databaseUrl, CONNECTIONS, PLANNED_ONCE);
	const print = questionPrints(client);
	const kinds: Kinds = {
		'/questions/': { route: '/(app)/questions/[id]', print },
		'/api/v1/questions/': { route: '/api/v1/[...path]', print }
	};
	return { front: (request, response) => answerKept(request, response, kinds), close };
}

/** Of its own, so that prints wait for no page; one more than there are rounds would have nothing to do. */
const CONNECTIONS = 3;
/** Planning a print takes longer than reading it, and its plan is the same whoever asks. */
const PLANNED_ONCE = { plan_cache_mode: 'force_generic_plan', jit: 'off', statement_timeout: 5_000 };

async function answerKept(request: IncomingMessage, response: ServerResponse, kinds: Kinds): Promise<boolean> {
	const begin = performance.now();
	const path = request.url ?? '';
	const kind = kinds[path.slice(0, -ID_LENGTH)];
	const id = path.slice(-ID_LENGTH);
	if (!kind || request.method !== 'GET' || !isId(id)) return false;
	const requestId = newId();
	const found = await (path.startsWith('/api/') ? answerOf : pageOf)(request, { ...kind, path, id, requestId }).catch(
		() => undefined
	);
	if (!found) return false;
	send(request, response, found);
	noteRequest(requestId, { method: 'GET', route: kind.route, status: 200 }, begin);
	return true;
}

interface Asked {
	route: string;
	print: ReadPrint;
	path: string;
	id: string;
	requestId: string;
}

interface Found {
	headers: Iterable<[string, string]>;
	parts: Part[];
}

async function pageOf({ headers }: IncomingMessage, { route, print, path, id }: Asked): Promise<Found | undefined> {
	const viewer = rememberedViewer(headers.cookie);
	const theme = cookieOf(headers.cookie ?? '', 'theme') ?? '';
	if (!viewer || !hasShell(viewer, { route, theme })) return undefined;
	const now = await print(viewer, id);
	return now ? keptPage(viewer, { route, path, theme, print: now }) : undefined;
}

async function answerOf(
	{ headers }: IncomingMessage,
	{ print, path, id, requestId }: Asked
): Promise<Found | undefined> {
	const token = bearer(headers.authorization);
	const caller = token ? rememberedCaller(token) : undefined;
	if (!caller) return undefined;
	const now = await print(caller.viewer, id);
	const answer = now ? answers.get(`${path} ${now}`) : undefined;
	const told = answer && (await headersOfKept(app().db, caller, requestId));
	return told && { headers: Object.entries(told), parts: [answer] };
}

function send(request: IncomingMessage, response: ServerResponse, { headers, parts }: Found): void {
	const packs = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
	const body = packs ? joinPacked(parts) : joinPlain(parts);
	for (const [name, value] of headers) response.setHeader(name, value);
	response.setHeader('server-timing', 'kept');
	response.setHeader('vary', 'accept-encoding');
	if (packs) response.setHeader('content-encoding', 'gzip');
	response.setHeader('content-length', body.length);
	response.writeHead(200).end(body);
}
