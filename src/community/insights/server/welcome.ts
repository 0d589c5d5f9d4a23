import type { Viewer } from '#src/core/access/server/viewer.ts';
import { allow } from '#src/core/access/server/policy.ts';
import { iso } from '#src/core/items/server/present.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { spaceToTend } from '../../server/tended.ts';
import { NEW_DAYS, type WelcomeView } from '../insight.ts';
import type { WelcomeWords } from '../input.ts';
import { communityWelcome } from './schema.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Somebody new was welcomed to a space; the words stand with the welcome. */
		'community.welcomed': { spaceId: string; personId: string; actorId: string };
	}
}

/**
 * Welcomes somebody who joined the space in the last 30 days; they hear of it once, by whoever was first.
 * @throws Failure conflict where somebody was faster, not_found for who is not new here
 */
export async function welcome(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	personId: string,
	{ line }: WelcomeWords,
	now = new Date()
): Promise<void> {
	await spaceToTend(db, viewer, spaceId);
	allow(personId !== viewer.id, 'Somebody else welcomes you.');
	await db.transaction(async (tx) => {
		await expectNewcomer(tx, spaceId, personId, now);
		const [made] = await tx
			.insert(communityWelcome)
			.values({ spaceId, personId, byId: viewer.id, line, createdAt: now })
			.onConflictDoNothing()
			.returning({ by: communityWelcome.byId });
		if (!made) throw conflict(await whoWasFaster(tx, spaceId, personId));
		await emit(tx, 'community.welcomed', { spaceId, personId, actorId: viewer.id });
	});
}

async function expectNewcomer(tx: Db, spaceId: string, personId: string, now: Date): Promise<void> {
	const found = await row(
		tx,
		sql`select 1 from space_member m join person p on p.id = m.person_id and p.deactivated_at is null
			where m.space_id = ${spaceId} and m.person_id = ${personId} and m.role = 'member'
				and m.joined_at > ${now.toISOString()}::timestamptz - make_interval(days => ${NEW_DAYS})`
	);
	if (!found) throw notFound(`They have not joined this space in the last ${NEW_DAYS} days.`);
}

async function whoWasFaster(tx: Db, spaceId: string, personId: string): Promise<string> {
	const by = await row<{ name: string }>(
		tx,
		sql`select p.name from community_welcome w join person p on p.id = w.by_id
			where w.space_id = ${spaceId} and w.person_id = ${personId}`
	);
	return `They were welcomed already, by ${by?.name ?? 'somebody else'}. Nobody is told twice.`;
}

/** The welcome the viewer got to a space in the last 30 days. */
export async function myWelcome(db: Db, viewer: Viewer, spaceId: string): Promise<WelcomeView | undefined> {
	const found = await row<{ id: string; name: string; image: string | null; line: string; at: string }>(
		db,
		sql`select p.id, p.name, p.image, w.line, w.created_at as at from community_welcome w join person p on p.id = w.by_id
			where w.space_id = ${spaceId} and w.person_id = ${viewer.id} and w.created_at > now() - make_interval(days => ${NEW_DAYS})`
	);
	if (!found) return undefined;
	const { line, at, ...by } = found;
	return { by, line, at: iso(at) };
}
