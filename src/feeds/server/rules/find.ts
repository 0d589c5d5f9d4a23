import { array, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { findWords, type Said, type Sought } from './words.ts';

/** Entries that are not listed any more are not looked through: see `stream.ts`. */
export const LISTED_DAYS = 60;
/** Entries looked through in one go. */
const AT_ONCE = 500;

/** New or changed entries of a feed, for the rules of all who read it. What they said before counts no more. */
export async function findInEntries(tx: Db, feedId: string, entries: Said[]): Promise<void> {
	if (entries.length === 0) return;
	const rules = await rulesFor(tx, sql`s.feed_id = ${feedId}`);
	const ids = entries.map(({ id }) => id);
	await tx.execute(sql`delete from feed_hit where own_id = any(${array(ids, 'uuid')})`);
	if (rules.length > 0) await keep(tx, rules, entries);
}

/** What a feed said so far, for a reader that has just begun to read it. */
export async function findInFeed(tx: Db, feedId: string): Promise<void> {
	await lookThrough(tx, await rulesFor(tx, sql`s.feed_id = ${feedId}`), sql`p.feed_id = ${feedId}`);
}

/** All that its reader reads, for a rule that is new or has changed. */
export async function findForRule(tx: Db, id: string): Promise<void> {
	// Whoever adds entries meanwhile comes after, and finds the rule.
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext('feed entries'))`);
	await tx.execute(sql`delete from feed_hit where rule_id = ${id}`);
	const rules = await rows<Sought>(tx, sql`select id, words, place from feed_rule where id = ${id}`);
	await lookThrough(
		tx,
		rules,
		sql`exists (select from feed_subscription s join feed_rule r on ${readsFor} where r.id = ${id} and s.feed_id = p.feed_id)`
	);
}

/** All feeds a person reads, or only those of a space they have joined, for their own rules. */
export async function findForPerson(tx: Db, personId: string, spaceId?: string): Promise<void> {
	const rules = await rows<Sought>(tx, sql`select id, words, place from feed_rule where person_id = ${personId}`);
	const whose = spaceId ? sql`s.space_id = ${spaceId}` : sql`s.person_id = ${personId}`;
	await lookThrough(tx, rules, sql`exists (select from feed_subscription s where ${whose} and s.feed_id = p.feed_id)`);
}

/** Whether a subscription (`s`) is read by whom a rule (`r`) acts for. */
const readsFor = sql`(s.space_id = r.space_id or s.person_id = r.person_id or exists (
	select from space_member m where m.space_id = s.space_id and m.person_id = r.person_id))`;

/** Locked, so that none goes before what it found is written down. */
const rulesFor = (tx: Db, subscriptions: SQL): Promise<Sought[]> =>
	rows(
		tx,
		sql`select id, words, place from feed_rule r
			where exists (select from feed_subscription s where ${subscriptions} and ${readsFor}) for key share of r`
	);

async function lookThrough(tx: Db, rules: Sought[], posts: SQL): Promise<void> {
	if (rules.length === 0) return;
	const found = await rows<{ id: string }>(
		tx,
		sql`select distinct p.own_id as id from feed_post p where ${posts}
			and p.found_at > now() - make_interval(days => ${LISTED_DAYS})`
	);
	const ids = found.map(({ id }) => id);
	while (ids.length > 0) {
		const some = ids.splice(0, AT_ONCE);
		await keep(
			tx,
			rules,
			await rows<Said>(tx, sql`select id, title, html from feed_entry where id = any(${array(some, 'uuid')})`)
		);
	}
}

async function keep(tx: Db, rules: Sought[], entries: Said[]): Promise<void> {
	const found = findWords(rules, entries);
	await tx.execute(
		sql`insert into feed_hit (own_id, rule_id) select * from unnest(${array(
			found.map(({ ownId }) => ownId),
			'uuid'
		)}, ${array(
			found.map(({ ruleId }) => ruleId),
			'uuid'
		)}) on conflict do nothing`
	);
}
