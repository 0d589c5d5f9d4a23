import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { politely, somebodyWaits } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';
import { minutesOf } from '../link.ts';
import { cleanUrl, parseUrl, siteOf } from '#src/core/web/url.ts';
import { lookAt, type Look } from '#src/core/web/server/look.ts';
import { problemOf } from './refresh.ts';
import { sharedAt } from './share.ts';

/** What a page is, before it is shared. */
export interface Preview {
	url: string;
	site: string;
	title: string;
	author: string;
	publishedAt: string | null;
	description: string;
	minutes: number;
	/** Why it could not be read; it can be shared all the same. */
	problem: string;
	/** Where it is shared already. */
	known: { id: string; title: string; spaceId: string; space: string }[];
}

const KEEP = 5 * 60_000;
const MOST = 100;
/** Looks under way at once in this process: a preview is a nicety. */
const IN_FLIGHT = 10;
const recent = new Map<string, { at: number; look: Promise<Look> }>();
let underWay = 0;

/** Looks at a page that somebody is about to share; undefined for what is no address. */
export async function previewOf(
	db: Db,
	viewer: Viewer,
	text: string,
	fetch: Fetch = politely(db, somebodyWaits)
): Promise<Preview | undefined> {
	const address = parseUrl(text);
	if (!address) return undefined;
	const url = cleanUrl(address);
	const [look, known] = [await recentLook(url, fetch), await sharedAt(db, viewer, url)];
	const facts = look.kind === 'page' ? look.facts : undefined;
	return {
		...{ url, known, site: facts?.site ?? siteOf(url), title: facts?.title ?? '', author: facts?.author ?? '' },
		...{ publishedAt: facts?.published ?? null, description: facts?.description ?? '' },
		minutes: minutesOf(facts?.words ?? 0),
		problem: look.kind === 'page' || look.kind === 'same' ? '' : problemOf(look)
	};
}

/** The form is often shown twice: what was just seen is not asked for again. */
function recentLook(url: string, fetch: Fetch): Promise<Look> {
	const before = recent.get(url);
	if (before && before.at > Date.now() - KEEP) return before.look;
	if (underWay >= IN_FLIGHT)
		return Promise.resolve({ kind: 'failed', reason: 'slow', message: 'Many pages are being read just now.' });
	underWay += 1;
	const look = lookAt(url, { fetch, time: 7_000 }).finally(() => (underWay -= 1));
	recent.set(url, { at: Date.now(), look });
	if (recent.size > MOST) recent.delete(recent.keys().next().value!);
	return look;
}
