import { nextWorkingMoment, isWorking, type WorkingHours } from '#src/core/people/hours.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { array, row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import {
	isPermanent,
	mailIsOn,
	recordFailure,
	refusal,
	sendMail,
	type MailMessage
} from '#src/platform/server/mail.ts';
import { log } from '#src/platform/server/log.ts';
import { allKinds, type MailChoice } from '../kinds.ts';
import { digestMail, topicMail } from './letters.ts';
import { newInSpaces } from './fresh.ts';
import { beginSending, endSending, whileSending, withSettings, type Settings } from './on-its-way.ts';
import { noticeColumns, noticesOf, type NoticeRow } from './read.ts';

/** What waits for a mail, as the person wants it at this moment: not read, not muted, not paused. */
const waiting = (mail: MailChoice, now: Date) => sql`
	from notification n
	left join notification_preference own on own.person_id = n.person_id and own.kind = n.kind
	left join notification_settings st on st.person_id = n.person_id
	where n.to_mail and n.mailed_at is null and n.read_at is null
		and coalesce(own.mail, ${JSON.stringify(defaults())}::jsonb ->> n.kind) = ${mail}
		and coalesce(st.paused_until <= now(), true) and coalesce(st.mail_after <= now(), true)
		and not exists (select 1 from mute m where m.person_id = n.person_id and m.item_id in (n.item_id, n.page_id))
		and (not n.kind = any(${array(onlyAtWork(), 'text')}) or ${isAtWork(now)})`;

const onlyAtWork = () => allKinds().flatMap(({ name, atWork }) => (atWork ? [name] : []));

/** Whether the person told is at work, in their own time zone; who has no working days is always. */
const isAtWork = (now: Date) => sql`exists (select 1 from person w
	cross join lateral (select ${now.toISOString()}::timestamptz at time zone w.time_zone as at) clock
	where w.id = n.person_id and (cardinality(w.work_days) = 0 or (
		extract(isodow from clock.at)::smallint = any(w.work_days)
		and extract(hour from clock.at) * 60 + extract(minute from clock.at) between w.work_start and w.work_end - 1)))`;

const defaults = () => Object.fromEntries(allKinds().map(({ name, mail }) => [name, mail]));

/** Mails everything that is due: the job of every minute. More of it at once does no harm. */
export async function mailWhatIsDue(db: Db, now = new Date()): Promise<void> {
	if (!mailIsOn()) return;
	await mailTopics(db, now);
	await mailDigests(db, now);
}

/** At once means: what happens on a page within two minutes comes in one mail. */
async function mailTopics(db: Db, now: Date): Promise<void> {
	const due = await rows<{ person_id: string; topic: string }>(
		db,
		sql`select n.person_id, coalesce(n.page_id, n.space_id) as topic ${waiting('now', now)}
			group by 1, 2 having min(n.created_at) <= ${now.toISOString()}::timestamptz - interval '2 minutes' limit 2000`
	);
	await inParallel(due, ({ person_id, topic }) =>
		mailPerson(
			db,
			person_id,
			sql`select n.id ${waiting('now', now)} and n.person_id = ${person_id} and coalesce(n.page_id, n.space_id) = ${topic}`,
			(_viewer, found, settings) => Promise.resolve(topicMail(person_id, found, settings))
		)
	);
}

/** One mail a working day, when the person's day begins. */
async function mailDigests(db: Db, now: Date): Promise<void> {
	const due = await rows<{ person_id: string; digest_at: string | null }>(
		db,
		sql`select n.person_id, st.digest_at ${waiting('digest', now)} and coalesce(st.digest_at <= ${now.toISOString()}::timestamptz, true)
			group by 1, 2 limit 2000`
	);
	await inParallel(due, async ({ person_id, digest_at }) => {
		const next = await nextDigest(db, person_id, now);
		if (digest_at !== null)
			await mailPerson(
				db,
				person_id,
				sql`select n.id ${waiting('digest', now)} and n.person_id = ${person_id}`,
				async (viewer, found, settings, tx) =>
					digestMail(person_id, found, await newInSpaces(tx, viewer, found), settings)
			);
		await withSettings(db, person_id, (tx) =>
			tx.execute(sql`update notification_settings set digest_at = ${next.toISOString()} where person_id = ${person_id}`)
		);
	});
}

/** The next beginning of a working day in the person's own time zone, always later than now. */
async function nextDigest(db: Db, personId: string, now: Date): Promise<Date> {
	const found = await row<WorkingHours>(
		db,
		sql`select time_zone as "timeZone", work_start as "workStart", work_end as "workEnd", work_days as "workDays"
			from person where id = ${personId}`
	);
	return found ? beginningAfter(found, now) : new Date(now.getTime() + 86_400_000);
}

/** @example beginningAfter(hours, new Date()) // Friday at noon gives Monday at nine */
export function beginningAfter(hours: WorkingHours, now: Date): Date {
	if (hours.workDays.length === 0) return new Date(now.getTime() + 86_400_000);
	let at = now;
	while (isWorking(hours, at)) at = new Date(at.getTime() + 300_000);
	return nextWorkingMoment(hours, at);
}

type Which = SQL;
type Compose = (
	viewer: Viewer,
	found: NoticeRow[],
	settings: Settings,
	tx: Db
) => Promise<Omit<MailMessage, 'to' | 'messageId'>>;

/**
 * One mail to one person. Under the lock of their settings it is looked up what they want,
 * and noted that the mail is on its way; then the mail server takes it, with no transaction
 * open; then it is noted that it went. An opt-out meanwhile is answered when the mail is out.
 * A crash after the server's "taken" repeats this one mail with what it held, under the same
 * Message-ID, and no other.
 */
async function mailPerson(db: Db, personId: string, which: Which, compose: Compose): Promise<void> {
	let sending: string | undefined;
	try {
		const prepared = await withSettings(db, personId, (tx, settings) =>
			prepare(tx, personId, settings, which, compose)
		);
		if (!prepared) return;
		const { mail, notices } = prepared;
		sending = prepared.sending;
		const refused = await whileSending(db, sending, () => send(mail));
		await db.transaction(async (tx) => {
			if (refused) await recordFailure(tx, mail, refused);
			await tx.execute(sql`update notification set mailed_at = now() where id = any(${notices})`);
			await tx.execute(sql`update notification_settings set mail_tries = 0, mail_after = null, ${endSending(sending!)}
				where person_id = ${personId}`);
		});
	} catch (error) {
		log.warn({ code: (error as { code?: string }).code ?? 'unknown' }, 'notification mail waits');
		await tryLater(db, personId, sending);
	}
}

interface Prepared {
	mail: MailMessage;
	notices: SQL;
	sending: string;
}

/** What is to be sent, if anything is; a mail that was on its way when its process ended is made of the same again. */
async function prepare(
	tx: Db,
	personId: string,
	settings: Settings,
	which: Which,
	compose: Compose
): Promise<Prepared | undefined> {
	const begun = await row<{ batch: string }>(
		tx,
		sql`select mail_batch as batch from notification where id in (${which}) and mail_batch is not null limit 1`
	);
	const part = begun ? sql`select id from notification where id in (${which}) and mail_batch = ${begun.batch}` : which;
	const viewer = await loadViewer(tx, personId);
	const found = viewer
		? await rows<NoticeRow>(
				tx,
				sql`select ${noticeColumns} ${noticesOf(viewer)} and n.id in (${part}) order by n.created_at limit 100`
			)
		: [];
	if (found.length < 100) await letGo(tx, part, found);
	if (!viewer || found.length === 0) return undefined;
	const to = await row<{ email: string }>(tx, sql`select email from person where id = ${personId}`);
	const batch = begun?.batch ?? found[0]!.id;
	const notices = ids(found);
	await tx.execute(sql`update notification set mail_batch = ${batch} where id = any(${notices})`);
	const composed = await compose(viewer, found, settings, tx);
	const mail = { ...composed, to: to!.email, purpose: 'notification', messageId: `notice.${batch}` };
	return { mail, notices, sending: await beginSending(tx, personId) };
}

/** @returns why it was refused for good, if it was. @throws when it can be tried again */
async function send(mail: MailMessage): Promise<string | undefined> {
	try {
		await sendMail(mail);
		return undefined;
	} catch (error) {
		if (!isPermanent(error)) throw error;
		return refusal(error);
	}
}

/** After 1, 2, 4 … 64 minutes. */
async function tryLater(db: Db, personId: string, sending: string | undefined): Promise<void> {
	await db.execute(sql`insert into notification_settings as st (person_id, mail_tries, mail_after)
		values (${personId}, 1, now() + interval '1 minute')
		on conflict (person_id) do update set mail_tries = least(st.mail_tries + 1, 7),
			mail_after = now() + make_interval(mins => (2 ^ least(st.mail_tries, 6))::int),
			sending_until = case when st.sending = ${sending ?? null}::uuid then null else st.sending_until end`);
}

const ids = (found: NoticeRow[]) =>
	array(
		found.map(({ id }) => id),
		'uuid'
	);

/** What the person may not read any more is not mailed later either. */
const letGo = (tx: Db, which: Which, found: NoticeRow[]) =>
	tx.execute(sql`update notification set to_mail = false where id in (${which}) and not id = any(${ids(found)})`);

const LINES = 3;

/** As many at once as the mail server gets connections. */
async function inParallel<T>(list: T[], work: (one: T) => Promise<void>): Promise<void> {
	const left = [...list];
	const line = async () => {
		for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
	};
	await Promise.all(Array.from({ length: LINES }, line));
}
