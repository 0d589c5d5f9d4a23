import { setTimeout as sleep } from 'node:timers/promises';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { backAt } from '#src/core/people/server/presence.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { noteOptIn, noteOptOut } from '#src/core/notify/server/opt-outs.ts';
import { callBack } from '#src/platform/server/postman.ts';
import type { Following } from '../drip.ts';
import type { ComingWish } from '../input.ts';
import { faster, slower, type Coming, type Rhythm } from '../rhythm.ts';

/** What mails with tips are called in the outbox. */
export const PURPOSE = 'tip';

const PATIENCE_MS = 20_000;
const PAUSE_MS = 50;

/**
 * Changes how somebody's tips come, while none of their mails is on its way. What waits in the outbox is taken back:
 * whoever has answered an opt-out sends nothing after it.
 * @throws Failure conflict when a mail takes longer than that
 */
export async function withTips<T>(db: Db, personId: string, work: (tx: Db) => Promise<T>): Promise<T> {
	for (const end = Date.now() + PATIENCE_MS; ;) {
		const tried = await db.transaction(async (tx) =>
			(await recallTips(tx, personId)) ? undefined : { done: await work(tx) }
		);
		if (tried) return tried.done;
		if (Date.now() > end) throw conflict('A tip to you is on its way just now. Try again in a minute.');
		await sleep(PAUSE_MS);
	}
}

/**
 * Takes back the tips that wait for somebody, and keeps more from being made until the transaction ends.
 * @returns whether one is on its way
 */
export async function recallTips(tx: Db, personId: string): Promise<boolean> {
	await tx.execute(sql`select 1 from drip_follow where person_id = ${personId} order by drip_id for update`);
	const { back, busy } = await callBack(tx, personId, PURPOSE);
	if (back.length > 0) await waitAgain(tx, personId, back.map(tipOfMail));
	return busy;
}

/** A mail's name in the outbox holds the tip and who gets it: nobody is sent one twice. */
export const mailOfTip = (tipId: string, personId: string) => `tip.${tipId}.${personId}`;
const tipOfMail = (messageId: string) => messageId.split('.')[1]!;

/** Tips whose mails were taken back were not got, and are due again. */
async function waitAgain(tx: Db, personId: string, tips: string[]): Promise<void> {
	const of = array(tips, 'uuid');
	await tx.execute(sql`delete from drip_receipt
		where person_id = ${personId} and tip_id = any(${of}) and via = 'mail' and done_at is null`);
	await tx.execute(sql`update drip_follow set next_at = now() where person_id = ${personId}
		and drip_id in (select drip_id from drip_tip where id = any(${of}))`);
}

/** When the next tip comes of the follow `f` of the person `p`, after a moment. */
export const nextAfter = (moment: ReturnType<typeof sql>) =>
	sql`drip_next(p.time_zone, p.work_days, p.work_start, f.days, f.every, f.minute, ${moment})`;

/** Sets when the next tip of some follows comes, by their rhythm; not before a pause ends. */
const setNext = (tx: Db, which: ReturnType<typeof sql>) =>
	tx.execute(sql`update drip_follow f set next_at = ${nextAfter(sql`greatest(now(), f.paused_until)`)}
		from person p where p.id = f.person_id and ${which}`);

/**
 * Lets the tips of a series come, or changes how; what was got before does not come again.
 * @throws Failure not_found for what the viewer may not read; invalid for a chat that was not named yet
 */
export async function letCome(db: Db, viewer: Viewer, dripId: string, wish: ComingWish): Promise<void> {
	const there = await row(
		db,
		sql`select 1 from item i where i.id = ${dripId} and i.kind = 'drip' and ${visibleItems(viewer, 'i')}`
	);
	if (!there) throw notFound('This series does not exist, or is not open to you.');
	const chat = wish.chat && (await row(db, sql`select 1 from drip_chat where person_id = ${viewer.id}`));
	if (wish.chat && !chat) throw invalid({ chat: 'needs the address of your chat first' });
	const { every, minute, mail, feed } = wish;
	await withTips(db, viewer.id, async (tx) => {
		const days = array(wish.days.map(String), 'int');
		await tx.execute(sql`insert into drip_follow as f (drip_id, person_id, days, every, minute, by_mail, by_feed, by_chat)
			values (${dripId}, ${viewer.id}, ${days}::smallint[], ${every}, ${minute}, ${mail}, ${feed}, ${wish.chat})
			on conflict (drip_id, person_id) do update set days = excluded.days, every = excluded.every, minute = excluded.minute,
				by_mail = excluded.by_mail, by_feed = excluded.by_feed, by_chat = excluded.by_chat`);
		await setNext(tx, sql`f.person_id = ${viewer.id} and f.drip_id = ${dripId}`);
		await noteOptIn(tx, viewer.id, { about: 'series', target: dripId });
	});
}

/** No more of them; what was got stays got. Without it nothing happens. */
export const stopTips = (db: Db, personId: string, dripId: string): Promise<void> =>
	withTips(db, personId, async (tx) => {
		const ended = await rows(
			tx,
			sql`delete from drip_follow where person_id = ${personId} and drip_id = ${dripId} returning 1`
		);
		if (ended.length > 0) await noteOptOut(tx, personId, { about: 'series', target: dripId });
	});

/** Nothing of a series for so many days; 0 ends it. @throws Failure not_found without following it */
export const pauseTips = (db: Db, personId: string, dripId: string, days: number): Promise<void> =>
	withTips(db, personId, async (tx) => {
		const until = sql`case when ${days}::int > 0 then now() + make_interval(days => ${days}::int) end`;
		await change(tx, personId, dripId, sql`paused_until = ${until}`);
		const of = { about: 'series', target: dripId } as const;
		await (days > 0 ? noteOptOut(tx, personId, { ...of, days }) : noteOptIn(tx, personId, of));
	});

/** Sets a rhythm; an earlier one had it on the way to this one. @throws Failure not_found without following it */
export const setPace = (db: Db, personId: string, dripId: string, { days, every }: Rhythm): Promise<void> =>
	withTips(db, personId, (tx) =>
		change(tx, personId, dripId, sql`days = ${array(days.map(String), 'int')}::smallint[], every = ${every}`)
	);

async function change(tx: Db, personId: string, dripId: string, set: ReturnType<typeof sql>): Promise<void> {
	const of = sql`f.person_id = ${personId} and f.drip_id = ${dripId}`;
	const done = await rows(tx, sql`update drip_follow f set ${set} where ${of} returning 1`);
	if (done.length === 0) throw notFound('You do not follow this series any more.');
	await setNext(tx, of);
}

/**
 * Somebody's leave has changed: mails that wait are taken back, and what was put off until after it comes as soon as the
 * rhythm brings it.
 */
export const heedLeave = (db: Db, personId: string): Promise<void> =>
	withTips(db, personId, async (tx) => {
		const soonest = nextAfter(sql`greatest(now(), f.paused_until)`);
		await tx.execute(sql`update drip_follow f set next_at = least(f.next_at, ${soonest}) from person p
			where p.id = f.person_id and f.person_id = ${personId} and f.next_at is not null`);
	});

/** One step slower or faster; at its end it stays. @throws Failure not_found without following it */
export async function changePace(db: Db, viewer: Viewer, dripId: string, pace: 'slower' | 'faster'): Promise<void> {
	const coming = await comingOf(db, viewer.id, dripId);
	if (!coming) throw notFound('You do not follow this series.');
	const next = pace === 'slower' ? slower(coming) : faster(coming);
	if (next) await setPace(db, viewer.id, dripId, next);
}

/**
 * Takes note that somebody knows a tip: it does not come any more, and the next one comes in its place.
 * @throws Failure not_found for what they may not read
 */
export const markKnown = (db: Db, personId: string, dripId: string, tipId: string): Promise<void> =>
	withTips(db, personId, async (tx) => {
		const known = await row<{ was: boolean | null }>(
			tx,
			sql`select r.known as was from drip_tip t join item i on i.id = t.drip_id join space s on s.id = i.space_id
				left join drip_receipt r on r.tip_id = t.id and r.person_id = ${personId}
				where t.id = ${tipId} and t.drip_id = ${dripId} and t.published_at is not null and t.withdrawn_at is null
					and i.state <> 'removed' and (s.access = 'open'
						or exists (select from space_member m where m.space_id = s.id and m.person_id = ${personId}))`
		);
		if (!known) throw notFound('This tip was taken out, or is not open to you.');
		if (known.was) return;
		await tx.execute(sql`insert into drip_receipt (tip_id, person_id, version, via, done_at, known)
			select id, ${personId}, version, 'page', now(), true from drip_tip where id = ${tipId}
			on conflict (tip_id, person_id) do update set known = true, done_at = coalesce(drip_receipt.done_at, now())`);
		await noteOptOut(tx, personId, { about: 'tip', target: tipId });
		// Only what came by the rhythm is replaced: reading ahead brings nothing sooner.
		if (known.was !== null)
			await tx.execute(sql`update drip_follow set next_at = now()
				where person_id = ${personId} and drip_id = ${dripId} and next_at is not null and coalesce(paused_until < now(), true)`);
	});

/** New tips were published: whoever had got all there was goes on. */
export const wakeFollowers = (tx: Db, dripId: string) => setNext(tx, sql`f.drip_id = ${dripId} and f.next_at is null`);

interface FollowRow {
	days: number[];
	every: number;
	minute: number | null;
	by_mail: boolean;
	by_feed: boolean;
	by_chat: boolean;
	paused_until: string | null;
	next_at: string | null;
}

const columns = sql`f.days, f.every, f.minute, f.by_mail, f.by_feed, f.by_chat,
	coalesce(${nextAfter(backAt(sql`f.person_id`, sql`f.next_at`))}, f.next_at) as next_at,
	case when f.paused_until > now() then f.paused_until end as paused_until`;

const present = ({ by_mail, by_feed, by_chat, paused_until, next_at, ...rhythm }: FollowRow): Coming => ({
	...{ days: rhythm.days, every: rhythm.every, minute: rhythm.minute },
	...{ byMail: by_mail, byFeed: by_feed, byChat: by_chat },
	pausedUntil: paused_until && new Date(paused_until).toISOString(),
	nextAt: next_at && new Date(next_at).toISOString()
});

/** How somebody follows a series; undefined where they do not. */
export async function comingOf(db: Db, personId: string, dripId: string): Promise<Coming | undefined> {
	const found = await row<FollowRow>(
		db,
		sql`select ${columns} from drip_follow f join person p on p.id = f.person_id where f.person_id = ${personId} and f.drip_id = ${dripId}`
	);
	return found && present(found);
}

/** The series the viewer follows, with the tip that is next in each; read ahead it does not come. */
export async function myFollowing(db: Db, viewer: Viewer): Promise<Following[]> {
	const found = await rows<
		FollowRow & { id: string; title: string; tips: number; seen: number; next: Following['next'] }
	>(
		db,
		sql`select d.id, i.title, ${columns}, c.tips, c.seen, next.tip as next
			from drip_follow f join drip d on d.id = f.drip_id join item i on i.id = d.id join person p on p.id = f.person_id
			cross join lateral (select count(*)::int as tips, count(r.tip_id)::int as seen from drip_tip t
				left join drip_receipt r on r.tip_id = t.id and r.person_id = f.person_id
				where t.drip_id = d.id and t.published_at is not null and t.withdrawn_at is null) c
			left join lateral (select json_build_object('id', t.id, 'name', t.title) as tip from drip_tip t
				where t.drip_id = d.id and t.published_at is not null and t.withdrawn_at is null
					and not exists (select from drip_receipt r where r.tip_id = t.id and r.person_id = f.person_id)
				order by t.position, t.id limit 1) next on true
			where f.person_id = ${viewer.id} and i.state = 'open' and ${visibleItems(viewer, 'i')}
			order by next_at nulls last, i.title limit 100`
	);
	return found.map(({ id, title, tips, seen, next, ...follow }) => ({
		...{ drip: { id, name: title }, tips, seen, next },
		coming: present(follow)
	}));
}
