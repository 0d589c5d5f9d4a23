import { allow, isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { decodeCursor, toPage, type Paging } from '#src/core/api/server/page.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { mailIsOn, mailTakenAt } from '#src/platform/server/mail.ts';
import { lastPull } from './pull.ts';
import { resumeAddress, stopOf } from '#src/platform/server/mail-address.ts';

const ADMINS = 'Administrators look after mail.';
const time = (value: string) => new Date(value).toISOString();

/** What an administrator sees of mail. Who wrote what went in stays out of it: some of it is anonymous. */
export interface MailOverview {
	sends: boolean;
	/** Behind the @ of addresses that take mail; null where none is taken. */
	takenAt: string | null;
	/** Mails that wait for the mail server. */
	waiting: number;
	/** How the last visit to the mailbox went that mail is fetched from; null without one. */
	pull: { at: string; trouble: string } | null;
	/** What became of what came in the last 30 days. */
	came: { taken: number; waiting: number; noted: number; refused: number };
	/** Addresses that get nothing more, the latest first. */
	stopped: { address: string; since: string; why: string }[];
	/** Mails that did not arrive, the latest first. */
	failed: { at: string; address: string; purpose: string; reason: string }[];
}

/** @throws Failure forbidden except for admins */
export async function mailOverview(db: Db, viewer: Viewer): Promise<MailOverview> {
	allow(isAdmin(viewer), ADMINS);
	const counts = await row<{ waiting: number } & Record<'c_taken' | 'c_waiting' | 'c_noted' | 'c_refused', number>>(
		db,
		sql`select (select count(*)::int from mail_outbox) as waiting,
				count(*) filter (where state = 'taken')::int as c_taken, count(*) filter (where state = 'waiting')::int as c_waiting,
				count(*) filter (where state = 'noted')::int as c_noted, count(*) filter (where state = 'refused')::int as c_refused
			from mail_in where came_at > now() - interval '30 days'`
	);
	const stopped = await rows<{ address: string; since: string; why: string }>(
		db,
		sql`select address, stopped_at as since, why from mail_address where stopped_at is not null order by stopped_at desc limit 100`
	);
	const failed = await rows<{ at: string; address: string; purpose: string; reason: string }>(
		db,
		sql`select at, address, purpose, reason from mail_failure order by at desc, id desc limit 50`
	);
	const { waiting, c_taken, c_waiting, c_noted, c_refused } = counts!;
	return {
		...{ sends: mailIsOn(), takenAt: mailTakenAt() ?? null, waiting, pull: (await lastPull(db)) ?? null },
		came: { taken: c_taken, waiting: c_waiting, noted: c_noted, refused: c_refused },
		stopped: stopped.map((one) => ({ ...one, since: time(one.since) })),
		failed: failed.map((one) => ({ ...one, at: time(one.at) }))
	};
}

/** A mail that was refused, or that came back. */
export interface MailTrouble {
	id: string;
	at: string;
	from: string;
	/** What it was for. */
	to: 'reply' | 'space' | 'return';
	state: 'refused' | 'noted';
	why: string;
}

/** Mails that were refused or came back, the latest first. @throws Failure forbidden except for admins */
export async function listMailTrouble(db: Db, viewer: Viewer, { cursor, limit }: Paging) {
	allow(isAdmin(viewer), ADMINS);
	const after = decodeCursor(cursor, 'time', 'id');
	const found = await rows<Omit<MailTrouble, 'at'> & { came_at: string }>(
		db,
		sql`select id, came_at, sender as "from", state, why,
				case when recipient like 'reply+%' then 'reply' when recipient ~ '^(bounce[+]|complaints@|abuse@)' then 'return' else 'space' end as "to"
			from mail_in where state in ('refused', 'noted')
				and ${after ? sql`(came_at, id) < (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}
			order by came_at desc, id desc limit ${limit + 1}`
	);
	const { items, next } = toPage(found, limit, (last) => [String(last.came_at), last.id]);
	return { items: items.map(({ came_at, ...one }): MailTrouble => ({ ...one, at: time(came_at) })), next };
}

/** Sends to an address again, as if nothing had come back. @throws Failure forbidden except for admins */
export async function resumeMail(db: Db, viewer: Viewer, { address }: { address: string }): Promise<void> {
	allow(isAdmin(viewer), ADMINS);
	await resumeAddress(db, address);
}

/** Why the viewer gets no mail; undefined where they do. */
export async function ownStop(
	db: Db,
	viewer: Viewer
): Promise<{ address: string; since: string; why: string } | undefined> {
	const email = await emailOf(db, viewer);
	const stop = await stopOf(db, email);
	return stop && { address: email, since: stop.since.toISOString(), why: stop.why };
}

/** Sends mail to the viewer again, where it had come back. */
export async function resumeOwn(db: Db, viewer: Viewer): Promise<void> {
	await resumeAddress(db, await emailOf(db, viewer));
}

async function emailOf(db: Db, viewer: Viewer): Promise<string> {
	return (await row<{ email: string }>(db, sql`select email from person where id = ${viewer.id}`))!.email;
}
