import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { startFollowing, stopFollowing } from '#src/core/items/server/follows.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { muteItem, pause, savePreferences, turnOff, unmuteItem } from '#src/core/notify/server/preferences.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { rows, row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { until } from '#src/testing/smtp.ts';
import { countOptOuts, findLeaks } from './leaks.ts';

const { db } = await testDatabase({ work: true });
let space: string;
let me: Viewer;
let author: Viewer;
let page: string;

beforeEach(async () => {
	for (const table of ['notification', 'opt_out', 'mail_sent']) await db.execute(sql`delete from ${sql.raw(table)}`);
	space = await aSpace(db);
	me = await aPerson(db, { spaces: [space] });
	author = await aPerson(db, { spaces: [space] });
	page = await writePage(db, author, { spaceId: space, title: 'Till', bodyMd: 'x', tags: [] } as Parameters<
		typeof writePage
	>[2]);
});

/** A notification that should not be there: as a fault would leave it. */
const planted = async (kind: string, { later = '1 second', itemId = page, choice = 'self', isMailed = false } = {}) => {
	const id = newId();
	await db.execute(sql`insert into notification (id, person_id, event_id, kind, item_id, page_id, space_id, choice, in_page, mail_batch, mailed_at, created_at)
		values (${id}, ${me.id}, ${newId()}, ${kind}, ${itemId}, ${page}, ${space}, ${choice}, ${!isMailed}, ${id}, now(), clock_timestamp() + ${later}::interval)`);
	if (isMailed)
		await db.execute(sql`insert into mail_sent (message_id, person_id, purpose, at)
			values (${`notice.${id}`}, ${me.id}, 'notification', clock_timestamp() + ${later}::interval)`);
};

const found = async () => (await findLeaks(db)).map(({ about, way }) => `${about} ${way}`).sort();

test('what is off is found where it was told or mailed afterwards, and only then', async () => {
	await planted('item.helped', { later: '-1 hour' });
	await turnOff(db, me.id, 'item.helped');
	await planted('item.new');
	expect(await found()).toEqual([]);
	await planted('item.helped');
	await planted('item.helped', { isMailed: true });
	expect(await found()).toEqual(['kind mail', 'kind page']);
});

test('a way that stayed on is no leak, and what is wanted again ends it', async () => {
	await savePreferences(db, me.id, [{ kind: 'item.helped', inPage: true, mail: 'never' }]);
	await planted('item.helped');
	expect(await found()).toEqual([]);
	await savePreferences(db, me.id, [{ kind: 'item.helped', inPage: true, mail: 'digest' }]);
	await planted('item.helped', { isMailed: true });
	expect(await found()).toEqual([]);
	const said = await rows(db, sql`select ways, is_over from opt_out order by id`);
	expect(said).toEqual([
		{ ways: ['mail'], is_over: false },
		{ ways: ['mail'], is_over: true }
	]);
});

test('muted pages, quiet times and what is followed no more are watched as well', async () => {
	await muteItem(db, me.id, page);
	await planted('item.commented');
	expect(await found()).toEqual(['item page']);
	await db.execute(sql`delete from notification`);
	await unmuteItem(db, me.id, page);
	await pause(db, me.id, 'today');
	await planted('item.commented');
	expect(await found()).toEqual([]);
	await planted('item.commented', { isMailed: true });
	expect(await found()).toEqual(['all mail']);
	await db.execute(sql`delete from notification`);
	await pause(db, me.id, 'off');
	await startFollowing(db, me, { targetKind: 'item', target: page });
	await stopFollowing(db, me, { targetKind: 'item', target: page });
	const comment = await addComment(db, author, page, { bodyMd: 'So?' });
	await planted('item.mentioned', { choice: 'person' });
	expect(await found()).toEqual([]);
	await planted('item.commented', { itemId: comment });
	expect(await found()).toEqual(['follow page']);
});

test('what was brought by something followed no more is neither mailed nor rings later, though it stays in the list', async () => {
	await startFollowing(db, me, { targetKind: 'item', target: page });
	await addComment(db, author, page, { bodyMd: 'So?' });
	const waits = () =>
		row<{ waits: boolean }>(
			db,
			sql`select read_at is null and to_mail as waits from notification where person_id = ${me.id} and kind = 'item.commented'`
		);
	await until(async () => (await waits()) !== undefined);
	expect(await waits()).toEqual({ waits: true });
	await stopFollowing(db, me, { targetKind: 'item', target: page });
	expect(await waits()).toEqual({ waits: false });
});

test('whoever opts out while many are told is told before, or not at all', async () => {
	let told: Promise<void> | undefined;
	await db.transaction(async (tx) => {
		// One is being told; their wishes were read, and the opt-out comes before it is written for good.
		await notify(tx, { eventId: newId(), kind: 'item.new', itemId: page, actorId: null }, sql`select ${me.id}::uuid`);
		told = turnOff(db, me.id, 'item.new').then(() => {});
		const early = await Promise.race([
			told.then(() => true),
			new Promise((done) => setTimeout(() => done(false), 300))
		]);
		expect(early).toBe(false);
	});
	await told;
	expect(await found()).toEqual([]);
	expect(await rows(db, sql`select 1 from notification where person_id = ${me.id}`)).toHaveLength(1);
});

test('an opt-out is never changed, and counts people as well as times', async () => {
	await turnOff(db, me.id, 'item.new');
	await turnOff(db, me.id, 'item.new');
	await muteItem(db, author.id, page);
	await muteItem(db, author.id, page);
	expect(await countOptOuts(db, 26)).toEqual({ times: 2, people: 2 });
	await expect(db.execute(sql`update opt_out set at = now()`)).rejects.toThrow();
});
