import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { EntryText } from '../input.ts';
import type { Entry } from '../prompt.ts';
import { expectOpen, lockPrompt, promptToCurate } from './record.ts';

/** Enters, or puts one's entry right: one a person. @throws Failure conflict once it is closed */
export async function enterPrompt(db: Db, viewer: Viewer, promptId: string, { answer, why }: EntryText): Promise<void> {
	await db.transaction(async (tx) => {
		const prompt = await lockPrompt(tx, viewer, promptId);
		allow(canWriteIn(viewer, { spaceId: prompt.space_id }), 'Join the space to enter.');
		expectOpen(prompt);
		await tx.execute(sql`insert into prompt_entry (id, prompt_id, person_id, answer, why)
			values (${newId()}, ${promptId}, ${viewer.id}, ${answer}, ${why})
			on conflict (prompt_id, person_id) do update set answer = excluded.answer, why = excluded.why,
				version = prompt_entry.version + 1, updated_at = now()
			where (prompt_entry.answer, prompt_entry.why) is distinct from (excluded.answer, excluded.why)`);
	});
}

/** Takes one's entry back; without one nothing happens. @throws Failure conflict once it is closed */
export async function leavePrompt(db: Db, viewer: Viewer, promptId: string): Promise<void> {
	await db.transaction(async (tx) => {
		expectOpen(await lockPrompt(tx, viewer, promptId));
		await tx.execute(sql`delete from prompt_entry where prompt_id = ${promptId} and person_id = ${viewer.id}`);
	});
}

/**
 * Sets an entry aside that is not as the rule wants it, with a reason that all read; without one it takes part again.
 * @throws Failure conflict once winners are drawn
 */
export async function setAside(
	db: Db,
	viewer: Viewer,
	promptId: string,
	entryId: string,
	{ why }: { why: string }
): Promise<void> {
	await db.transaction(async (tx) => {
		const prompt = await promptToCurate(tx, viewer, promptId);
		if (prompt.drawn) throw conflict('Winners are drawn already.');
		const done = await rows(
			tx,
			sql`update prompt_entry set aside = ${why || null} where id = ${entryId} and prompt_id = ${promptId} returning id`
		);
		if (done.length === 0) throw notFound('This entry is gone.');
	});
}

interface EntryRow {
	id: string;
	person_id: string;
	name: string;
	answer: string;
	why: string;
	version: number;
	created_at: string;
	aside: string | null;
}

/** All entries of a prompt, in the order in which they came. */
export async function entriesOf(db: Db, viewer: Viewer, promptId: string): Promise<Entry[]> {
	const found = await rows<EntryRow>(
		db,
		sql`select e.id, e.person_id, p.name, e.answer, e.why, e.version, e.created_at, e.aside
			from prompt_entry e join person p on p.id = e.person_id where e.prompt_id = ${promptId} order by e.id limit 2000`
	);
	return found.map(({ person_id, name, created_at, ...entry }) => ({
		...entry,
		...{ person: { id: person_id, name }, at: new Date(created_at).toISOString(), mine: person_id === viewer.id }
	}));
}
