import { decodeText } from '#src/platform/server/charset.ts';
import { ProcessPool, WorkLost } from '#src/platform/server/process-pool.ts';
import { FetchRefused, safeFetch, type Fetch, type Fetched, type Refusal } from '#src/platform/server/safe-fetch.ts';
import type { PageFacts, ToRead } from './page.ts';

/** What came of a look at an address. */
export type Look =
	/** 304: the same as last time. */
	| { kind: 'same' }
	| { kind: 'page'; url: string; facts: PageFacts; etag: string; lastModified: string; cut: boolean }
	/** It wants a sign-in, or lets no program in. */
	| { kind: 'login'; url: string }
	/** No page, but a file to be opened. */
	| { kind: 'file'; url: string; type: string }
	/** The server says that there is no such page, for now or for good. */
	| { kind: 'gone'; status: number }
	/** `wait`: milliseconds after which its host may be asked, where it rests. */
	| { kind: 'failed'; reason: Refusal | 'status' | 'unreadable'; message: string; wait?: number };

/** What is known of a page from last time: an unchanged one need not be sent again. */
export interface Known {
	etag: string;
	lastModified: string;
}

/** Of a longer page its beginning is read. */
const MOST_BYTES = 4 * 1024 * 1024;
const HTML = ['text/html', 'application/xhtml+xml'];
const PLAIN = ['text/plain', 'text/markdown'];
const TIME = 15_000;

const readers = new ProcessPool<ToRead, PageFacts>('src/core/web/server/read-child.ts', {
	...{ memory: 256, time: 6_000, size: 2 }
});

/**
 * Looks at an address as everybody sees it, and reads the page in a process of its own.
 * Whatever is there, and however it behaves, the answer is one of the kinds of `Look`.
 * @example await lookAt(url, { fetch: politely(db) })
 */
export async function lookAt(
	url: string,
	{ known, fetch = safeFetch, time = TIME }: { known?: Known; fetch?: Fetch; time?: number } = {}
): Promise<Look> {
	try {
		const headers: Record<string, string> = { 'accept-language': 'en, *;q=0.5' };
		if (known?.etag) headers['if-none-match'] = known.etag;
		if (known?.lastModified) headers['if-modified-since'] = known.lastModified;
		const bounds = { types: [...HTML, ...PLAIN], maxBytes: MOST_BYTES, cut: true, timeout: time, headers };
		return await understand(url, await fetch(url, bounds));
	} catch (error) {
		if (error instanceof WorkLost) return { kind: 'failed', reason: 'unreadable', message: error.message };
		if (!(error instanceof FetchRefused)) throw error;
		if (error.reason === 'type' && error.type) return { kind: 'file', url, type: error.type };
		return { kind: 'failed', reason: error.reason, message: error.message, wait: error.wait };
	}
}

async function understand(asked: string, found: Fetched): Promise<Look> {
	const { status, url, headers, body, type } = found;
	if (status === 304) return { kind: 'same' };
	if (status === 404 || status === 410) return { kind: 'gone', status };
	if (status === 401 || status === 403 || status === 407 || wentToLogin(asked, url)) return { kind: 'login', url };
	if (status < 200 || status > 299)
		return { kind: 'failed', reason: 'status', message: `The server answered with the error ${status}.` };
	const html = decodeText(body, headers['content-type']);
	const facts = await readers.run({ html, url, plain: PLAIN.includes(type) });
	if (facts.asksPassword && facts.words < 250) return { kind: 'login', url };
	const cut = body.byteLength >= MOST_BYTES;
	return { kind: 'page', url, facts, etag: headers.etag ?? '', lastModified: headers['last-modified'] ?? '', cut };
}

const login =
	/(^|[/.?&=_-])(log-?in|sign-?in|signon|sso|saml2?|oauth2?|authorize|authenticate)([/.?&=_-]|$)|^accounts?\.|^auth\.|^login\./i;

/** Somewhere else than asked for, to a place where people sign in. */
function wentToLogin(asked: string, found: string): boolean {
	const [before, after] = [new URL(asked), new URL(found)];
	if (before.href === after.href) return false;
	const isLogin = ({ hostname, pathname }: URL) => login.test(hostname) || login.test(pathname);
	return isLogin(after) && !isLogin(before);
}
