import { and, desc, eq, gt, ne, type SQL } from 'drizzle-orm';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import { session } from './auth-schema.ts';

/** The cookie that holds a session's secret. */
export const SESSION_COOKIE = 'trellis_session';

/** A session ends after 60 days, or after 30 without use. */
export const SESSION_DAYS = 60;
const IDLE_DAYS = 30;

/** Starts a session. @returns the secret for the cookie; only its hash is stored */
export async function startSession(db: Db, personId: string, userAgent: string): Promise<string> {
	const secret = newSecret();
	await db.insert(session).values({
		id: newId(),
		tokenHash: hashSecret(secret),
		personId,
		userAgent: userAgent.slice(0, 300),
		expiresAt: new Date(Date.now() + SESSION_DAYS * 86_400_000)
	});
	return secret;
}

/** Whose session this is; undefined for one that has ended. Notes that it was used, to the hour. */
export async function findSession(db: Db, secret: string): Promise<{ id: string; personId: string } | undefined> {
	const found = await row<{ id: string; person_id: string; stale: boolean }>(
		db,
		sql`select id, person_id, last_seen_at < now() - interval '1 hour' as stale from session
			where token_hash = ${hashSecret(secret)} and expires_at > now()
				and last_seen_at > now() - make_interval(days => ${IDLE_DAYS})`
	);
	if (!found) return undefined;
	if (found.stale)
		await db
			.update(session)
			.set({ lastSeenAt: sql`now()` })
			.where(eq(session.id, found.id));
	return { id: found.id, personId: found.person_id };
}

/** The viewer's own sessions, the one in use marked by comparing ids. */
export function mySessions(db: Db, viewer: Viewer) {
	const { id, userAgent, createdAt, lastSeenAt } = session;
	return db
		.select({ id, userAgent, createdAt, lastSeenAt })
		.from(session)
		.where(and(eq(session.personId, viewer.id), gt(session.expiresAt, sql`now()`)))
		.orderBy(desc(session.lastSeenAt));
}

/** Ends one of the viewer's own sessions, in every process at once. */
export const endSession = (db: Db, viewer: Viewer, id: string) => end(db, viewer.id, eq(session.id, id));

/** Ends all of a person's sessions but the one named. */
export const endOtherSessions = (db: Db, personId: string, keptId?: string) =>
	end(db, personId, keptId ? ne(session.id, keptId) : undefined);

async function end(db: Db, personId: string, which: SQL | undefined): Promise<void> {
	await db.transaction(async (tx) => {
		await tx.delete(session).where(and(eq(session.personId, personId), which));
		await tellRightsChanged(tx, personId);
	});
}
