import { setTimeout as wait } from 'node:timers/promises';
import { row, sql, type Db } from './db.ts';
import { newId } from './ids.ts';
import { FetchRefused, safeFetch, type Allowance, type Fetch, type TakeTurn, type Told } from './safe-fetch.ts';

interface Manners {
	allowance?: Allowance;
	/** Milliseconds for which a host is left alone after a visit. */
	pause?: number;
	/** Milliseconds to wait for one's turn at most. */
	patience?: number;
}

/** For a page that somebody waits for: they go before work that nobody watches, and hear soon where it takes long. */
export const somebodyWaits: Manners = { pause: 200, patience: 8_000 };

/** Of a host that rests longer than this nobody waits for the end of it. */
const LONGEST_WAIT = 60_000;
/** Milliseconds until a host that another process asks is tried again. */
const AGAIN = 150;
/** Seconds after which a visitor who never came back is forgotten: longer than any fetch takes. */
const LEASE = 90;

/**
 * Fetches as a good guest: each host by one request at a time, whichever process asks, with a pause after it, hosts on
 * the way (redirects) included. A host that asks for fewer visits (429, 503, `Retry-After`), or does not answer three
 * times in a row, rests: until then nobody asks it, for anything.
 * @returns what fetches so
 * @example await politely(db)(url, { types: ['text/html'], maxBytes: 1_000_000 })
 * @throws from what it returns: FetchRefused, `rests` where the host is not to be asked for now
 */
export const politely =
	(db: Db, { allowance, pause = 1000, patience = Infinity }: Manners = {}): Fetch =>
	(url, options) =>
		safeFetch(url, options, allowance, turnsOf(db, pause, patience));

const turnsOf =
	(db: Db, pause: number, patience: number): TakeTurn =>
	async (host) => {
		const holder = newId();
		const last = Date.now() + patience;
		await enter(host, patience);
		try {
			await takeTurn(db, host, holder, last);
		} catch (error) {
			leave(host);
			throw error;
		}
		return (told) => endTurn(db, host, { holder, pause, told }).finally(() => leave(host));
	};

async function takeTurn(db: Db, host: string, holder: string, last: number): Promise<void> {
	for (;;) {
		const left = await tryTurn(db, host, holder);
		if (left === 0) return;
		if (left > LONGEST_WAIT)
			throw new FetchRefused(
				'rests',
				`The site asked for fewer visits, or did not answer lately: it is left alone for another ${inWords(left)}.`,
				{ wait: left }
			);
		if (Date.now() + left > last) throw manyWait();
		await wait(left);
	}
}

const manyWait = () =>
	new FetchRefused('rests', 'Trellis reads one page of a site at a time, and others wait: try again soon.', {
		wait: LONGEST_WAIT
	});

/** @returns 0 with the turn taken, or milliseconds after which to try again */
async function tryTurn(db: Db, host: string, holder: string): Promise<number> {
	const found = await row<{ left: number }>(
		db,
		sql`with taken as (
				insert into web_host as h (host, holder, busy_until) values (${host}, ${holder}, now() + make_interval(secs => ${LEASE}))
				on conflict (host) do update set holder = excluded.holder, busy_until = excluded.busy_until
					where (h.busy_until is null or h.busy_until <= now()) and h.free_at <= now()
				returning 1
			)
			select case when exists (select from taken) then 0 else greatest(case when busy_until > now() then ${AGAIN} else 10 end,
				ceil(extract(epoch from free_at - now()) * 1000))::float8 end as left
			from (select 1) one left join web_host on host = ${host}`
	);
	return found!.left;
}

interface Visit {
	holder: string;
	pause: number;
	told: Told;
}

const DAY = 86_400;

/** Ends a visit, and says when the host may be asked again. */
async function endTurn(db: Db, host: string, { holder, pause, told }: Visit): Promise<void> {
	const wantsRest = told.status === 429 || told.status === 503;
	const isSilent = told.asked && told.status === 0;
	const asked = wantsRest ? Math.min(DAY, retryAfterSeconds(told.retryAfter)) : 0;
	// One minute first, twice as long each time: an hour at most. Being silent counts from the third time on.
	const backOff = sql`60 * power(2, least(6, greatest(0, failures - ${wantsRest ? 0 : 2})))`;
	const rest = wantsRest
		? sql`greatest(${asked}, least(3600, ${backOff}))`
		: isSilent
			? sql`case when failures >= 2 then least(3600, ${backOff}) else ${pause / 1000} end`
			: sql`${told.asked ? pause / 1000 : 0}::float8`;
	await db.execute(sql`update web_host set holder = null, busy_until = null, free_at = now() + make_interval(secs => ${rest}),
		failures = ${wantsRest || isSilent ? sql`failures + 1` : told.asked ? sql`0` : sql`failures`}
		where host = ${host} and holder = ${holder}`);
}

/** Seconds, or a date (RFC 9110, 10.2.3). @returns seconds from now; 0 where it says nothing */
export function retryAfterSeconds(header = ''): number {
	const said = header.trim();
	const seconds = /^\d{1,9}$/.test(said) ? Number(said) : (Date.parse(said) - Date.now()) / 1000;
	return seconds > 0 ? Math.ceil(seconds) : 0;
}

function inWords(left: number): string {
	const minutes = Math.ceil(left / 60_000);
	return minutes < 90 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

/** Forgets hosts that have nothing to be remembered for. */
export async function sweepHosts(db: Db): Promise<void> {
	await db.execute(sql`delete from web_host where free_at < now() - interval '1 day'
		and (busy_until is null or busy_until < now())`);
}

/** Who waits for a host in this process, the next one first: one of them at a time asks the database. */
const waiting = new Map<string, { isWatched: boolean; go: () => void }[]>();

async function enter(host: string, patience: number): Promise<void> {
	const queue = waiting.get(host);
	if (!queue) {
		waiting.set(host, []);
		return;
	}
	const isWatched = patience < Infinity;
	await new Promise<void>((done, fail) => {
		const giveUp = () => {
			queue.splice(queue.indexOf(mine), 1);
			fail(manyWait());
		};
		const timer = isWatched ? setTimeout(giveUp, patience) : undefined;
		const mine = { isWatched, go: () => (clearTimeout(timer), done()) };
		const before = isWatched ? queue.findIndex((other) => !other.isWatched) : -1;
		queue.splice(before < 0 ? queue.length : before, 0, mine);
	});
}

function leave(host: string): void {
	const next = waiting.get(host)?.shift();
	if (next) next.go();
	else waiting.delete(host);
}
