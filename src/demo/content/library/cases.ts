import { readAttempt } from '#src/checks/attempts/server/read.ts';
import { startAttempt } from '#src/checks/attempts/server/start.ts';
import { submitAttempt } from '#src/checks/attempts/server/submit.ts';
import { newQuestion } from '#src/checks/banks/input.ts';
import { addQuestion } from '#src/checks/banks/server/questions.ts';
import { newCheck } from '#src/checks/input.ts';
import { writeCheck } from '#src/checks/server/checks.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';

/** A question: what somebody can do who answers it right, what it asks, and the heading of the content that says it. */
export interface Case {
	objective: string;
	content: object;
	heading?: string;
}

/** What is there already, by its title, as a check names it. */
export async function idOf(tx: Db, title: string): Promise<string> {
	const found = await row<{ id: string }>(
		tx,
		sql`select id from item where title = ${title} order by created_at limit 1`
	);
	if (!found) throw new Error(`The example has nothing that is called "${title}".`);
	return found.id;
}

/**
 * Writes a check with its questions; each leads to what its content says about it.
 * @param facts those of the check; the first of its content is what the headings stand in
 * @returns its id
 */
export async function checkOf(
	tx: Db,
	viewer: Viewer,
	facts: Record<string, unknown> & { content: string[] },
	cases: Case[]
): Promise<string> {
	const id = await writeCheck(tx, viewer, newCheck.parse(facts));
	const objectives = await rows<{ id: string; title: string; bank: string }>(
		tx,
		sql`select o.id, o.title, o.bank_id as bank from objective o join check_item c on c.bank_id = o.bank_id where c.item_id = ${id}`
	);
	const [itemId] = facts.content;
	for (const { objective, content, heading } of cases) {
		const { id: objectiveId, bank } = objectives.find(({ title }) => title === objective)!;
		const anchor = heading ? { type: 'heading', id: heading } : { type: 'whole' };
		const question = { ...content, parts: [{ itemId, anchor }] };
		await addQuestion(tx, viewer, bank, newQuestion.parse({ content: question, objectiveId }));
	}
	return id;
}

/** Somebody takes a check: what they show is shown, all else stays open. */
export async function take(
	tx: Db,
	viewer: Viewer,
	checkId: string,
	shown: { url: string; note: string }
): Promise<void> {
	const attempt = await startAttempt(tx, viewer, checkId);
	const { questions } = await readAttempt(tx, viewer, attempt);
	const answers = questions.filter(({ type }) => type === 'show').map(({ id }) => [id, shown] as const);
	await submitAttempt(tx, viewer, attempt, { revision: 0, answers: Object.fromEntries(answers) });
}
