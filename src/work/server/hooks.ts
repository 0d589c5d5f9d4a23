import { eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { newSecret } from '#src/platform/server/secrets.ts';
import { seal } from '#src/platform/server/vault.ts';
import type { NewHook } from '../input.ts';
import type { Hook } from '../prompt.ts';
import { canKeepHook } from './policy.ts';
import { workHook } from './schema.ts';

/** How many connections one person, or the organisation, has at most. */
const MOST = 20;

/** Where a connection is called. */
export const hookAddress = (origin: string, id: string): string => `${origin}/closed-work/${id}`;

/** The viewer's own connections, and for those who may keep them also those for everybody. */
export async function myHooks(db: Db, viewer: Viewer): Promise<Hook[]> {
	const ofAll = canKeepHook(viewer, { personId: null });
	const found = await rows<Omit<Hook, 'heardAt' | 'createdAt'> & { heard_at: string | null; created_at: string }>(
		db,
		sql`select id, name, sender, account, person_id is null as "forAll", heard_at, heard, created_at from work_hook
			where person_id = ${viewer.id} or (person_id is null and ${ofAll}) order by person_id is null, created_at`
	);
	return found.map(({ heard_at, created_at, ...hook }) => ({
		...{ ...hook, heardAt: heard_at && iso(heard_at), createdAt: iso(created_at) }
	}));
}

/**
 * Connects a program that tells of closed work.
 * @returns its id and its secret, which is shown this once
 * @throws Failure forbidden for everybody's unless one looks after the organisation, invalid (name) for one too many
 */
export async function makeHook(
	db: Db,
	viewer: Viewer,
	{ forAll, name, sender, account }: NewHook
): Promise<{ id: string; secret: string }> {
	const personId = forAll ? null : viewer.id;
	allow(canKeepHook(viewer, { personId }), 'Admins connect what tells of everybody’s work.');
	const { count } = (await row<{ count: number }>(
		db,
		sql`select count(*)::int as count from work_hook where person_id is not distinct from ${personId}`
	))!;
	if (count >= MOST) throw invalid({ name: `would be one connection too many: there are ${MOST} at most` });
	const [id, secret] = [newId(), newSecret()];
	const values = { id, personId, name, sender, account, createdBy: viewer.id, secret: seal(secret, id) };
	await db.insert(workHook).values(values);
	return { id, secret };
}

/** Ends a connection, with what it asked and nobody answered yet. @throws Failure not_found */
export async function endHook(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const [hook] = await tx.select().from(workHook).where(eq(workHook.id, id)).for('update');
		if (!hook || !canKeepHook(viewer, hook)) throw notFound();
		await tx.delete(workHook).where(eq(workHook.id, id));
	});
}
