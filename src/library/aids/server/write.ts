import { eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { ItemRow } from '#src/core/items/server/write.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, together, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import type { AidContent } from '../content.ts';
import type { AidEdit, NewAid } from '../input.ts';
import { placeOf } from '../pattern.ts';
import { aidMarkdown } from './markdown.ts';
import { canKeep } from './policy.ts';
import { aid, aidPattern, aidVersion } from './schema.ts';
import { show } from './shown.ts';

/**
 * Writes a job aid; its author is its first owner.
 * @returns its id
 * @throws Failure forbidden for people outside the space
 */
export async function writeAid(db: Db, viewer: Viewer, input: NewAid): Promise<string> {
	return db.transaction((tx) =>
		once(tx, viewer, input.submission, async () => {
			const { spaceId, title, tags, content, verifyBy, roles, patterns } = input;
			const id = await createItem(tx, viewer, { kind: 'aid', spaceId, title, tags, bodyMd: textOf(content) });
			const shown = await show(tx, viewer, title, content);
			await together(
				tx.insert(aid).values({ itemId: id, type: content.type, ownerId: viewer.id, verifyBy, roles }),
				tx.insert(aidVersion).values({ itemId: id, version: 1, content, shown }),
				record(tx, viewer.id, 'shared', { itemId: id, spaceId })
			);
			await putPatterns(tx, id, patterns);
			return id;
		})
	);
}

/** The aid beneath a lock, for who may keep it. @throws Failure not_found or forbidden */
export async function lockAid(
	tx: Db,
	viewer: Viewer,
	id: string
): Promise<{ item: ItemRow; facts: typeof aid.$inferSelect }> {
	const item = await lockItem(tx, viewer, id, 'aid');
	const [facts] = await tx.select().from(aid).where(eq(aid.itemId, id));
	allow(
		canKeep(viewer, { ...item, ownerId: facts!.ownerId }),
		'Its owner and the stewards of the space may change this.'
	);
	return { item, facts: facts! };
}

/**
 * Changes an aid: a new version where what it says is new; where it belongs and until when
 * it holds change without one, so that prints stay current.
 * @returns the version it has now
 * @throws Failure conflict with the newer text on a stale edit
 */
export async function editAid(db: Db, viewer: Viewer, id: string, edit: AidEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const { item, facts } = await lockAid(tx, viewer, id);
		const { title, content, tags, note, roles, verifyBy, patterns } = edit;
		if (content.type !== facts.type) throw invalid({ content: 'is of another type: write a new aid for that' });
		const bodyMd = textOf(content);
		const same =
			item.version === edit.version && item.title === title && item.bodyMd === bodyMd && `${item.tags}` === `${tags}`;
		if (item.version === edit.version && !same) {
			const shown = await show(tx, viewer, title, content);
			await tx.insert(aidVersion).values({ itemId: id, version: item.version + 1, content, shown });
		}
		const keeper = () => true; // decided above, with the owner in mind
		const version = same
			? item.version
			: await editItem(tx, viewer, id, { title, bodyMd, tags, note, version: edit.version }, keeper);
		await tx.update(aid).set({ roles, verifyBy }).where(eq(aid.itemId, id));
		await putPatterns(tx, id, patterns);
		return version;
	});
}

/** What an item can hold as text. */
const MOST = 100_000;

function textOf(content: AidContent): string {
	const text = aidMarkdown(content);
	if (text.length > MOST) throw invalid({ content: 'is too long: 100,000 characters at most, all in all' });
	return text;
}

async function putPatterns(tx: Db, itemId: string, patterns: string[]): Promise<void> {
	await tx.delete(aidPattern).where(eq(aidPattern.itemId, itemId));
	const found = patterns.flatMap((pattern) => {
		const place = placeOf(pattern);
		if (typeof place === 'string') return [];
		const { host, subdomains, prefix, like, whole } = place;
		return [{ itemId, pattern, host, subdomains, prefix, pathLike: like, whole }];
	});
	if (found.length > 0) await tx.insert(aidPattern).values(found);
}

/**
 * Gives a version that was made without us (an old one brought back) the content that
 * belongs to its text.
 */
export async function contentFollows(
	tx: Db,
	{ itemId, kind, version }: { itemId: string; kind: string; version: number }
): Promise<void> {
	if (kind !== 'aid') return;
	await tx.execute(sql`insert into aid_version (item_id, version, content, shown)
		select v.item_id, ${version}::int, v.content, v.shown
		from aid_version v
		join revision r on r.item_id = v.item_id and r.version = v.version
		join revision now on now.item_id = v.item_id and now.version = ${version}
		where v.item_id = ${itemId} and v.version < ${version} and r.body_md = now.body_md
		order by v.version desc limit 1
		on conflict do nothing`);
	const there = await row(tx, sql`select 1 from aid_version where item_id = ${itemId} and version = ${version}`);
	if (!there) throw conflict('A job aid is changed on its own page.');
}
