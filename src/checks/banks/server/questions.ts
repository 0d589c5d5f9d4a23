import { and, eq } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { loadViewer } from '#src/core/access/server/viewer.ts';
import { canRead } from '#src/core/access/server/policy.ts';
import { filesIn } from '#src/core/files/server/read.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { array, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { patternFlaw } from '../../grading/wording.ts';
import type { Accepted, QuestionContent } from '../../question.ts';
import { bankQuestion, bankQuestionVersion } from '../../server/schema.ts';
import type { QuestionState } from '../bank.ts';
import type { NewQuestion, QuestionEdit } from '../input.ts';
import { lockBank, type Bank } from './banks.ts';
import { mustHave } from './objectives.ts';

/**
 * Adds a question to a bank. The same submission sent again adds none.
 * @returns its id
 * @throws Failure not_found or forbidden; invalid at the field for a part, picture or reviewer that is not there
 */
export async function addQuestion(db: Db, viewer: Viewer, bankId: string, input: NewQuestion): Promise<string> {
	return db.transaction(async (tx) => {
		const bank = await lockBank(tx, viewer, bankId);
		const { content, objectiveId, state, submission } = input;
		// What was made of a submission is named after it.
		const id = submission ?? newId();
		if (submission && !(await isFirst(tx, viewer, submission))) {
			await questionIn(tx, bankId, submission);
			return submission;
		}
		if (objectiveId) await mustHave(tx, bankId, objectiveId);
		await checkLeads(tx, viewer, bank, content);
		await tx.insert(bankQuestion).values({ id, bankId, objectiveId, state, createdBy: viewer.id });
		await tx.insert(bankQuestionVersion).values({ questionId: id, version: 1, content, editedBy: viewer.id });
		await openFiles(tx, viewer, bankId, content);
		return id;
	});
}

/**
 * Changes a question. What it asks changes as a new version: attempts keep the one they were drawn with.
 * @returns the version it has now
 * @throws Failure conflict with `current` on a stale edit, both texts kept
 */
export async function editQuestion(
	db: Db,
	viewer: Viewer,
	bankId: string,
	questionId: string,
	edit: QuestionEdit
): Promise<number> {
	return db.transaction(async (tx) => {
		const bank = await lockBank(tx, viewer, bankId);
		const question = await questionIn(tx, bankId, questionId);
		const current = await contentOf(tx, questionId, question.version);
		if (question.version !== edit.version) throw stale(question.version, current);
		if (edit.objectiveId) await mustHave(tx, bankId, edit.objectiveId);
		if (edit.content.type !== current.type)
			throw invalid({ type: 'stays as it is: write a new question for that, and retire this one' });
		await checkLeads(tx, viewer, bank, edit.content);
		const same = JSON.stringify(sorted(edit.content)) === JSON.stringify(sorted(current));
		const version = same ? question.version : question.version + 1;
		if (!same)
			await tx.insert(bankQuestionVersion).values({ questionId, version, content: edit.content, editedBy: viewer.id });
		const { objectiveId, state } = edit;
		await tx
			.update(bankQuestion)
			.set({ objectiveId, state, version, updatedAt: sql`now()` })
			.where(eq(bankQuestion.id, questionId));
		await openFiles(tx, viewer, bankId, edit.content);
		return version;
	});
}

const stale = (version: number, content: QuestionContent) =>
	conflict('Somebody saved a newer version while you were writing. Your text is kept; see both below.', {
		current: { version, content }
	});

/** A draft is not drawn yet, a retired question no more; attempts that have it keep it. @throws Failure not_found or forbidden */
export async function setQuestionState(
	db: Db,
	viewer: Viewer,
	bankId: string,
	questionId: string,
	state: QuestionState
): Promise<void> {
	await db.transaction(async (tx) => {
		await lockBank(tx, viewer, bankId);
		await questionIn(tx, bankId, questionId);
		await tx
			.update(bankQuestion)
			.set({ state, updatedAt: sql`now()` })
			.where(eq(bankQuestion.id, questionId));
	});
}

/** @throws Failure not_found for a question of another bank */
export async function questionIn(tx: Db, bankId: string, questionId: string) {
	const [found] = isId(questionId)
		? await tx
				.select()
				.from(bankQuestion)
				.where(and(eq(bankQuestion.id, questionId), eq(bankQuestion.bankId, bankId)))
		: [];
	if (!found) throw notFound('This bank has no such question.');
	return found;
}

/** What a version of a question asks. */
export async function contentOf(tx: Db, questionId: string, version: number): Promise<QuestionContent> {
	const [found] = await tx
		.select({ content: bankQuestionVersion.content })
		.from(bankQuestionVersion)
		.where(and(eq(bankQuestionVersion.questionId, questionId), eq(bankQuestionVersion.version, version)));
	if (!found) throw notFound('There is no such version of this question.');
	return found.content;
}

/** Everything in a question that accepts words or patterns, and where it stands. */
function wordings(content: QuestionContent): { path: string; accepted: Accepted[] }[] {
	if (content.type === 'short') return [{ path: '', accepted: content.accepted }];
	if (content.type !== 'form') return [];
	return content.fields.flatMap((field, at) =>
		field.kind === 'text' ? [{ path: `fields.${at}.`, accepted: field.accepted }] : []
	);
}

/** Where a question leads must be there: its parts, its picture, its reviewer. */
async function checkLeads(tx: Db, viewer: Viewer, bank: Bank, content: QuestionContent): Promise<void> {
	const ids = [...new Set(content.parts.map(({ itemId }) => itemId))];
	const there = ids.length
		? new Set(
				(
					await tx.execute(sql`select id from item where id = any(${array(ids, 'uuid')}) and state <> 'removed'
				and space_id = any(${array(viewer.readableSpaces, 'uuid')})`)
				).map(({ id }) => id)
			)
		: new Set();
	const missing = content.parts.findIndex(({ itemId }) => !there.has(itemId));
	if (missing >= 0)
		throw invalid({
			[`content.parts.${missing}.itemId`]: 'is not there, or not open to you: choose an item you can read'
		});
	const flaw = wordings(content).flatMap(({ path, accepted }) =>
		accepted.flatMap(({ match, text }, at) => {
			const said = match === 'pattern' ? patternFlaw(text) : undefined;
			return said ? [[`content.${path}accepted.${at}.text`, said]] : [];
		})
	);
	if (flaw.length > 0) throw invalid(Object.fromEntries(flaw));
	if (content.type === 'hotspot') {
		const [picture] = (await filesIn(tx, viewer, content.image)).values();
		if (!picture?.mime.startsWith('image/'))
			throw invalid({ 'content.image': 'must be a picture that you uploaded here' });
	}
	if (content.type === 'show') {
		const reviewer = await loadViewer(tx, content.reviewerId);
		if (!reviewer || !canRead(reviewer, bank))
			throw invalid({ 'content.reviewerId': 'must be somebody who can read this space' });
	}
}

/** The pictures of a question are open to whoever may read a check that draws from its bank. */
async function openFiles(tx: Db, viewer: Viewer, bankId: string, content: QuestionContent): Promise<void> {
	const ids = [...(await filesIn(tx, viewer, JSON.stringify(content))).keys()];
	if (ids.length === 0) return;
	await tx.execute(sql`insert into item_file (item_id, file_id)
		select c.item_id, f.id from check_item c cross join unnest(${array(ids, 'uuid')}) as f(id)
		where c.bank_id = ${bankId} on conflict do nothing`);
}

/** The same content whatever the order of its fields, as the database keeps none. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value)
			.sort(([one], [other]) => (one < other ? -1 : 1))
			.map(([name, inner]) => [name, sorted(inner)])
	);
}
