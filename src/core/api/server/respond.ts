import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure, forbidden, unauthenticated } from '#src/platform/server/errors.ts';
import { outage } from '#src/platform/server/outage.ts';
import { parse } from '#src/platform/server/parse.ts';
import type { Endpoint, Scope } from './endpoint.ts';
import { once, type Answer } from './idempotency.ts';
import { problem } from './problem.ts';
import { RateLimiter, type Allowance } from './rate-limit.ts';
import { readBody } from './request-body.ts';
import { shareUse } from './shared-use.ts';
import type { Router } from './router.ts';

/** Who calls: from a token, with its scopes, or from a signed-in browser, with all of them. */
export interface Caller {
	viewer: Viewer;
	scopes: readonly Scope[];
}

export interface ApiContext {
	db: Db;
	router: Router;
	caller: Caller | undefined;
	requestId: string;
	/** Told of what was read and sent, so that it can be sent again while it holds. */
	keep?: (result: object, text: string) => void;
}

/** Ten calls a second on average, a minute's worth at once. */
const limiter = new RateLimiter({ burst: 600, perMinute: 600 });

/**
 * Answers a request to the JSON API.
 * @param path the address below /api/v1
 */
export async function respond(request: Request, path: string, context: ApiContext): Promise<Response> {
	const headers = new Headers({ 'cache-control': 'no-store', 'x-request-id': context.requestId });
	try {
		const match = context.router(request.method, path);
		if (!match) throw new Failure('not_found', 'There is no such address in the API.');
		if (!match.endpoint) return notAllowed(match.methods, context.requestId);
		const caller = authorise(context.caller, match.endpoint);
		meter(await limiter.take(caller.viewer.id, shareUse(context.db, limiter.limit)), headers);
		const answer = await call(match.endpoint, match.params, caller.viewer, request, context.db);
		return answer instanceof Response
			? withHeaders(answer, headers)
			: json(answer, headers, request.method === 'GET' ? context.keep : undefined);
	} catch (error) {
		const failure = error instanceof Failure ? error : outage(error);
		if (!failure) throw error;
		if (failure.kind === 'unavailable') headers.set('retry-after', '5');
		return problem(failure, context.requestId, headers);
	}
}

function authorise(caller: Caller | undefined, endpoint: Endpoint): Caller {
	if (!caller) throw unauthenticated('Send a personal token as "Authorization: Bearer …", or sign in.');
	if (!caller.scopes.includes(endpoint.scope))
		throw forbidden(`This token does not have the scope "${endpoint.scope}".`);
	return caller;
}

const limitHeaders = ({ remaining, resetSeconds }: Allowance) => ({
	'ratelimit-limit': String(limiter.limit.perMinute),
	'ratelimit-remaining': String(remaining),
	'ratelimit-reset': String(resetSeconds)
});

function meter(allowance: Allowance, headers: Headers): void {
	for (const [name, value] of Object.entries(limitHeaders(allowance))) headers.set(name, value);
	const { allowed, resetSeconds } = allowance;
	if (allowed) return;
	headers.set('retry-after', String(resetSeconds));
	throw new Failure('too_many', `Too many calls: wait ${resetSeconds} s.`, {}, { retryAfterSeconds: resetSeconds });
}

async function call(
	endpoint: Endpoint,
	parts: Record<string, string>,
	viewer: Viewer,
	request: Request,
	db: Db
): Promise<Answer | Response> {
	const params = endpoint.params && parse(endpoint.params, parts);
	const query = parse(endpoint.query ?? nothing, queryOf(request.url));
	const hasBody = endpoint.method !== 'GET' && !endpoint.takes;
	const raw = hasBody ? await readBody(request) : undefined;
	const body = raw && parse(endpoint.body ?? nothing, raw.value);
	const { origin, pathname } = new URL(request.url);
	const run = (tx: Db) => endpoint.run({ db: tx, viewer, params, query, body, origin, request } as never);
	const work = async (tx: Db): Promise<Answer> => {
		const result = await run(tx);
		return endpoint.response ? { status: endpoint.status ?? 200, body: result } : { status: 204, body: undefined };
	};
	if (endpoint.sends) return (await run(db)) as Response;
	const key = request.headers.get('idempotency-key');
	if (!key || !raw) return work(db);
	const sent = endpoint.confidential ? '' : raw.text;
	return once(db, viewer.id, key, `${request.method} ${pathname}\n${sent}`, work, endpoint);
}

/** Where nothing can be said, a field is a mistake too. */
const nothing = z.strictObject({});

/** Query parameters; one given several times becomes a list. */
function queryOf(url: string): Record<string, string | string[]> {
	const query: Record<string, string | string[]> = {};
	const search = new URL(url).searchParams;
	for (const name of new Set(search.keys())) {
		const values = search.getAll(name);
		query[name] = values.length === 1 ? values[0]! : values;
	}
	return query;
}

function withHeaders(answer: Response, headers: Headers): Response {
	const own = new Headers(answer.headers);
	for (const [name, value] of headers) if (!own.has(name)) own.set(name, value);
	return new Response(answer.body, { status: answer.status, headers: own });
}

const JSON_TYPE = 'application/json; charset=utf-8';

function json({ status, body }: Answer, headers: Headers, keep: ApiContext['keep']): Response {
	if (status === 204) return new Response(null, { status, headers });
	headers.set('content-type', JSON_TYPE);
	const text = JSON.stringify(body);
	keep?.(body as object, text);
	return new Response(text, { status, headers });
}

/**
 * The headers of a kept answer to a call that reads; undefined where the call has to be
 * answered in full, because it is refused or over its limit.
 */
export async function headersOfKept(
	db: Db,
	{ viewer, scopes }: Caller,
	requestId: string
): Promise<Record<string, string> | undefined> {
	if (!scopes.includes('read')) return undefined;
	const allowance = await limiter.take(viewer.id, shareUse(db, limiter.limit));
	if (!allowance.allowed) return undefined;
	return {
		'cache-control': 'no-store',
		'x-request-id': requestId,
		...limitHeaders(allowance),
		'content-type': JSON_TYPE
	};
}

function notAllowed(methods: string[], requestId: string): Response {
	const headers = new Headers({ allow: methods.join(', ') });
	return problem(new Failure('invalid', `This address takes ${methods.join(', ')}.`), requestId, headers, 405);
}
