import { expect, test } from 'vitest';
import { wireItemNotices } from '#src/core/notify/server/items.ts';
import { dispatch, type EventName, type EventOf } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { tellCorrection, correctionState } from './corrections.ts';
import { markHelped } from './helped.ts';
import { closeWith, reopen } from './outcomes.ts';
import { readItem } from './post.ts';
import { deriveFrom } from './relations.ts';
import { changeState, createItem, editItem } from './write.ts';

const { db } = await testDatabase();
wireItemNotices(db);
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });
const colleague = await aPerson(db, { spaces: [spaceId] });
const aPage = (title = 'Opening the shop') =>
	db.transaction((tx) => createItem(tx, author, { kind: 'page', spaceId, title, bodyMd: 'Keys first.' }));
const edit = (id: string, version: number) =>
	db.transaction((tx) => editItem(tx, author, id, { bodyMd: `Version ${version + 1}.`, version }));

/** Carries out the newest event of a name, as the queue would; twice, since it may. */
async function react(name: EventName) {
	const job = await row<{ data: EventOf<EventName> }>(
		db,
		sql`select data from pgboss.job where name = 'event' and data ->> 'name' = ${name} order by created_on desc limit 1`
	);
	await dispatch(job!.data);
	await dispatch(job!.data);
}

const told = async (kind: string) =>
	(await rows<{ person_id: string }>(db, sql`select person_id from notification where kind = ${kind} order by 1`)).map(
		({ person_id }) => person_id
	);

test('a thread is closed with its outcome, closed better, and opened again', async () => {
	const id = await aPage();
	await expect(closeWith(db, colleague, id, { bodyMd: 'Mine.' })).rejects.toMatchObject({ kind: 'forbidden' });
	const outcome = await closeWith(db, author, id, { bodyMd: 'The **green** key.' });
	expect(await closeWith(db, steward, id, { bodyMd: 'The blue key.' })).toBe(outcome);
	const seen = await readItem(db, colleague, id, 'page');
	expect(seen.outcome).toMatchObject({ id: outcome, bodyHtml: '<p>The blue key.</p>\n', bodyMd: '' });
	expect((await readItem(db, author, id, 'page')).outcome?.bodyMd).toBe('The blue key.');
	await reopen(db, author, id);
	expect((await readItem(db, author, id, 'page')).outcome).toBeNull();
	await expect(reopen(db, author, id)).rejects.toMatchObject({ kind: 'not_found' });
	expect(await closeWith(db, author, id, { bodyMd: 'Again.' })).not.toBe(outcome);
});

test('what was made from what is told to those who may read it', async () => {
	const secret = await aSpace(db, { access: 'secret' });
	const insider = await aPerson(db, { spaces: [spaceId, secret] });
	const source = await aPage('The source');
	const [open, hidden] = await db.transaction(async (tx) => [
		await createItem(tx, insider, { kind: 'faq', spaceId, title: 'Open', bodyMd: 'x' }),
		await createItem(tx, insider, { kind: 'faq', spaceId: secret, title: 'Hidden', bodyMd: 'x' })
	]);
	for (const id of [open!, hidden!]) await deriveFrom(db, insider, id, source);
	const titles = async (viewer = colleague) =>
		(await readItem(db, viewer, source, 'page')).ledTo.map(({ title }) => title);
	expect(await titles()).toEqual(['Open']);
	expect(await titles(insider)).toEqual(['Open', 'Hidden']);
	expect((await readItem(db, colleague, open!, 'faq')).madeFrom).toEqual([
		{ kind: 'page', title: 'The source', href: `/pages/${source}` }
	]);
});

test('a correction reaches exactly those who used a version with the error', async () => {
	const id = await aPage();
	const people = [];
	for (let count = 0; count < 4; count += 1) people.push(await aPerson(db, { spaces: [spaceId] }));
	const [early, kept, ran, late] = people as [typeof author, typeof author, typeof author, typeof author];
	await markHelped(db, early, id, { note: '' });
	await edit(id, 1);
	await db.execute(sql`insert into kept (id, person_id, item_id) values (gen_random_uuid(), ${kept.id}, ${id})`);
	await record(db, ran.id, 'ran', { itemId: id });
	await edit(id, 2);
	await markHelped(db, late, id, { note: '' });
	await expect(tellCorrection(db, colleague, id, { since: 2, note: 'x' })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(tellCorrection(db, author, id, { since: 3, note: 'x' })).rejects.toMatchObject({
		fields: { since: expect.anything() }
	});
	await tellCorrection(db, author, id, { since: 2, note: 'The key is green.' });
	await react('item.corrected');
	expect(await told('item.corrected')).toEqual([kept.id, ran.id].sort());
	await expect(tellCorrection(db, author, id, { since: 1, note: 'x' })).rejects.toMatchObject({ kind: 'conflict' });
	expect(await correctionState(db, author, id)).toMatchObject({
		users: null,
		some: true,
		told: { note: 'The key is green.' }
	});
});

test('what is withdrawn is told to whoever used it', async () => {
	const id = await aPage();
	await markHelped(db, colleague, id, { note: '' });
	await db.transaction((tx) => changeState(tx, author, id, 'archived'));
	await react('item.state_changed');
	expect(await told('item.withdrawn')).toEqual([colleague.id]);
});
