import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { Parting } from '../input.ts';
import { readBy, storyOf } from './mine.ts';
import { partsForAll } from './policy.ts';

interface Post {
	feed_id: string;
	story: string;
	apart_from: string | null;
}

/**
 * Says that a telling is a story of its own: for the viewer alone, or for all, by those who look after a space that
 * reads it. Who has read the story has read this.
 * @returns the entry it is now
 */
export async function takeApart(db: Db, viewer: Viewer, { telling, forAll }: Parting): Promise<string> {
	await db.transaction(async (tx) => {
		const { feed_id, story } = await lockPost(tx, viewer, telling);
		if (forAll) allow(await partsForAll(tx, viewer, [feed_id]), 'Only who looks after a space says it for all.');
		if (story === telling) return;
		const whose = forAll ? sql`true` : sql`person_id = ${viewer.id}`;
		await tx.execute(sql`insert into feed_read (person_id, entry_id, read_at, is_read)
			select person_id, ${telling}::uuid, read_at, is_read from feed_read where entry_id = ${story} and ${whose} on conflict do nothing`);
		await tx.execute(
			forAll
				? sql`update feed_post set apart_from = entry_id, entry_id = own_id where own_id = ${telling} and entry_id <> own_id`
				: sql`insert into feed_apart (person_id, own_id) values (${viewer.id}, ${telling}) on conflict do nothing`
		);
	});
	return telling;
}

/** Takes that back. @returns the story it belongs to again */
export async function putTogether(db: Db, viewer: Viewer, { telling, forAll }: Parting): Promise<string> {
	return db.transaction(async (tx) => {
		const { feed_id } = await lockPost(tx, viewer, telling);
		if (forAll) {
			allow(await partsForAll(tx, viewer, [feed_id]), 'Only who looks after a space says it for all.');
			await tx.execute(
				sql`update feed_post set entry_id = apart_from, apart_from = null where own_id = ${telling} and apart_from is not null`
			);
		}
		await tx.execute(sql`delete from feed_apart where person_id = ${viewer.id} and own_id = ${telling}`);
		return (await lockPost(tx, viewer, telling)).story;
	});
}

async function lockPost(tx: Db, viewer: Viewer, telling: string): Promise<Post> {
	const found = await row<Post>(
		tx,
		sql`select p.feed_id, ${storyOf(viewer)} as story, p.apart_from from feed_post p
			where p.own_id = ${telling} and exists (select from feed_subscription s where s.feed_id = p.feed_id and ${readBy(viewer)})
			for update`
	);
	if (!found) throw notFound();
	return found;
}
