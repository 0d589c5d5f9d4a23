import { callerOfToken } from '#src/core/api/server/caller.ts';
import { RateLimiter } from '#src/core/api/server/rate-limit.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { ownProfile } from '#src/core/people/server/profiles.ts';
import type { Db } from '#src/platform/server/db.ts';
import { Failure, forbidden, notFound, tooMany, unauthenticated } from '#src/platform/server/errors.ts';
import { outage } from '#src/platform/server/outage.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import type { ReaderOperation } from './call.ts';
import { itemsContents, streamAtom, streamContents, streamIds } from './items.ts';
import { editTag, markAllAsRead, unreadCount } from './marks.ts';
import { disableTag, quickAdd, renameTag, subscriptionEditing, subscriptionList, tagList } from './subscriptions.ts';

/** FreshRSS calls these answers plain text, and there are readers that take them for nothing else. */
const asText = (answer: object) => JSON.stringify(answer);

/** What changes something is sent, never only asked for. */
type Declared = [method: 'GET' | 'POST' | 'any', operation: ReaderOperation];

const userInfo: ReaderOperation = async ({ db, viewer }) => {
	const { email } = await ownProfile(db, viewer);
	const { id, name } = viewer;
	return asText({ userId: id, userName: name, userProfileId: id, userEmail: email, isBloggerUser: false });
};

/** By their addresses below `/reader/`. */
const operations: Record<string, Declared> = {
	'api/0/user-info': ['GET', userInfo],
	'api/0/subscription/list': ['GET', subscriptionList],
	'api/0/subscription/edit': ['POST', subscriptionEditing],
	'api/0/subscription/quickadd': ['POST', quickAdd],
	'api/0/tag/list': ['GET', tagList],
	'api/0/rename-tag': ['POST', renameTag],
	'api/0/disable-tag': ['POST', disableTag],
	'api/0/stream/contents': ['any', streamContents],
	'api/0/stream/items/ids': ['any', async (call) => asText(await streamIds(call))],
	'api/0/stream/items/contents': ['any', itemsContents],
	'api/0/edit-tag': ['POST', editTag],
	'api/0/mark-all-as-read': ['POST', markAllAsRead],
	'api/0/unread-count': ['GET', unreadCount],
	'api/0/preference/list': ['GET', () => Promise.resolve({ prefs: [] })],
	'api/0/preference/stream/list': ['GET', () => Promise.resolve({ streamprefs: {} })],
	atom: ['GET', streamAtom]
};

/** A reader that fills an empty phone calls some hundred times in a minute. Each process counts for itself. */
const limiter = new RateLimiter({ burst: 300, perMinute: 120 });
/** Tokens cannot be guessed; who tries all the same costs little. */
const failures = new RateLimiter({ burst: 60, perMinute: 20 });

/**
 * Answers a feed reader, by the protocol that Google Reader had and FreshRSS, Miniflux and others go on with.
 * @param path below `/api/greader.php/`
 * @param address of who calls
 */
export async function answerReader(db: Db, request: Request, path: string, address: string): Promise<Response> {
	try {
		const fields = await fieldsOf(request);
		if (path === 'accounts/ClientLogin') return text(200, await signIn(db, fields, address));
		if (path === 'check/compatibility') return text(200, 'PASS');
		const token = tokenOf(request);
		const viewer = await readerOf(db, token);
		if (path === 'reader/api/0/token') return text(200, hashSecret(token!).slice(0, 57));
		const result = await operate(db, request, { path, viewer, fields });
		if (result instanceof Response) return result;
		return typeof result === 'string' ? text(200, result) : json(result);
	} catch (error) {
		const failure = error instanceof Failure ? error : outage(error);
		if (!failure) throw error;
		return failed(failure);
	}
}

/** A reader sends forms; what it asks for stands in the address. Both may name the same things. */
async function fieldsOf(request: Request): Promise<URLSearchParams> {
	const fields = new URL(request.url).searchParams;
	if (request.method !== 'POST') return fields;
	for (const [name, value] of new URLSearchParams(await request.text())) fields.append(name, value);
	return fields;
}

/** The address of mail may be any: the token alone says who it is. */
async function signIn(db: Db, fields: URLSearchParams, address: string): Promise<string> {
	const token = fields.get('Passwd') ?? '';
	const caller = await callerOfToken(db, token);
	if (caller?.scopes.includes('reader')) return `SID=${token}\nLSID=${token}\nAuth=${token}\n`;
	const { allowed, resetSeconds } = await failures.take(address);
	if (!allowed) throw tooMany(`Too many attempts: wait ${resetSeconds} s.`, resetSeconds);
	throw unauthenticated('Error=BadAuthentication\nA reader signs in with a password made for it on /settings/feeds.');
}

const tokenOf = (request: Request) =>
	/^GoogleLogin\s+auth=(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];

async function readerOf(db: Db, token: string | undefined): Promise<Viewer> {
	const caller = token ? await callerOfToken(db, token) : undefined;
	if (!caller) throw unauthenticated('Sign in anew: this password does not work any more.');
	if (!caller.scopes.includes('reader')) throw forbidden('This token is not one for readers.');
	const { allowed, resetSeconds } = await limiter.take(caller.viewer.id);
	if (!allowed) throw tooMany(`Too many calls: wait ${resetSeconds} s.`, resetSeconds);
	return caller.viewer;
}

function operate(
	db: Db,
	request: Request,
	{ path, viewer, fields }: { path: string; viewer: Viewer; fields: URLSearchParams }
): Promise<object | string | Response> {
	const asked = path.replace(/^reader\//, '');
	const name = Object.keys(operations).find((each) => asked === each || asked.startsWith(`${each}/`));
	if (!name || asked === path) throw notFound('Readers find nothing at this address.');
	const [method, operation] = operations[name]!;
	if (method !== 'any' && method !== request.method) throw new Failure('invalid', `This must be sent by ${method}.`);
	const rest = asked.slice(name.length + 1);
	return operation({ db, viewer, fields, rest, origin: new URL(request.url).origin });
}

const headers = { 'cache-control': 'no-store' };
const json = (body: object) => Response.json(body, { headers });
const text = (status: number, body: string, more: Record<string, string> = {}) =>
	new Response(body, { status, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', ...more } });

function failed({ kind, status, message, details }: Failure): Response {
	// Readers know no 422.
	const wait = details.retryAfterSeconds ?? (kind === 'unavailable' ? 5 : undefined);
	return text(kind === 'invalid' ? 400 : status, message, wait === undefined ? {} : { 'retry-after': String(wait) });
}
