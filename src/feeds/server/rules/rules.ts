import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { allow, isMember } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { NewRule, RuleEdit } from '../../input.ts';
import type { Deed, Place, RuleView } from '../../rule.ts';
import { canSubscribe, type Reader } from '../policy.ts';
import { feedRule } from '../schema.ts';
import { findForRule, LISTED_DAYS } from './find.ts';

/** How many rules one person or one space has at most. */
const MOST = 100;

interface Row {
	id: string;
	words: string[];
	place: Place;
	deed: Deed;
	tag: string;
	space_id: string | null;
	space_name: string | null;
	space_slug: string | null;
	is_off: boolean;
	found: number;
	created_at: string;
}

/** The viewer's rules, and those of their spaces. */
export async function myRules(db: Db, viewer: Viewer): Promise<RuleView[]> {
	const spaces = array([...viewer.memberships.keys()], 'uuid');
	const found = await rows<Row>(
		db,
		sql`select r.id, r.words, r.place, r.deed, r.tag, r.space_id, s.name as space_name, s.slug as space_slug, r.created_at,
				exists (select from feed_rule_off o where o.rule_id = r.id and o.person_id = ${viewer.id}) as is_off,
				(select count(*)::int from feed_hit h join feed_entry e on e.id = h.own_id where h.rule_id = r.id
					and e.found_at > now() - make_interval(days => ${LISTED_DAYS})) as found
			from feed_rule r left join space s on s.id = r.space_id
			where r.person_id = ${viewer.id} or r.space_id = any(${spaces})
			order by s.name nulls first, r.created_at, r.id`
	);
	return found.map(({ space_id: spaceId, ...rule }) => ({
		...{ id: rule.id, words: rule.words, place: rule.place, deed: rule.deed, tag: rule.tag },
		space: spaceId ? { id: spaceId, name: rule.space_name!, slug: rule.space_slug! } : null,
		canEdit: canSubscribe(viewer, { personId: spaceId ? null : viewer.id, spaceId }),
		...{ isOff: rule.is_off, found: rule.found, createdAt: iso(rule.created_at) }
	}));
}

/** The tags that rules give to what the viewer reads. */
export async function myTags(db: Db, viewer: Viewer): Promise<string[]> {
	const spaces = array([...viewer.memberships.keys()], 'uuid');
	const found = await rows<{ tag: string }>(
		db,
		sql`select distinct r.tag from feed_rule r where r.tag <> '' and (r.person_id = ${viewer.id} or r.space_id = any(${spaces}))
			and not exists (select from feed_rule_off o where o.rule_id = r.id and o.person_id = ${viewer.id}) order by r.tag`
	);
	return found.map(({ tag }) => tag);
}

/**
 * Makes a rule for oneself, or for the members of a space; it acts at once, also on what is there.
 * @returns its id; that of the rule that is there where it is the same
 * @throws Failure forbidden, invalid (words) where there are too many
 */
export async function makeRule(db: Db, viewer: Viewer, { spaceId, ...rule }: NewRule): Promise<string> {
	const reader = { personId: spaceId ? null : viewer.id, spaceId: spaceId ?? null };
	allow(canSubscribe(viewer, reader), 'The stewards of a space make its rules.');
	return db.transaction(async (tx) => {
		const { count } = (await row<{ count: number }>(
			tx,
			sql`select count(*)::int as count from feed_rule where person_id = ${reader.personId} or space_id = ${reader.spaceId}`
		))!;
		if (count >= MOST) throw invalid({ words: `would make one rule too many: there are ${MOST} at most` });
		const key = keyOf(reader, rule);
		const values = { id: newId(), ...reader, ...tidy(rule), key, createdBy: viewer.id };
		const [made] = await tx.insert(feedRule).values(values).onConflictDoNothing().returning();
		if (made) await findForRule(tx, made.id);
		return made?.id ?? (await tx.select().from(feedRule).where(eq(feedRule.key, key)))[0]!.id;
	});
}

/** Changes a rule; what it did by its words of before is undone. @throws Failure not_found, forbidden, conflict */
export async function editRule(db: Db, viewer: Viewer, id: string, edit: RuleEdit): Promise<void> {
	await db.transaction(async (tx) => {
		const rule = await lockRule(tx, viewer, id);
		allow(canSubscribe(viewer, rule));
		const key = keyOf(rule, edit);
		const same = await row(tx, sql`select 1 from feed_rule where key = ${key} and id <> ${id}`);
		if (same) throw conflict('There is such a rule already.');
		await tx
			.update(feedRule)
			.set({ ...tidy(edit), key })
			.where(eq(feedRule.id, id));
		await findForRule(tx, id);
	});
}

/** Ends a rule; what it hid is there again. @throws Failure not_found or forbidden */
export async function removeRule(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		allow(canSubscribe(viewer, await lockRule(tx, viewer, id)));
		await tx.delete(feedRule).where(eq(feedRule.id, id));
	});
}

/** Lets a rule of a space do nothing for oneself, or act again. @throws Failure not_found, invalid for one's own */
export async function turnRule(db: Db, viewer: Viewer, id: string, to: 'on' | 'off'): Promise<void> {
	await db.transaction(async (tx) => {
		const { spaceId } = await lockRule(tx, viewer, id);
		if (!spaceId) throw invalid({ _: 'is your own: change or remove it instead' });
		await tx.execute(
			to === 'off'
				? sql`insert into feed_rule_off (rule_id, person_id) values (${id}, ${viewer.id}) on conflict do nothing`
				: sql`delete from feed_rule_off where rule_id = ${id} and person_id = ${viewer.id}`
		);
	});
}

async function lockRule(tx: Db, viewer: Viewer, id: string) {
	const [found] = await tx.select().from(feedRule).where(eq(feedRule.id, id)).for('update');
	if (!found || (found.spaceId ? !isMember(viewer, found.spaceId) : found.personId !== viewer.id)) throw notFound();
	return found;
}

/** Only what tags has a tag. */
const tidy = ({ words, place, deed, tag }: RuleEdit) => ({ words, place, deed, tag: deed === 'tag' ? tag! : '' });

const keyOf = ({ personId, spaceId }: Reader, rule: RuleEdit) =>
	createHash('sha256')
		.update(JSON.stringify([personId, spaceId, ...Object.values(tidy(rule))]))
		.digest('base64url');
