import { and, desc, eq, isNull, sql as raw } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import { feedAddress } from '../address.ts';
import type { FeedFormat, FeedOf } from '../input.ts';
import { feedKey } from './schema.ts';
import { feedSource } from './sources.ts';

/** Private addresses that work at once for one person. */
const MOST = 200;

/** A private address, in all formats; it can never be shown again. */
export interface PrivateAddress {
	id: string;
	title: string;
	atom: string;
	json: string;
	/** For calendars, of what has days and hours. */
	ics: string | null;
}

/**
 * Makes the viewer's private address of a feed. One made before ends at once: there is one for each feed and person.
 * @param origin where the pages stand
 * @throws Failure not_found where the viewer may not read it, conflict when they have as many as they may have
 */
export async function makeFeedKey(db: Db, viewer: Viewer, of: FeedOf, origin: string): Promise<PrivateAddress> {
	const source = feedSource(of.kind);
	const { title, target } = await source.about(db, viewer, of.target);
	const [id, secret, exact] = [newId(), newSecret(), { kind: of.kind, target }];
	await db.transaction(async (tx) => {
		await tx.execute(sql`select 1 from person where id = ${viewer.id} for no key update`);
		await tx.execute(sql`update feed_key set revoked_at = now()
			where person_id = ${viewer.id} and kind = ${of.kind} and target = ${target} and revoked_at is null`);
		// A reader that still asks after a year has had its answer.
		await tx.execute(
			sql`delete from feed_key where person_id = ${viewer.id} and revoked_at < now() - interval '1 year'`
		);
		if ((await myFeedKeys(tx, viewer)).length >= MOST)
			throw conflict(`You have ${MOST} private addresses that work. End one you do not need any more.`);
		await tx.insert(feedKey).values({ id, personId: viewer.id, ...exact, title, keyHash: hashSecret(secret) });
	});
	const at = (format: FeedFormat) => privateAddress(exact, format, secret, origin);
	return { id, title, atom: at('atom'), json: at('json'), ics: source.events ? at('ics') : null };
}

const privateAddress = (of: FeedOf, format: FeedFormat, secret: string, origin: string) =>
	`${origin}${feedAddress(of, format)}?key=${secret}`;

/** The viewer's private addresses that work, the newest first; never the secrets in them. */
export function myFeedKeys(db: Db, viewer: Viewer) {
	const { id, kind, target, title, createdAt, lastUsedAt } = feedKey;
	return db
		.select({ id, kind, target, title, createdAt, lastUsedAt })
		.from(feedKey)
		.where(and(eq(feedKey.personId, viewer.id), isNull(feedKey.revokedAt)))
		.orderBy(desc(feedKey.createdAt));
}

/** Ends one of the viewer's private addresses at once. @throws Failure not_found */
export async function endFeedKey(db: Db, viewer: Viewer, id: string): Promise<void> {
	const ended = await db
		.update(feedKey)
		.set({ revokedAt: raw`now()` })
		.where(and(eq(feedKey.id, id), eq(feedKey.personId, viewer.id), isNull(feedKey.revokedAt)))
		.returning({ id: feedKey.id });
	if (ended.length === 0) throw notFound('There is no such address.');
}

/** A key as it came with a request. */
export interface KnownKey {
	id: string;
	personId: string;
	title: string;
	ended: boolean;
}

/** Whose key this is; undefined for one that never was, or is of another feed. */
export const findFeedKey = (db: Db, secret: string, { kind, target }: FeedOf): Promise<KnownKey | undefined> =>
	row<KnownKey>(
		db,
		sql`select id, person_id as "personId", title, revoked_at is not null as ended from feed_key
			where key_hash = ${hashSecret(secret)} and kind = ${kind} and target = ${target}`
	);

/**
 * Notes that a feed was asked for, every five minutes at most.
 * @param digest of what is sent
 * @returns since when it is as it is; another second than before, as HTTP counts in those
 */
export async function noteFeedUse(db: Db, id: string, digest: string): Promise<Date> {
	const noted = await row<{ changed_at: string }>(
		db,
		sql`update feed_key set last_used_at = now(), digest = ${digest},
				changed_at = case when digest = ${digest} then changed_at
					else greatest(now(), changed_at + interval '1 second') end
			where id = ${id} and (digest <> ${digest} or last_used_at is null or last_used_at < now() - interval '5 minutes')
			returning changed_at`
	);
	const known = noted ?? (await row<{ changed_at: string }>(db, sql`select changed_at from feed_key where id = ${id}`));
	return new Date(known!.changed_at);
}
