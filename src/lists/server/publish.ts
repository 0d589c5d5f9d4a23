import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import type { NewEdition } from '../input.ts';
import { todayIn } from '#src/platform/day.ts';
import { type Edition, type EditionContent, type PickView, type Update } from '../list.ts';
import { contentOf, hashOf, htmlOf, lastEdition, markdownOf, sameWork } from './content.ts';
import { lockList, picksOf, type ListRecord } from './drafts.ts';
import { presentShelf } from './shelves.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** A reading list was published for the first time. */
		'list.published': { itemId: string; shelfId: string; actorId: string };
	}
}

/**
 * Publishes what stands in a list as an edition that never changes. A later edition carries
 * the dated updates of all before it; those stay readable.
 * @returns the edition's hash
 * @throws Failure invalid while a why is missing; conflict where nothing is new
 */
export async function publishList(
	db: Db,
	viewer: Viewer,
	id: string,
	{ submission, update, url = '', about }: NewEdition
): Promise<string> {
	return db.transaction(async (tx) => {
		const list = await lockList(tx, viewer, id);
		allow(canWriteIn(viewer, { spaceId: list.space_id }), 'Join the space to publish a list in it.');
		const last = await lastEdition(tx, id);
		if (submission && !(await isFirst(tx, viewer, submission)) && last) return last.hash;
		const picks = await picksOf(tx, viewer, list);
		expectWhole(picks);
		const updates = last ? [...last.content.updates, updateOf(viewer, picks, { update, url, about })] : [];
		const content = contentOf(list, presentShelf(list), picks, updates);
		await (last ? publishAgain(tx, viewer, list, content, last) : publishFirst(tx, viewer, list, content));
		const hash = hashOf(content);
		await tx.execute(sql`insert into reading_edition (list_id, number, hash, content, html, published_by)
			values (${id}, ${(last?.number ?? 0) + 1}, ${hash}, ${JSON.stringify(content)}::text::jsonb,
				${JSON.stringify(htmlOf(content))}::text::jsonb, ${viewer.id})`);
		return hash;
	});
}

/** Why is compulsory: a list without it is a heap of links. */
function expectWhole(picks: PickView[]): void {
	if (picks.length === 0) throw invalid({ picks: 'are missing: pick one entry at least' }, 'Pick one entry at least.');
	const silent = picks.flatMap(({ why }, at) => (why.trim() ? [] : [at + 1]));
	if (silent.length === 0) return;
	const which = silent.length === 1 ? `Entry ${silent[0]}` : `Entries ${silent.join(', ')}`;
	throw invalid({ why: 'is missing' }, `${which} ${silent.length === 1 ? 'does' : 'do'} not say why yet.`);
}

function updateOf(
	viewer: Viewer,
	picks: PickView[],
	{ update, url, about }: Required<Omit<NewEdition, 'submission'>>
): Update {
	if (!update.trim()) throw invalid({ update: 'is needed: say in a line what is new' });
	if (about && !picks.some(({ find }) => find.url === about)) throw invalid({ about: 'must be an entry of the list' });
	return { on: todayIn(viewer.timeZone), text: update, url, about };
}

async function publishFirst(tx: Db, viewer: Viewer, list: ListRecord, content: EditionContent): Promise<void> {
	await createItem(tx, viewer, {
		...{ id: list.id, kind: 'reading_list', spaceId: list.space_id, title: content.title, bodyMd: markdownOf(content) }
	});
	await tx.execute(sql`update reading_list set published_at = now() where id = ${list.id}`);
	await record(tx, viewer.id, 'shared', { itemId: list.id, spaceId: list.space_id });
	await emit(tx, 'list.published', { itemId: list.id, shelfId: list.shelf_id, actorId: viewer.id });
}

async function publishAgain(
	tx: Db,
	viewer: Viewer,
	{ id }: ListRecord,
	content: EditionContent,
	last: Edition
): Promise<void> {
	const { text: note, url } = content.updates.at(-1)!;
	const before = last.content.updates.at(-1);
	if (sameWork(content, last.content) && before?.text === note && before.url === url)
		throw conflict('Nothing has changed since it was published last.');
	const [item] = (await tx.execute(sql`select version from item where id = ${id}`)) as unknown as { version: number }[];
	const text = { title: content.title, bodyMd: markdownOf(content), note: note.replace(/\s+/g, ' ').slice(0, 200) };
	// Who may write a list is for the room to say: it is its curators.
	await editItem(tx, viewer, id, { ...text, version: item!.version }, () => true);
}
