import { eq } from 'drizzle-orm';
import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem, lockItem } from '#src/core/items/server/write.ts';
import { record } from '#src/core/signals/server/record.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { lockBank, makeBank } from '../banks/server/banks.ts';
import { mustHave, putObjective } from '../banks/server/objectives.ts';
import type { CheckEdit, NewCheck } from '../input.ts';
import { objective, checkContent, checkDraw, checkItem } from './schema.ts';

type Facts = Omit<NewCheck, 'spaceId' | 'bankId' | 'submission'>;

/**
 * Writes a check, with a bank of its own unless it draws from one that is there.
 * @returns its id
 * @throws Failure forbidden for people outside the space, and for who does not write the bank
 */
export async function writeCheck(db: Db, viewer: Viewer, input: NewCheck): Promise<string> {
	return db.transaction((tx) =>
		once(tx, viewer, input.submission, async () => {
			const { spaceId, title, bodyMd, tags } = input;
			allow(canWriteIn(viewer, { spaceId }), 'Join the space to write in it.');
			const bankId = input.bankId ?? (await makeBank(tx, viewer, spaceId, title));
			const bank = await lockBank(tx, viewer, bankId);
			if (bank.spaceId !== spaceId)
				throw invalid({ bankId: 'belongs to another space: a check stands in that of its bank' });
			await checkLeads(tx, viewer, input);
			const itemId = await createItem(tx, viewer, { kind: 'check', spaceId, title, bodyMd, tags });
			await tx.insert(checkItem).values({ itemId, bankId, ...columns(input) });
			await putDraws(tx, itemId, bankId, input.objectives);
			await putContent(tx, itemId, input.content);
			await openBankFiles(tx, itemId);
			await record(tx, viewer.id, 'shared', { itemId, spaceId });
			return itemId;
		})
	);
}

/**
 * Changes a check. What it says changes as a revision; what it draws holds for attempts that begin from now on.
 * @returns the version it has now
 * @throws Failure conflict with the newer text on a stale edit
 */
export async function editCheck(db: Db, viewer: Viewer, itemId: string, edit: CheckEdit): Promise<number> {
	return db.transaction(async (tx) => {
		await lockItem(tx, viewer, itemId, 'check');
		const { title, bodyMd, tags, note, version } = edit;
		const now = await editItem(tx, viewer, itemId, { title, bodyMd, tags, note, version });
		await checkLeads(tx, viewer, edit, itemId);
		const [check] = await tx
			.update(checkItem)
			.set(columns(edit))
			.where(eq(checkItem.itemId, itemId))
			.returning({ bankId: checkItem.bankId });
		await tx.delete(checkDraw).where(eq(checkDraw.itemId, itemId));
		await lockBank(tx, viewer, check!.bankId);
		await putDraws(tx, itemId, check!.bankId, edit.objectives);
		await putContent(tx, itemId, edit.content);
		return now;
	});
}

const columns = ({ minutes, contentMinutes, passPercent, jobSeconds, jobClock, expertId, threadId, faqId }: Facts) => ({
	...{ minutes, contentMinutes, passPercent, jobSeconds, jobClock, expertId, threadId, faqId }
});

/** The content, the thread and the FAQ must be things the viewer can read, the expert somebody who is here. */
async function checkLeads(tx: Db, viewer: Viewer, facts: Facts, itemId?: string): Promise<void> {
	const { content, threadId, faqId, expertId } = facts;
	const before = itemId ? await contentIds(tx, itemId) : [];
	const kinds = await kindsOf(
		tx,
		viewer,
		[...content, threadId, faqId].filter((id) => id !== null)
	);
	const gone = content.findIndex((id) => id === itemId || (!kinds.has(id) && !before.includes(id)));
	if (gone >= 0)
		throw invalid({ [`content.${gone}`]: 'must be something you can read here, and not this check itself' });
	if (threadId && kinds.get(threadId) !== 'question')
		throw invalid({ threadId: 'must be a question that you can read here' });
	if (faqId && kinds.get(faqId) !== 'faq') throw invalid({ faqId: 'must be an FAQ that you can read here' });
	if (!expertId) return;
	const there = await row(tx, sql`select 1 from person where id = ${expertId} and deactivated_at is null`);
	if (!there) throw invalid({ expertId: 'must be somebody who is here' });
}

async function kindsOf(tx: Db, viewer: Viewer, ids: string[]): Promise<Map<string, string>> {
	if (ids.length === 0) return new Map();
	const found = await rows<{ id: string; kind: string }>(
		tx,
		sql`select i.id, i.kind from item i where i.id = any(${array(ids, 'uuid')}) and i.parent_id is null and ${visibleItems(viewer, 'i')}`
	);
	return new Map(found.map(({ id, kind }) => [id, kind]));
}

const contentIds = async (tx: Db, itemId: string) =>
	(await tx.select().from(checkContent).where(eq(checkContent.itemId, itemId))).map(({ contentId }) => contentId);

/** New objectives are added to the bank, those that are there keep their id; what is drawn of each stands in the check. */
async function putDraws(tx: Db, itemId: string, bankId: string, draws: Facts['objectives']): Promise<void> {
	for (const [position, { objectiveId, title, draws: count }] of draws.entries()) {
		if (objectiveId) await mustHave(tx, bankId, objectiveId);
		if (objectiveId && title) await tx.update(objective).set({ title }).where(eq(objective.id, objectiveId));
		const id = objectiveId ?? (await putObjective(tx, bankId, title));
		if (count === 0) continue;
		await tx.insert(checkDraw).values({ itemId, objectiveId: id, draws: count, position }).onConflictDoNothing();
	}
}

async function putContent(tx: Db, itemId: string, content: string[]): Promise<void> {
	await tx.delete(checkContent).where(eq(checkContent.itemId, itemId));
	const lines = [...new Set(content)].map((contentId, position) => ({ itemId, contentId, position }));
	if (lines.length > 0) await tx.insert(checkContent).values(lines);
}

/** What the questions of its bank show is open to whoever may read the check: what their writers uploaded, or another check of it shows. */
const openBankFiles = (tx: Db, itemId: string) =>
	tx.execute(sql`insert into item_file (item_id, file_id)
		select distinct c.item_id, f.id
		from check_item c
		join bank_question q on q.bank_id = c.bank_id
		join bank_question_version v on v.question_id = q.id
		cross join regexp_matches(v.content::text, '/files/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})', 'gi') m
		join file f on f.id = m[1]::uuid
		where c.item_id = ${itemId}
			and (f.uploader_id = v.edited_by or exists (
				select 1 from item_file known join check_item o on o.item_id = known.item_id
				where known.file_id = f.id and o.bank_id = c.bank_id))
		on conflict do nothing`);
