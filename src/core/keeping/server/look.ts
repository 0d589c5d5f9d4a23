import { lookAt, type Look } from '#src/core/web/server/look.ts';
import { lineOf } from '#src/core/web/server/page.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { politely } from '#src/platform/server/polite.ts';
import type { Fetch } from '#src/platform/server/safe-fetch.ts';
import { LOOK } from './keep.ts';

/** Reads a page that somebody keeps: its text, and what they did not tell of it. What a person wrote stays. */
export async function lookAtKept(db: Db, keptId: string, fetch: Fetch = politely(db)): Promise<void> {
	const found = await row<{ url: string }>(db, sql`select url from kept where id = ${keptId} and looked_at is null`);
	if (!found) return;
	const look = await lookAt(found.url, { fetch });
	if (look.kind === 'failed' && look.reason === 'rests') {
		// Its host wants to be left alone: the page waits with it.
		await enqueue(db, LOOK, { keptId }, { startAfter: new Date(Date.now() + (look.wait ?? 3_600_000)) });
		return;
	}
	if (look.kind !== 'page') {
		await db.execute(sql`update kept set looked_at = now(), problem = ${problemOf(look)} where id = ${keptId}`);
		return;
	}
	const { title, author, site, published, html, text, words } = look.facts;
	const day = /^\d{4}-\d\d-\d\d/.exec(published ?? '')?.[0] ?? null;
	await db.execute(sql`update kept set looked_at = now(), problem = '', title = coalesce(nullif(title, ''), ${lineOf(title, 300)}),
		author = coalesce(nullif(author, ''), ${lineOf(author, 200)}), published_at = coalesce(published_at, ${day}::date),
		site = coalesce(nullif(${lineOf(site, 200)}, ''), site),
		html = case when ${words} > words then ${html} else html end, text = case when ${words} > words then ${text} else text end,
		words = greatest(words, ${words}) where id = ${keptId}`);
}

function problemOf(look: Exclude<Look, { kind: 'page' }>): string {
	if (look.kind === 'login') return 'The page wants a sign-in, so Trellis could not read it.';
	if (look.kind === 'file') return `It is no page but a file (${look.type}).`;
	if (look.kind === 'gone') return 'There is no such page any more.';
	return look.kind === 'same' ? '' : look.message;
}
