import { item } from '#src/core/items/server/schema.ts';
import '#src/core/search/server/parts.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { eq } from 'drizzle-orm';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { urlKey } from '#src/core/web/url.ts';
import type { Look } from '#src/core/web/server/look.ts';
import { link } from './schema.ts';

type LinkRow = typeof link.$inferSelect;
type Page = Extract<Look, { kind: 'page' }>;

/**
 * A page that was reached by a redirect, or that says what its own address is, gets that as
 * its key. When its space has that page already, the two become one: notes, verdicts and
 * marks go to the earlier, and the later leads there.
 */
export async function mergeIntoEarlier(tx: Db, later: LinkRow, look: Page): Promise<void> {
	const key = trueKey(later, look);
	if (key === later.key) return;
	const { space_id: spaceId } = (await row<{ space_id: string }>(
		tx,
		sql`select space_id from item where id = ${later.itemId}`
	))!;
	await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`link ${spaceId} ${key}`}, 0))`);
	const earlier = await row<{ item_id: string; state: string }>(
		tx,
		sql`select a.item_id, i.state from link_address a join item i on i.id = a.item_id where a.space_id = ${spaceId} and a.key = ${key}`
	);
	if (!earlier || earlier.state === 'removed') {
		await tx.update(link).set({ key }).where(eq(link.itemId, later.itemId));
		await tx.execute(sql`insert into link_address (space_id, key, item_id) values (${spaceId}, ${key}, ${later.itemId})
			on conflict (space_id, key) do update set item_id = excluded.item_id`);
	} else await merge(tx, later.itemId, earlier.item_id);
}

/**
 * What the page is really called. A page is believed about its own site only: else it could
 * put itself in the place of another and bring its readers there.
 */
function trueKey({ url, key }: LinkRow, { url: reached, facts }: Page): string {
	const isFront = ({ pathname, search }: URL) => pathname === '/' && search === '';
	const [asked, there] = [new URL(url), new URL(reached)];
	const moved = isFront(there) && !isFront(asked) ? asked : there;
	const own = facts.canonical ? new URL(facts.canonical) : undefined;
	// Some say on every page that they are their front page.
	const believed = own && hostOf(own) === hostOf(moved) && (isFront(moved) || !isFront(own));
	return believed ? urlKey(own) : moved === asked ? key : urlKey(moved);
}

const hostOf = ({ hostname }: URL) => hostname.replace(/^(www|m|mobile|amp)\./, '');

async function merge(tx: Db, later: string, earlier: string): Promise<void> {
	await tx.execute(sql`update item set parent_id = ${earlier} where parent_id = ${later}`);
	await noteOf(tx, later, earlier);
	await tx.execute(sql`insert into link_check select ${earlier}, person_id, verdict, behind, dated, evidence, purpose, corroboration,
			(select snapshot from link where item_id = ${earlier}), made_at, expires_at from link_check where item_id = ${later}
		on conflict (item_id, person_id) do nothing`);
	await tx.execute(sql`update kept k set item_id = ${earlier} where item_id = ${later}
		and not exists (select from kept o where o.person_id = k.person_id and o.item_id = ${earlier})`);
	await tx.execute(sql`insert into follow (person_id, target_kind, target, created_at)
		select person_id, 'item', ${earlier}, created_at from follow where target_kind = 'item' and target = ${later} on conflict do nothing`);
	await tx.execute(sql`update link_address set item_id = ${earlier} where item_id = ${later}`);
	await tx.update(link).set({ mergedInto: earlier }).where(eq(link.itemId, later));
	const [gone] = await tx.update(item).set({ state: 'removed' }).where(eq(item.id, later)).returning();
	await emit(tx, 'item.state_changed', { itemId: later, kind: 'link', state: 'removed', actorId: gone!.authorId });
	await emit(tx, 'item.parts_changed', { itemId: earlier });
}

/** The note of the later one becomes a comment on the earlier, with its author and time. */
async function noteOf(tx: Db, later: string, earlier: string): Promise<void> {
	await tx.execute(sql`with note as (
			insert into item (id, kind, space_id, author_id, parent_id, body_md, body_html, created_at, updated_at, active_at)
			select gen_random_uuid(), 'comment', space_id, author_id, ${earlier}, body_md, body_html, created_at, updated_at, active_at
			from item where id = ${later} and body_md <> ''
			returning id, body_md, author_id, created_at)
		insert into revision (item_id, version, title, body_md, tags, editor_id, created_at)
		select id, 1, '', body_md, '{}', author_id, created_at from note`);
}
