import type { Viewer } from '#src/core/access/server/viewer.ts';
import { noteOptIn, noteOptOut } from '#src/core/notify/server/opt-outs.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { Pace, PromptAnswer } from '../input.ts';
import { PROMPT_DAYS, USUAL_PACE, type Prompt } from '../prompt.ts';
import { addNote } from './notes.ts';
import { workPace } from './schema.ts';

const DAY = 86_400_000;
/** How long the key of a prompt is known, so that the same work does not ask again. */
const KNOWN_DAYS = 400;

const isOpen = sql`p.state = 'open' and p.arrived_at > now() - make_interval(days => ${PROMPT_DAYS})`;

/** What closed work asks the viewer now; the newest first. */
export async function myPrompts(db: Db, viewer: Viewer): Promise<Prompt[]> {
	const found = await rows<{ id: string; title: string; address: string; from: string; arrived_at: string }>(
		db,
		sql`select p.id, p.title, p.address, h.name as "from", p.arrived_at from work_prompt p join work_hook h on h.id = p.hook_id
			where p.person_id = ${viewer.id} and ${isOpen} order by p.arrived_at desc, p.id`
	);
	return found.map(({ arrived_at, ...prompt }) => ({
		...{ ...prompt, arrivedAt: iso(arrived_at) },
		goneAt: new Date(Date.parse(iso(arrived_at)) + PROMPT_DAYS * DAY).toISOString()
	}));
}

/**
 * Answers a prompt: the answer is a reflection of the viewer's own, which says what it was about.
 * @returns the note's id
 * @throws Failure not_found for what is answered, put away or forgotten, invalid (goalId)
 */
export async function answerPrompt(db: Db, viewer: Viewer, id: string, answer: PromptAnswer): Promise<string> {
	return db.transaction(async (tx) => {
		const { title, address } = await end(tx, viewer, id, 'answered');
		return addNote(tx, viewer, { kind: 'reflection', ...answer, address, happenedOn: undefined }, title);
	});
}

/** Puts a prompt away. @throws Failure not_found */
export async function putAway(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction((tx) => end(tx, viewer, id, 'away'));
}

/** What it was about goes from here. */
async function end(tx: Db, viewer: Viewer, id: string, state: 'answered' | 'away') {
	const found = await row<{ title: string; address: string }>(
		tx,
		sql`select p.title, p.address from work_prompt p where p.id = ${id} and p.person_id = ${viewer.id} and ${isOpen} for update`
	);
	if (!found) throw notFound('This is answered, put away or forgotten already.');
	await tx.execute(sql`update work_prompt set state = ${state}, title = '', address = '' where id = ${id}`);
	return found;
}

/** How often the viewer lets work ask. */
export async function readPace(db: Db, viewer: Viewer): Promise<{ aWeek: number; pausedUntil: string | null }> {
	const found = await row<{ aWeek: number; pausedUntil: string | null }>(
		db,
		sql`select a_week as "aWeek", paused_until::text as "pausedUntil" from work_pace where person_id = ${viewer.id}`
	);
	return found ?? { aWeek: USUAL_PACE, pausedUntil: null };
}

/** Says how often work may ask; with none, what is open is put away too. */
export async function setPace(db: Db, viewer: Viewer, { aWeek, pausedUntil = undefined }: Pace): Promise<void> {
	const values = { aWeek, pausedUntil: pausedUntil ?? null };
	await db.transaction(async (tx) => {
		await tx
			.insert(workPace)
			.values({ personId: viewer.id, ...values })
			.onConflictDoUpdate({ target: workPace.personId, set: values });
		await (aWeek === 0 ? noteOptOut : noteOptIn)(tx, viewer.id, { about: 'prompts', target: '' });
		if (aWeek === 0)
			await tx.execute(sql`update work_prompt set state = 'away', title = '', address = ''
				where person_id = ${viewer.id} and state = 'open'`);
	});
}

/** Forgets what was left alone for a week, and in time that it ever asked. */
export async function forgetPrompts(db: Db): Promise<void> {
	await db.execute(sql`update work_prompt p set state = 'forgotten', title = '', address = ''
		where p.state = 'open' and not (${isOpen})`);
	await db.execute(sql`delete from work_prompt where arrived_at < now() - make_interval(days => ${KNOWN_DAYS})`);
}
