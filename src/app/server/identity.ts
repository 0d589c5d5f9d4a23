import type { Cookies, RequestEvent } from '@sveltejs/kit';
import { ViewerCache } from '#src/core/access/server/remembered.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import {
	endSession,
	findSession,
	SESSION_COOKIE,
	SESSION_DAYS,
	startSession
} from '#src/core/people/server/sessions.ts';
import { awaitSecondFactor } from '#src/core/people/server/second-factor.ts';
import { hashSecret } from '#src/platform/server/secrets.ts';
import { cookieOf } from './cookie.ts';
import { app } from './runtime.ts';

/** Who a session's secret stands for, remembered for a moment; `with` is the session's id. */
export const sessions = new ViewerCache<string>();

/** Sets `locals.viewer` and `locals.sessionId` from the session cookie; nothing without one. */
export async function identify(event: RequestEvent): Promise<void> {
	const secret = event.cookies.get(SESSION_COOKIE);
	if (!secret) return;
	const found = await whoHas(secret);
	if (!found) return forgetCookie(event.cookies);
	event.locals.viewer = found.viewer;
	event.locals.sessionId = found.with;
}

/** Who is signed in. @param cookies the header */
export async function viewerOfCookies(cookies: string | undefined): Promise<Viewer | undefined> {
	const secret = cookies && cookieOf(cookies, SESSION_COOKIE);
	return secret ? (await whoHas(secret))?.viewer : undefined;
}

const whoHas = (secret: string) => sessions.recall(hashSecret(secret), () => lookUp(secret));

async function lookUp(secret: string): Promise<{ viewer: Viewer; with: string } | undefined> {
	const { db } = app();
	const session = await findSession(db, secret);
	const viewer = session && (await loadViewer(db, session.personId));
	if (!viewer) return undefined;
	return { viewer, with: session.id };
}

/** Signs a person in on this browser. */
export async function signIn(event: RequestEvent, personId: string): Promise<void> {
	const secret = await startSession(app().db, personId, event.request.headers.get('user-agent') ?? '');
	event.cookies.set(SESSION_COOKIE, secret, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: event.url.protocol === 'https:',
		maxAge: SESSION_DAYS * 86_400
	});
}

/** Holds the place between two steps of a sign-in. */
export const STEP_COOKIE = 'trellis_step';

export function holdStep(event: RequestEvent, waiting: string): void {
	const secure = event.url.protocol === 'https:';
	event.cookies.set(STEP_COOKIE, waiting, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: 600 });
}

/** Signs in who has shown a first proof, or asks for the code. @returns where to go */
export async function signInOrAskCode(
	event: RequestEvent,
	{ personId, secondFactor }: { personId: string; secondFactor: boolean }
): Promise<string> {
	const to = safeTarget(event.url.searchParams.get('to'));
	if (secondFactor) {
		holdStep(event, await awaitSecondFactor(app().db, personId));
		return `/sign-in/code?to=${encodeURIComponent(to)}`;
	}
	await signIn(event, personId);
	return to;
}

/** Ends the session of this browser. */
export async function signOut(event: RequestEvent): Promise<void> {
	const { viewer, sessionId } = event.locals;
	if (viewer && sessionId) await endSession(app().db, viewer, sessionId);
	forgetCookie(event.cookies);
}

const forgetCookie = (cookies: Cookies) => cookies.delete(SESSION_COOKIE, { path: '/' });

/** Where to go after signing in: only addresses of our own. */
export function safeTarget(to: string | null): string {
	return to && /^\/(?![/\\])/.test(to) && !to.startsWith('/sign-') ? to : '/';
}
