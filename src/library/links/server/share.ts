import { and, eq } from 'drizzle-orm';
import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { tooMany } from '#src/platform/server/errors.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import type { LinkEdit, NewLink } from '../input.ts';
import { cleanUrl, parseUrl, siteOf, urlKey } from '#src/core/web/url.ts';
import { link, linkAddress } from './schema.ts';

/** The queue in which pages are looked at: `{ itemIds }`, all of one address. */
export const LOOK = 'links.look';

/**
 * Shares a link in a space. One that is there already, however it was spelled, gets the
 * note as a comment instead.
 * @returns the link's id
 * @throws Failure forbidden for people outside the space
 */
export async function shareLink(db: Db, viewer: Viewer, input: NewLink): Promise<string> {
	return db.transaction((tx) => once(tx, viewer, input.submission, () => share(tx, viewer, input)));
}

async function share(tx: Db, viewer: Viewer, { url, spaceId, title, bodyMd, tags }: NewLink): Promise<string> {
	allow(canWriteIn(viewer, { spaceId }), 'Join the space to share in it.');
	const address = parseUrl(url)!;
	const known = await linkAt(tx, spaceId, urlKey(address));
	if (known) {
		if (bodyMd) await addComment(tx, viewer, known, { bodyMd: bodyMd.slice(0, 5000) });
		return known;
	}
	const id = await makeLink(tx, viewer, { url: cleanUrl(address), spaceId, title, bodyMd, tags });
	await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
	await enqueue(tx, LOOK, { itemIds: [id] });
	return id;
}

/** The link of a space for an address; two who share the same one at once come one after the other. */
async function linkAt(tx: Db, spaceId: string, key: string): Promise<string | undefined> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`link ${spaceId} ${key}`}, 0))`);
	const found = await row<{ id: string; state: string }>(
		tx,
		sql`select i.id, i.state from link_address a join item i on i.id = a.item_id where a.space_id = ${spaceId} and a.key = ${key}`
	);
	if (found?.state !== 'removed') return found?.id;
	await tx.delete(linkAddress).where(and(eq(linkAddress.spaceId, spaceId), eq(linkAddress.key, key)));
	return undefined;
}

/** Writes a link that its space does not have yet, and leaves the look at its page to whoever calls. */
export async function makeLink(
	tx: Db,
	viewer: Viewer,
	{ url, spaceId, title, bodyMd, tags }: Omit<NewLink, 'submission'>
): Promise<string> {
	const key = urlKey(new URL(url));
	const id = await createItem(tx, viewer, { kind: 'link', spaceId, title: title || untitled(url), bodyMd, tags });
	await tx.insert(link).values({ itemId: id, url, key, titled: title !== '', site: siteOf(url) });
	await tx.insert(linkAddress).values({ spaceId, key, itemId: id });
	return id;
}

/** What a link is called until its page has said its title. */
export const untitled = (url: string) =>
	decodeSafely(url.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')).slice(0, 200);

function decodeSafely(text: string): string {
	try {
		// Controls and overrides stay escaped: they would hide where it leads.
		return decodeURI(text).replace(/[\p{C}\s]/gu, (letter) => encodeURIComponent(letter.toWellFormed()));
	} catch {
		return text;
	}
}

/**
 * Changes the title, note and tags of a link.
 * @returns the new version
 * @throws Failure conflict with the newer text on a stale edit
 */
export async function editLink(db: Db, viewer: Viewer, linkId: string, edit: LinkEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const before = await lockItem(tx, viewer, linkId, 'link');
		const version = await editItem(tx, viewer, linkId, edit);
		if (before.title !== edit.title) await tx.update(link).set({ titled: true }).where(eq(link.itemId, linkId));
		return version;
	});
}

/** Where an address is shared already, among what the viewer may read. */
export async function sharedAt(db: Db, viewer: Viewer, url: string) {
	return rows<{ id: string; title: string; spaceId: string; space: string }>(
		db,
		sql`select i.id, i.title, i.space_id as "spaceId", s.name as space
			from link_address a join item i on i.id = a.item_id join space s on s.id = i.space_id
			where a.key = ${urlKey(parseUrl(url)!)} and ${visibleItems(viewer, 'i')} order by i.id`
	);
}

/** Between two looks that people ask for. */
const PAUSE = '2 minutes';

/**
 * Has a page looked at again, soon.
 * @throws Failure forbidden for people outside the space; too_many right after a look
 */
export async function lookAgain(db: Db, viewer: Viewer, linkId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { spaceId } = await lockItem(tx, viewer, linkId, 'link');
		allow(canWriteIn(viewer, { spaceId }), 'Join the space to have its links looked at.');
		const due = await rows(
			tx,
			sql`update link set asked_at = now() where item_id = ${linkId}
				and greatest(asked_at, looked_at, '-infinity') < now() - ${PAUSE}::interval returning 1`
		);
		if (due.length === 0) throw tooMany('Trellis has just looked at this page. Ask again in two minutes.', 120);
		await enqueue(tx, LOOK, { itemIds: [linkId] });
	});
}
