import { allow, canEdit } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { renderBody } from '#src/core/items/server/body.ts';
import { deriveFrom } from '#src/core/items/server/relations.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem, type ItemRow } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { EntryMove, FaqEdit, FaqEntryText, NewFaq, SourceChoice } from '../input.ts';

/** More is a library, not a page. */
const MOST_ENTRIES = 100;

/**
 * Makes an FAQ, with an answered question if one is given.
 * @returns its id
 * @throws Failure forbidden outside the space; invalid for a question without an accepted answer
 */
export async function makeFaq(db: Db, viewer: Viewer, input: NewFaq): Promise<string> {
	const { submission, questionId, spaceId, title, bodyMd, tags } = input;
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const id = await createItem(tx, viewer, { kind: 'faq', spaceId, title, bodyMd, tags });
			await tx.execute(sql`insert into faq (item_id, intro_md, intro_html)
				select id, body_md, body_html from item where id = ${id}`);
			if (questionId) await addFaqEntry(tx, viewer, id, questionId);
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		})
	);
}

/** Changes title, opening and tags as a new revision. @throws Failure conflict on a stale edit */
export async function editFaq(db: Db, viewer: Viewer, id: string, edit: FaqEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await lockFaq(tx, viewer, id);
		const { title, bodyMd, tags, note, version } = edit;
		const whole = wholeText(bodyMd, await entriesOf(tx, id));
		const next = await editItem(tx, viewer, id, { title, bodyMd: whole, tags, note, version });
		const { bodyHtml } = await renderBody(tx, viewer, bodyMd);
		await tx.execute(sql`update faq set intro_md = ${bodyMd}, intro_html = ${bodyHtml} where item_id = ${id}`);
		return next;
	});
}

interface Source {
	title: string;
	space_id: string;
	answer_id: string | null;
	body_md: string | null;
	version: number | null;
}

/**
 * Copies an answered question into an FAQ of the same space; again changes nothing.
 * @throws Failure invalid without an accepted answer, and for a question of another space
 */
export async function addFaqEntry(db: Db, viewer: Viewer, id: string, questionId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const faq = await lockFaq(tx, viewer, id);
		const source = await sourceOf(tx, viewer, questionId);
		if (!source) throw invalid({ questionId: 'must be the address of a question that is here' });
		if (source.space_id !== faq.spaceId) throw invalid({ questionId: 'is in another space, with other readers' });
		if (source.answer_id === null) throw invalid({ questionId: 'has no answer yet that solved it' });
		const entries = await entriesOf(tx, id);
		if (entries.length >= MOST_ENTRIES) throw invalid({ questionId: 'does not fit: an FAQ holds 100 at most' });
		const { bodyHtml } = await renderBody(tx, viewer, source.body_md!);
		const made = await row(
			tx,
			sql`insert into faq_entry (id, faq_id, position, question, answer_md, answer_html, source_question_id, source_answer_id, source_version)
				values (${newId()}, ${id}, (select coalesce(max(position), 0) + 1 from faq_entry where faq_id = ${id}), ${source.title},
					${source.body_md}, ${bodyHtml}, ${questionId}, ${source.answer_id}, ${source.version})
				on conflict (faq_id, source_question_id) do nothing returning 1`
		);
		if (!made) return;
		await deriveFrom(tx, viewer, id, questionId);
		await saveWhole(tx, viewer, faq, 'A question was put in');
	});
}

/** Says an entry in other words; its source stays. */
export async function changeFaqEntry(
	db: Db,
	viewer: Viewer,
	id: string,
	entryId: string,
	text: FaqEntryText
): Promise<void> {
	await db.transaction(async (tx) => {
		const faq = await lockFaq(tx, viewer, id);
		await lookUp(tx, id, entryId);
		await saveText(tx, viewer, entryId, text);
		await saveWhole(tx, viewer, faq, 'An answer was changed');
	});
}

/**
 * Settles that an entry's source has changed: its new text is taken, or ours is kept.
 * @throws Failure conflict when nothing is accepted there any more and its text is wanted
 */
export async function settleSource(
	db: Db,
	viewer: Viewer,
	id: string,
	entryId: string,
	{ take }: SourceChoice
): Promise<void> {
	await db.transaction(async (tx) => {
		const faq = await lockFaq(tx, viewer, id);
		const entry = await lookUp(tx, id, entryId);
		const source = entry.source_question_id ? await sourceOf(tx, viewer, entry.source_question_id) : undefined;
		if (take === 'source') {
			if (!source?.answer_id)
				throw conflict('No answer is accepted there any more. Keep yours, or take the entry out.');
			await saveText(tx, viewer, entryId, { question: source.title, answerMd: source.body_md! });
			await saveWhole(tx, viewer, faq, 'The new text of its question was taken');
		}
		await tx.execute(sql`update faq_entry set source_answer_id = ${source?.answer_id ?? null},
			source_version = ${source?.version ?? 0} where id = ${entryId}`);
	});
}

/** Moves an entry one place; at the end it stays where it is. @throws Failure not_found */
export async function moveFaqEntry(
	db: Db,
	viewer: Viewer,
	id: string,
	entryId: string,
	{ move }: EntryMove
): Promise<void> {
	await db.transaction(async (tx) => {
		const faq = await lockFaq(tx, viewer, id);
		await lookUp(tx, id, entryId);
		const [beyond, order] = move === 'up' ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
		const moved = await row(
			tx,
			sql`with here as (select id, position from faq_entry where id = ${entryId}),
				other as (select e.id, e.position from faq_entry e, here
					where e.faq_id = ${id} and e.position ${beyond} here.position order by e.position ${order} limit 1)
				update faq_entry e set position = case when e.id = here.id then other.position else here.position end
				from here, other where e.id in (here.id, other.id) returning 1`
		);
		if (moved) await saveWhole(tx, viewer, faq, 'The order was changed');
	});
}

/** Takes an entry out. @throws Failure not_found */
export async function removeFaqEntry(db: Db, viewer: Viewer, id: string, entryId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const faq = await lockFaq(tx, viewer, id);
		const entry = await lookUp(tx, id, entryId);
		await tx.execute(sql`delete from faq_entry where id = ${entryId}`);
		await tx.execute(sql`delete from item_link where from_id = ${id} and to_id = ${entry.source_question_id}::uuid
			and relation = 'derived_from'`);
		await saveWhole(tx, viewer, faq, 'A question was taken out');
	});
}

async function lockFaq(tx: Db, viewer: Viewer, id: string): Promise<ItemRow> {
	const faq = await lockItem(tx, viewer, id, 'faq');
	allow(canEdit(viewer, faq), 'Its author and the stewards of the space change this FAQ.');
	return faq;
}

const sourceOf = (tx: Db, viewer: Viewer, questionId: string) =>
	row<Source>(
		tx,
		sql`select i.title, i.space_id, a.id as answer_id, a.body_md, a.version
			from item i join question q on q.item_id = i.id
			left join item a on a.id = q.accepted_answer_id and a.state <> 'removed'
			where i.id = ${questionId} and ${visibleItems(viewer, 'i')}`
	);

async function lookUp(tx: Db, id: string, entryId: string) {
	const found = await row<{ source_question_id: string | null }>(
		tx,
		sql`select source_question_id from faq_entry where id = ${entryId} and faq_id = ${id}`
	);
	if (!found) throw notFound();
	return found;
}

async function saveText(tx: Db, viewer: Viewer, entryId: string, { question, answerMd }: FaqEntryText): Promise<void> {
	const { bodyHtml } = await renderBody(tx, viewer, answerMd);
	await tx.execute(sql`update faq_entry set question = ${question}, answer_md = ${answerMd}, answer_html = ${bodyHtml}
		where id = ${entryId}`);
}

/** The whole page as one text: what is searched, compared and exported. */
async function saveWhole(tx: Db, viewer: Viewer, { id }: ItemRow, note: string): Promise<void> {
	const now = await row<{ version: number; intro_md: string }>(
		tx,
		sql`select i.version, f.intro_md from faq f join item i on i.id = f.item_id where f.item_id = ${id}`
	);
	const bodyMd = wholeText(now!.intro_md, await entriesOf(tx, id));
	await editItem(tx, viewer, id, { bodyMd, note, version: now!.version });
}

const entriesOf = (tx: Db, id: string) =>
	rows<{ question: string; answer_md: string }>(
		tx,
		sql`select question, answer_md from faq_entry where faq_id = ${id} order by position`
	);

const wholeText = (intro: string, entries: { question: string; answer_md: string }[]) =>
	[intro, ...entries.map((entry) => `## ${entry.question}\n\n${entry.answer_md}`)].filter(Boolean).join('\n\n');
