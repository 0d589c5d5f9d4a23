import { and, eq } from 'drizzle-orm';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { Share, Year } from '../work.ts';
import { canReadCopy } from './policy.ts';
import { workShare } from './schema.ts';
import { readYear } from './years.ts';

/** A copy of somebody's year, as it is given. */
export interface Copy {
	id: string;
	by: string;
	/** Whether the viewer gave it. */
	isMine: boolean;
	content: Year;
	createdAt: string;
}

/**
 * Gives somebody a copy of one's year as it is now. Nobody else may read it, and what is noted later is not in it.
 * Given again, the copy is the new one.
 * @returns its id
 * @throws Failure invalid (email) for an address nobody has, or one's own
 */
export async function shareYear(db: Db, viewer: Viewer, year: number, email: string): Promise<string> {
	const reader = await row<{ id: string }>(
		db,
		sql`select id from person where email = ${email.toLowerCase()} and deactivated_at is null`
	);
	if (!reader) throw invalid({ email: 'is the address of nobody here' });
	if (reader.id === viewer.id) throw invalid({ email: 'is your own address' });
	const content = await readYear(db, viewer, year, (await loadViewer(db, reader.id))!);
	const values = { id: newId(), personId: viewer.id, readerId: reader.id, year, content };
	const [made] = await db
		.insert(workShare)
		.values(values)
		.onConflictDoUpdate({
			target: [workShare.personId, workShare.readerId, workShare.year],
			set: { content, createdAt: new Date() }
		})
		.returning({ id: workShare.id });
	return made!.id;
}

/** To whom the viewer gave a copy, of one year or of any. */
export async function myShares(db: Db, viewer: Viewer, year?: number): Promise<Share[]> {
	const found = await rows<{ id: string; year: number; reader: string; created_at: string }>(
		db,
		sql`select s.id, s.year, p.name as reader, s.created_at from work_share s join person p on p.id = s.reader_id
			where s.person_id = ${viewer.id} and ${year === undefined ? sql`true` : sql`s.year = ${year}`}
			order by s.year desc, p.name`
	);
	return found.map(({ created_at, ...share }) => ({ ...share, createdAt: iso(created_at) }));
}

/** Copies that others gave to the viewer, the newest first. */
export async function sharedWithMe(db: Db, viewer: Viewer): Promise<{ id: string; year: number; by: string }[]> {
	return rows(
		db,
		sql`select s.id, s.year, p.name as by from work_share s join person p on p.id = s.person_id
			where s.reader_id = ${viewer.id} order by s.created_at desc limit 100`
	);
}

/** One copy. @throws Failure not_found for whom it was not given to */
export async function readCopy(db: Db, viewer: Viewer, id: string): Promise<Copy> {
	const [found] = await db.select().from(workShare).where(eq(workShare.id, id));
	if (!found || !canReadCopy(viewer, found)) throw notFound();
	const by = (await row<{ name: string }>(db, sql`select name from person where id = ${found.personId}`))!.name;
	return { id, by, isMine: found.personId === viewer.id, content: found.content, createdAt: iso(found.createdAt) };
}

/** Takes a copy back. @throws Failure not_found for one the viewer did not give */
export async function takeBack(db: Db, viewer: Viewer, id: string): Promise<void> {
	const [gone] = await db
		.delete(workShare)
		.where(and(eq(workShare.id, id), eq(workShare.personId, viewer.id)))
		.returning({ id: workShare.id });
	if (!gone) throw notFound();
}
