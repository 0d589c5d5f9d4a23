import { nextWorkingMoment, isWorking, type WorkingHours } from '#src/core/people/hours.ts';
import { whoReads } from '#src/core/access/server/visibility.ts';
import { hoursOf, isAtWork, isAway, wasAway } from '#src/core/people/server/presence.ts';
import { array, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { mailIsOn, mailTakenAt, queueMails, type MailMessage } from '#src/platform/server/mail.ts';
import { roomInOutbox } from '#src/platform/server/postman.ts';
import { allKinds, type MailChoice } from '../kinds.ts';
import { digestMail, lettersOf, topicMail } from './letters.ts';
import { newInSpaces } from './fresh.ts';
import { PURPOSE, takeBackFailed, type Settings } from './on-its-way.ts';
import { replyTokens } from './reply-address.ts';
import { excerptsOfBatch, mayReadNotice, noticeColumns, noticeJoins, type NoticeRow } from './read.ts';

/**
 * What waits for a mail, as the person wants it at this moment: not read, not muted, not paused, not on leave. What would
 * have come at once during a leave comes in the digest after it.
 */
const waiting = (mail: MailChoice, now: Date) => sql`
	from notification n
	left join notification_preference own on own.person_id = n.person_id and own.kind = n.kind
	left join notification_settings st on st.person_id = n.person_id
	where n.to_mail and n.mailed_at is null and n.read_at is null
		and ${afterLeave(sql`coalesce(own.mail, ${JSON.stringify(defaults())}::jsonb ->> n.kind)`, now)} = ${mail}
		and coalesce(st.paused_until <= now(), true) and coalesce(st.mail_after <= now(), true)
		and not ${isAway(sql`n.person_id`, moment(now))}
		and not exists (select 1 from mute m where m.person_id = n.person_id and m.item_id in (n.item_id, n.page_id))
		and (not n.kind = any(${array(onlyAtWork(), 'text')}) or ${isAtWork(sql`n.person_id`, now)})`;

export const moment = (now: Date) => sql`${now.toISOString()}::timestamptz`;

/** How somebody is told of the notification `n` who has been away since it came. */
export const afterLeave = (choice: SQL, now: Date) => sql`(case ${choice} when 'now' then
	case when ${wasAway(sql`n.person_id`, sql`n.created_at`, moment(now))} then 'digest' else 'now' end else ${choice} end)`;

/** Kinds that wait until their people are at work. */
export const onlyAtWork = () => allKinds().flatMap(({ name, atWork }) => (atWork ? [name] : []));

const defaults = () => Object.fromEntries(allKinds().map(({ name, mail }) => [name, mail]));

/** People whose mails are made in one transaction. */
const AT_ONCE = 200;
/** Notifications one mail tells of; the rest come with the next. */
const MOST_LINES = 100;

type Who = Settings & WorkingHours & { id: string; email: string };
type Waiting = NoticeRow & { person_id: string; batch: string | null; may_read: boolean };

/** Makes the mails of everything that is due: the job of every minute. More of it at once does no harm. */
export async function mailWhatIsDue(db: Db, now = new Date()): Promise<void> {
	if (!mailIsOn()) return;
	await takeBackFailed(db);
	await forEverybodyDue(db, topicsDue(now), (tx, people) => mailTopics(tx, people, now));
	await forEverybodyDue(db, digestsDue(now), (tx, people) => mailDigests(tx, people, now));
}

/** At once means: what happens on a page within two minutes comes in one mail. */
const topicsDue = (now: Date) => sql`select n.person_id ${waiting('now', now)}
	and n.created_at <= ${now.toISOString()}::timestamptz - interval '2 minutes'`;

/** One mail a working day, when the person's day begins. */
const digestsDue = (now: Date) => sql`select n.person_id ${waiting('digest', now)}
	and coalesce(st.digest_at <= ${now.toISOString()}::timestamptz, true)`;

/** In the order of their ids, some at a time, no faster than the mails are sent. */
async function forEverybodyDue(db: Db, due: SQL, work: (tx: Db, people: Who[]) => Promise<unknown>): Promise<void> {
	for (let last = '00000000-0000-0000-0000-000000000000'; await roomInOutbox(db);) {
		const found = await rows<{ person_id: string }>(
			db,
			sql`select distinct d.person_id from (${due} and n.person_id > ${last}) d order by 1 limit ${AT_ONCE}`
		);
		if (found.length === 0) return;
		const people = found.map(({ person_id }) => person_id);
		await db.transaction(async (tx) => work(tx, await lockSettings(tx, people)));
		last = people.at(-1)!;
	}
}

/** Those whose settings somebody changes at this moment are left for the next minute. */
async function lockSettings(tx: Db, people: string[]): Promise<Who[]> {
	const all = array(people, 'uuid');
	await tx.execute(sql`insert into notification_settings (person_id) select unnest(${all}) on conflict do nothing`);
	return rows<Who>(
		tx,
		sql`select p.id, p.email, st.paused_until, st.mail_key, st.digest_at, ${hoursOf(sql`p`)}
			from notification_settings st join person p on p.id = st.person_id
			where st.person_id = any(${all}) order by p.id for no key update of st skip locked`
	);
}

async function mailTopics(tx: Db, people: Who[], now: Date): Promise<void> {
	const found = await whatWaits(tx, 'now', now, people);
	const latest = now.getTime() - 120_000;
	const due = groups(found, ({ person_id, topic }) => `${person_id} ${topic}`).filter((group) =>
		group.some(({ created_at }) => new Date(created_at).getTime() <= latest)
	);
	const byId = new Map(people.map((person) => [person.id, person]));
	const tokens = await tokensFor(tx, due);
	const letters = await lettersOf(tx, due.flat());
	const excerptOf = excerptsOfBatch();
	await queueAll(tx, 'notice', due, (group) => {
		const person = byId.get(group[0]!.person_id)!;
		const replyTo = tokens.get(`${person.id} ${aboutOf(group)}`);
		return { to: person.email, ...topicMail(person.id, group, person, { replyTo, letters, excerptOf }) };
	});
}

/** An answer is about the latest that the mail tells of. */
const aboutOf = (group: Waiting[]) => group.at(-1)!.reply_to;

async function tokensFor(tx: Db, mails: Waiting[][]): Promise<Map<string, string>> {
	const wanted = mails.flatMap((group) => {
		const itemId = aboutOf(group);
		return itemId ? [{ personId: group[0]!.person_id, itemId }] : [];
	});
	return mailTakenAt() && wanted.length > 0 ? replyTokens(tx, wanted) : new Map();
}

async function mailDigests(tx: Db, people: Who[], now: Date): Promise<void> {
	// Who is told for the first time waits for the beginning of a day.
	const begun = people.filter(({ digest_at }) => digest_at !== null);
	const found = await whatWaits(tx, 'digest', now, begun);
	const due = groups(found, ({ person_id }) => person_id);
	const ids = (list: { id: string }[]) => list.map(({ id }) => id);
	const fresh = await newInSpaces(tx, ids(begun), ids(due.flat()));
	const byId = new Map(people.map((person) => [person.id, person]));
	const excerptOf = excerptsOfBatch();
	await queueAll(tx, 'digest', due, (group) => {
		const person = byId.get(group[0]!.person_id)!;
		return { to: person.email, ...digestMail(person.id, group, fresh.get(person.id) ?? [], person, excerptOf) };
	});
	await setNextDigests(tx, people, now);
}

/** What waits for these people, the oldest first; what they may not read any more is not mailed later either. */
async function whatWaits(tx: Db, mail: MailChoice, now: Date, people: Who[]): Promise<Waiting[]> {
	const ids = people.map(({ id }) => id);
	const found = await rows<Waiting>(
		tx,
		sql`with who as materialized (${whoReads(ids)})
			select n.person_id, n.mail_batch as batch, ${noticeColumns},
				coalesce(${mayReadNotice(sql`who.readable`, sql`who.own`)}, false) as may_read
			from notification n ${noticeJoins} left join who on who.id = n.person_id
			where n.id in (select n.id ${waiting(mail, now)} and n.person_id = any(${array(ids, 'uuid')}))
			order by n.created_at`
	);
	const closed = found.flatMap(({ id, may_read }) => (may_read ? [] : [id]));
	if (closed.length > 0)
		await tx.execute(sql`update notification set to_mail = false where id = any(${array(closed, 'uuid')})`);
	return found.filter(({ may_read }) => may_read);
}

/** What belongs into one mail. A mail that came back holds what it held, and nothing else. */
function groups(found: Waiting[], mailOf: (line: Waiting) => string): Waiting[][] {
	const mails = new Map<string, Waiting[]>();
	for (const line of found) {
		const name = mailOf(line);
		const mail = mails.get(name) ?? [];
		mail.push(line);
		mails.set(name, mail);
	}
	return [...mails.values()].map((mail) => {
		const back = mail.find(({ batch }) => batch)?.batch;
		return (back ? mail.filter(({ batch }) => batch === back) : mail).slice(0, MOST_LINES);
	});
}

/** Puts the mails into the outbox and notes that they are there: both or neither. */
async function queueAll(
	tx: Db,
	name: 'notice' | 'digest',
	mails: Waiting[][],
	compose: (group: Waiting[]) => Omit<MailMessage, 'personId' | 'purpose'>
): Promise<void> {
	const batches = mails.map((group) => group[0]!.batch ?? group[0]!.id);
	await queueMails(
		tx,
		mails.map((group, index) => ({
			...compose(group),
			...{ personId: group[0]!.person_id, purpose: PURPOSE, bulk: true, messageId: `${name}.${batches[index]}` }
		}))
	);
	const held = mails.flatMap((group, index) => group.map(({ id }) => ({ id, batch: batches[index]! })));
	const column = (of: 'id' | 'batch') =>
		array(
			held.map((line) => line[of]),
			'uuid'
		);
	await tx.execute(sql`update notification n set mailed_at = now(), mail_batch = held.batch
		from unnest(${column('id')}, ${column('batch')}) as held (id, batch) where n.id = held.id`);
}

/** The next beginning of a working day in each person's own time zone, always later than now. */
async function setNextDigests(tx: Db, people: Who[], now: Date): Promise<void> {
	const known = new Map<string, string>();
	const next = people.map((hours) => {
		const name = JSON.stringify([hours.timeZone, hours.workStart, hours.workEnd, hours.workDays, hours.leaves]);
		const at = known.get(name) ?? beginningAfter(hours, now).toISOString();
		known.set(name, at);
		return at;
	});
	const ids = people.map(({ id }) => id);
	await tx.execute(sql`update notification_settings st set digest_at = next.at::timestamptz
		from unnest(${array(ids, 'uuid')}, ${array(next, 'text')}) as next (id, at) where st.person_id = next.id`);
}

/** @example beginningAfter(hours, new Date()) // Friday at noon gives Monday at nine */
export function beginningAfter(hours: WorkingHours, now: Date): Date {
	if (hours.workDays.length === 0) return new Date(now.getTime() + 86_400_000);
	let at = now;
	while (isWorking(hours, at)) at = new Date(at.getTime() + 300_000);
	return nextWorkingMoment(hours, at);
}
