import { setTimeout as sleep } from 'node:timers/promises';
import { array, rows, sql, type Db } from './db.ts';
import { newId } from './ids.ts';
import { log } from './log.ts';
import {
	CONNECTIONS,
	isPermanent,
	mailTakenAt,
	recordFailure,
	refusal,
	type MailMessage,
	type MailPurpose
} from './mail.ts';
import { isGone, returnTokens, stopAddress } from './mail-address.ts';

interface Taken {
	id: string;
	message: MailMessage;
	tries: number;
	/** Of no use any more: too late, or nobody gets it. */
	stale: boolean;
	address: string;
	token: string | null;
}

/** A mail that was taken is believed to be on its way for so long without a sign of life. */
const BELIEVED_SECONDS = 15;
/** The postman itself believes so for less long: another may take it a moment later. */
const BELIEVES_MS = (BELIEVED_SECONDS - 3) * 1000;
const SIGN_OF_LIFE_MS = 4_000;
const MOST_AT_ONCE = 200;
const MOST_TRIES = 20;
/** Mails that the mail server took and that are not noted yet: no more are sent meanwhile. */
const MOST_UNNOTED = 10;
/** So long one that went out waits for others, to be noted with them: a statement each would be half of our own work. */
const NOTED_TOGETHER_MS = 4;
/** What a postman that is killed may send a second time: what was on its way, and what was being noted. */
export const MOST_DOUBLED = CONNECTIONS + MOST_UNNOTED;
const MOST_WAITING = 1000;
/** What is taken and not sent is at most so much work: whoever opts out waits for no more than that. */
const WORK_AHEAD_MS = 500;
export const LEAST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** The mails that may be taken by somebody. */
const free = sql`due_at <= clock_timestamp() and coalesce(taken_until <= clock_timestamp(), true)`;
const believed = sql`clock_timestamp() + make_interval(secs => ${BELIEVED_SECONDS})`;

/** Whether anything waits to be sent. */
export async function mailWaits(db: Db): Promise<boolean> {
	return (await rows(db, sql`select 1 from mail_outbox where ${free} limit 1`)).length > 0;
}

/**
 * Takes back what waits for a person and is not on its way yet, in the transaction of their opt-out.
 * @returns the `messageId`s taken back, and whether one is on its way at this moment
 */
export async function callBack(
	tx: Db,
	personId: string,
	purpose: MailPurpose
): Promise<{ back: string[]; busy: boolean }> {
	const of = sql`person_id = ${personId} and purpose = ${purpose}`;
	const back = await rows<{ message_id: string }>(
		tx,
		sql`delete from mail_outbox where ${of} and coalesce(taken_until <= clock_timestamp(), true) returning message_id`
	);
	const busy = await rows(tx, sql`select 1 from mail_outbox where ${of} limit 1`);
	return { back: back.map(({ message_id }) => message_id), busy: busy.length > 0 };
}

/**
 * Waits while so much is in the outbox that more would only lie there.
 * @returns false where the mail server does not take it: better to go on later
 */
export async function roomInOutbox(db: Db): Promise<boolean> {
	for (let left = 300; left > 0; left -= 1) {
		const [found] = await rows<{ waiting: number; troubled: boolean }>(
			db,
			sql`select (select count(*)::int from (select 1 from mail_outbox where rank = 1 limit ${MOST_WAITING}) lying) as waiting,
				exists (select 1 from mail_outbox where rank = 1 and tries > 0) as troubled`
		);
		if (found!.troubled) return false;
		if (found!.waiting < MOST_WAITING) return true;
		await sleep(200);
	}
	return false;
}

/** What a postman held that does not live any more may be taken at once. */
export async function giveBackOf(db: Db, name: string): Promise<void> {
	await db.execute(sql`update mail_outbox set taken_by = null, taken_until = null where taken_by = ${name}`);
}

/**
 * Hands what waits in the outbox to the mail server. It takes some, sends them, and notes each
 * as soon as the server has taken it; what it has taken and not sent goes back when it stops.
 * Two may work beside each other.
 * @example const postman = new Postman(db); await postman.sendWhatWaits();
 */
export class Postman {
	readonly #db: Db;
	readonly #name: string;
	#ending = false;
	/** Taken, and not sent yet. */
	#ahead: Taken[] = [];
	#fetching: Promise<void> | undefined;
	/** The last time nothing waited. */
	#dry = false;
	/** How many are taken next time, when they last were, and how many went out since. */
	#size = CONNECTIONS;
	#fetched = { at: 0, out: 0 };
	/** Until when what is ahead is surely nobody else's, by our own clock. */
	#believedUntil = 0;
	/** Sent, and not noted yet. */
	#sent: { id: string; isSent: boolean }[] = [];
	/** Those, and those being noted. */
	#unnoted = 0;
	#noting: Promise<void> | undefined;
	/** Tries that are left to note what went out, at the end. */
	#patience = 300;
	/** Times in a row that the mail server was away. */
	#trouble = 0;
	#away = false;

	/** @param name stands beside what it has taken (`giveBackOf`) */
	constructor(db: Db, name = newId()) {
		this.#db = db;
		this.#name = name;
	}

	/**
	 * Sends until nothing waits, or the mail server cannot be reached, or `stop` is called.
	 * @returns how many it dealt with
	 */
	async sendWhatWaits(): Promise<number> {
		const signs = setInterval(() => void this.#giveSign(), SIGN_OF_LIFE_MS);
		this.#away = this.#dry = false;
		let count = 0;
		const line = async () => {
			for (let mail = await this.#next(); mail; mail = await this.#next(), count += 1) {
				await this.#sendOne(mail);
				while (this.#unnoted >= MOST_UNNOTED && this.#noting) await this.#noting;
			}
		};
		try {
			// One that cannot go on for want of the database waits until the others have ended too.
			const ended = await Promise.allSettled(Array.from({ length: CONNECTIONS }, line));
			const failed = ended.find(({ status }) => status === 'rejected');
			if (failed) throw (failed as PromiseRejectedResult).reason;
			if (count > 0) this.#trouble = this.#away ? this.#trouble + 1 : 0;
		} finally {
			clearInterval(signs);
			await this.#giveBack();
		}
		return count;
	}

	/** How long to wait before the next try, in milliseconds: longer while the mail server is away. */
	get pause(): number {
		return this.#trouble === 0
			? LEAST_PAUSE_MS
			: Math.min(LEAST_PAUSE_MS * 2 ** Math.min(this.#trouble, 6), LONGEST_PAUSE_MS);
	}

	/** What is on its way still arrives, and is noted. */
	stop(): void {
		this.#ending = true;
	}

	/** The next one to send; more are taken before the last are out. */
	async #next(): Promise<Taken | undefined> {
		while (!this.#ending && !this.#away) {
			this.#dropDoubtful();
			if (!this.#dry && this.#ahead.length <= this.#size / 2) this.#fetching ??= this.#fetch();
			const mail = this.#ahead.shift();
			if (mail || !this.#fetching) return mail;
			await this.#fetching;
		}
		return undefined;
	}

	#fetch(): Promise<void> {
		const now = performance.now();
		const speed = this.#fetched.out / (now - this.#fetched.at);
		this.#size = Math.max(CONNECTIONS, Math.min(MOST_AT_ONCE, Math.round((speed * WORK_AHEAD_MS * 2) / 3)));
		this.#fetched = { at: now, out: 0 };
		const fetched = this.#take()
			.then((taken) => {
				this.#believedUntil = now + BELIEVES_MS;
				this.#ahead.push(...taken);
				this.#dry = taken.length === 0;
			})
			.finally(() => (this.#fetching = undefined));
		fetched.catch(() => {}); // whoever waits for it is told; it may be that nobody does
		return fetched;
	}

	/** After a long time without the database another may have taken them. */
	#dropDoubtful(): void {
		if (performance.now() > this.#believedUntil) this.#ahead = [];
	}

	async #take(): Promise<Taken[]> {
		const taken = await rows<Taken>(
			this.#db,
			sql`update mail_outbox o set taken_by = ${this.#name}, taken_until = ${believed}
				from (select id, lower(message ->> 'to') as address from mail_outbox where ${free}
					order by rank, due_at limit ${this.#size} for update skip locked) due
				left join mail_address a on a.address = due.address
				where o.id = due.id returning o.id, o.message, o.tries, due.address, a.token,
					coalesce(o.until < now(), false) or (o.rank = 1 and a.stopped_at is not null) as stale`
		);
		return mailTakenAt() ? this.#nameReturns(taken) : taken;
	}

	/** Where what comes back from each is sent. */
	async #nameReturns(taken: Taken[]): Promise<Taken[]> {
		const fresh = taken.flatMap(({ token, address }) => (token ? [] : [address]));
		const tokens = fresh.length > 0 ? await returnTokens(this.#db, fresh) : new Map<string, string>();
		return taken.map((mail) => ({ ...mail, token: mail.token ?? tokens.get(mail.address) ?? null }));
	}

	async #sendOne({ id, message, tries, stale, token }: Taken): Promise<void> {
		try {
			if (!stale) {
				const { sendMail } = await import('./send-mail.ts');
				await sendMail({ ...message, ...(token && { returnToken: token }) });
			}
			this.#fetched.out += 1;
			this.#note(id, !stale);
		} catch (error) {
			await this.#failed(id, message, tries, error);
		}
	}

	/** Those that end at about the same time are noted together. */
	#note(id: string, isSent: boolean): void {
		this.#sent.push({ id, isSent });
		this.#unnoted += 1;
		this.#noting ??= this.#noteSent();
	}

	/** Tried until the database is there again, for a minute at the end: a mail that is not noted is sent again. */
	async #noteSent(): Promise<void> {
		if (this.#sent.length < CONNECTIONS) await sleep(NOTED_TOGETHER_MS);
		const noted = this.#sent;
		this.#sent = [];
		try {
			const ids = (of: typeof noted) =>
				array(
					of.map(({ id }) => id),
					'uuid'
				);
			await this.#db.execute(sql`with gone as (delete from mail_outbox where id = any(${ids(noted)}) returning *)
				insert into mail_sent (message_id, person_id, purpose) select message_id, person_id, purpose from gone
				where rank = 1 and person_id is not null and id = any(${ids(noted.filter(({ isSent }) => isSent))})`);
			this.#unnoted -= noted.length;
		} catch {
			this.#sent.push(...noted);
			if (this.#ending) this.#patience -= 1;
			await sleep(200);
		}
		this.#noting = this.#sent.length > 0 && this.#patience > 0 ? this.#noteSent() : undefined;
	}

	async #allNoted(): Promise<void> {
		while (this.#noting) await this.#noting;
	}

	async #failed(id: string, message: MailMessage, tries: number, error: unknown): Promise<void> {
		const isOver = isPermanent(error) || tries + 1 >= MOST_TRIES;
		log.warn({ code: (error as { code?: string }).code ?? 'unknown', purpose: message.purpose }, 'mail not taken');
		if (isOver) {
			const reason = isPermanent(error) ? refusal(error) : 'The mail server did not take it in time.';
			await this.#db.transaction(async (tx) => {
				await recordFailure(tx, message, reason);
				if (isPermanent(error) && isGone(reason)) await stopAddress(tx, message.to, reason);
				await tx.execute(sql`delete from mail_outbox where id = ${id}`);
			});
			return;
		}
		if (isAway(error)) this.#away = true;
		// After 5, 10, 20 seconds … up to an hour.
		const seconds = Math.min(5 * 2 ** tries, 3600);
		await this.#db.execute(sql`update mail_outbox set tries = tries + 1, taken_by = null, taken_until = null,
			due_at = clock_timestamp() + make_interval(secs => ${seconds}) where id = ${id}`);
	}

	/** While the database is away nobody's opt-out is answered either. */
	async #giveSign(): Promise<void> {
		this.#dropDoubtful();
		const now = performance.now();
		await this.#db
			.execute(
				sql`update mail_outbox set taken_until = ${believed}
					where taken_by = ${this.#name} and taken_until > clock_timestamp()`
			)
			.then(() => (this.#believedUntil = now + BELIEVES_MS))
			.catch(() => {});
	}

	async #giveBack(): Promise<void> {
		await this.#fetching?.catch(() => {});
		this.#ahead = [];
		await this.#allNoted();
		await giveBackOf(this.#db, this.#name);
	}
}

/** Whether the mail server as a whole is away, so that trying the next mail makes no sense. */
function isAway(error: unknown): boolean {
	const { code = '' } = error as { code?: string };
	return ['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'EDNS', 'ETLS', 'EAUTH', 'ECONNREFUSED'].includes(code);
}
