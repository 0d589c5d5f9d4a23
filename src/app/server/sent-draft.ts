import { getRequestEvent } from '$app/server';
import { discardDraft } from '#src/core/items/server/drafts.ts';
import { app } from './runtime.ts';

/** Tells the browser which drafts were sent, so it forgets its own copies (see DraftKeeper). */
const COOKIE = 'drafts_sent';
const MOST = 20;

/** What was sent is a draft no more. */
export async function settleDraft(key: string): Promise<void> {
	const { cookies, locals } = getRequestEvent();
	if (!locals.viewer) return;
	await discardDraft(app().db, locals.viewer, key);
	const before = (cookies.get(COOKIE) ?? '').split('|').filter(Boolean);
	const sent = [...new Set([key, ...before])].slice(0, MOST).join('|');
	cookies.set(COOKIE, sent, { path: '/', httpOnly: false, sameSite: 'lax', maxAge: 30 * 24 * 3600 });
}
