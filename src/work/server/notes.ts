import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { iso } from '#src/core/items/server/present.ts';
import { todayIn } from '#src/platform/day.ts';
import { row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { NoteFilter, NoteInput } from '../input.ts';
import type { Note, NoteKind } from '../work.ts';
import { isOwn } from './policy.ts';
import { workNote } from './schema.ts';

interface NoteRow {
	id: string;
	kind: NoteKind;
	text: string;
	address: string;
	about: string;
	goal_id: string | null;
	goal_title: string | null;
	happened_on: string;
	created_at: string;
}

const present = ({ goal_id, goal_title, happened_on, created_at, ...note }: NoteRow): Note => ({
	...note,
	goal: goal_id ? { id: goal_id, title: goal_title! } : null,
	...{ happenedOn: happened_on, createdAt: iso(created_at) }
});

/** The viewer's notes that fit, newest written first. */
export async function myNotes(db: Db, viewer: Viewer, { kind, goalId, cursor, limit }: NoteFilter) {
	const after = decodeCursor(cursor, 'id');
	const found = await readNotes(
		db,
		viewer,
		sql`${kind ? sql`n.kind = ${kind}` : sql`true`} and ${goalId ? sql`n.goal_id = ${goalId}` : sql`true`}
			and ${after ? sql`n.id < ${after[0]!}` : sql`true`} order by n.id desc limit ${limit + 1}`
	);
	return toPage(found, limit, ({ id }) => [id]);
}

/** One note of the viewer's. @throws Failure not_found for anybody else's */
export async function readNote(db: Db, viewer: Viewer, id: string): Promise<Note> {
	const [found] = await readNotes(db, viewer, sql`n.id = ${id}`);
	if (!found) throw notFound();
	return found;
}

/** @param which conditions on `n`, order and limit */
export async function readNotes(db: Db, viewer: Viewer, which: SQL): Promise<Note[]> {
	const found = await rows<NoteRow>(
		db,
		sql`select n.id, n.kind, n.text, n.address, n.about, n.goal_id, g.title as goal_title, n.happened_on::text, n.created_at
			from work_note n left join work_goal g on g.id = n.goal_id where n.person_id = ${viewer.id} and ${which}`
	);
	return found.map(present);
}

/**
 * Notes evidence or a reflection for oneself; the same text of the same day stands once.
 * @param about what was done when it was asked, for what answers a prompt
 * @returns its id
 * @throws Failure invalid (goalId) for a goal that is not the viewer's
 */
export async function addNote(db: Db, viewer: Viewer, input: NoteInput, about = ''): Promise<string> {
	const values = { ...(await valuesOf(db, viewer, input)), id: newId(), personId: viewer.id, about };
	const [made] = await db.insert(workNote).values(values).onConflictDoNothing().returning({ id: workNote.id });
	if (made) return made.id;
	const same = sql`select id from work_note where person_id = ${viewer.id} and key = ${values.key}`;
	return (await row<{ id: string }>(db, same))!.id;
}

/** Changes a note. @throws Failure not_found, invalid (goalId), conflict where another says the same */
export async function changeNote(db: Db, viewer: Viewer, id: string, input: NoteInput): Promise<void> {
	await withNote(db, viewer, id, async (tx) => {
		const values = await valuesOf(tx, viewer, input);
		const same = sql`select 1 from work_note where person_id = ${viewer.id} and key = ${values.key} and id <> ${id}`;
		if (await row(tx, same)) throw conflict('Another note of that day says the same.');
		await tx.update(workNote).set(values).where(eq(workNote.id, id));
	});
}

/** Takes a note away for good. @throws Failure not_found */
export async function removeNote(db: Db, viewer: Viewer, id: string): Promise<void> {
	await withNote(db, viewer, id, (tx) => tx.delete(workNote).where(eq(workNote.id, id)));
}

async function valuesOf(db: Db, viewer: Viewer, { goalId, happenedOn, ...input }: NoteInput) {
	if (goalId && !(await row(db, sql`select 1 from work_goal where id = ${goalId} and person_id = ${viewer.id}`)))
		throw invalid({ goalId: 'is none of your goals' });
	const day = happenedOn ?? todayIn(viewer.timeZone);
	const key = createHash('sha256')
		.update(JSON.stringify([input.kind, day, input.text, input.address]))
		.digest('base64url');
	return { ...input, goalId: goalId ?? null, happenedOn: day, key };
}

function withNote(db: Db, viewer: Viewer, id: string, work: (tx: Db) => Promise<unknown>): Promise<void> {
	return db.transaction(async (tx) => {
		const [note] = await tx.select().from(workNote).where(eq(workNote.id, id)).for('update');
		if (!note || !isOwn(viewer, note)) throw notFound();
		await work(tx);
	});
}
