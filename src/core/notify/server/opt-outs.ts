import { array, sql, type Db, type SQL } from '#src/platform/server/db.ts';

/** What can be left out: a kind of notification, a page, all for a while, what is followed, and what rooms send. */
export type OptOutAbout =
	'kind' | 'item' | 'all' | 'follow' | 'series' | 'tip' | 'chat' | 'device' | 'list' | 'check' | 'prompts';

export interface OptOut {
	about: OptOutAbout;
	/** A kind's name, an id, or for what is followed `item:` and the id. */
	target: string;
	/** On which ways; all unless told. */
	ways?: readonly ('page' | 'mail' | 'push')[];
	/** After so many days it ends by itself. */
	days?: number;
}

const ALL = ['page', 'mail', 'push'] as const;

/** Notes that somebody wants less, in the transaction in which it comes to hold. */
export async function noteOptOut(tx: Db, personId: string, { about, target, ways = ALL, days }: OptOut): Promise<void> {
	const until = days === undefined ? sql`null` : sql`now() + make_interval(days => ${days}::int)`;
	await tx.execute(sql`insert into opt_out (person_id, about, target, ways, until)
		values (${personId}, ${about}, ${target}, ${array([...ways], 'text')}, ${until})`);
}

/** Notes that somebody wants it again, where they had left it out. */
export async function noteOptIn(tx: Db, personId: string, of: OptOut): Promise<void> {
	await tx.execute(optIn(personId, of, sql`(select) made`));
}

/** The same as a part of a statement, once for each row of `made`. */
export const optIn = (personId: string, { about, target, ways = ALL }: OptOut, made: SQL): SQL =>
	sql`insert into opt_out (person_id, about, target, ways, is_over)
		select ${personId}::uuid, ${about}::text, ${target}::text, ${array([...ways], 'text')}, true from ${made}
		where exists (select from opt_out o where o.person_id = ${personId} and o.about = ${about} and o.target = ${target})`;

const FAN_OUT = sql`hashtextextended('fan-out', 0)`;

/** Whoever tells many lets nobody opt out meanwhile: what they read of people's wishes holds until it is written. */
export const lockFanOut = (tx: Db) => tx.execute(sql`select pg_advisory_xact_lock_shared(${FAN_OUT})`);

/** Waits for those who tell many, and keeps them waiting until the transaction ends. Taken after all other locks. */
export const holdFanOuts = (tx: Db) => tx.execute(sql`select pg_advisory_xact_lock(${FAN_OUT})`);
