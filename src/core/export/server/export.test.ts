import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import { saveDraft } from '#src/core/items/server/drafts.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { exportOwnData } from './export.ts';

const { db } = await testDatabase();
testFiles();

async function exported(viewer: Viewer) {
	const chunks: Uint8Array[] = [];
	for await (const chunk of exportOwnData(db, viewer)) chunks.push(chunk);
	const entries = Object.entries(unzipSync(Buffer.concat(chunks))).map(([name, content]) => [name, strFromU8(content)]);
	const all = Object.fromEntries(entries) as Record<string, string>;
	return { all, json: (name: string) => JSON.parse(all[name]!) as never[], text: JSON.stringify(all) };
}

async function scene() {
	const spaceId = await aSpace(db, { access: 'closed' });
	const ada = await aPerson(db, { name: 'Ada', spaces: [spaceId] });
	const bob = await aPerson(db, { name: 'Bob', spaces: [spaceId] });
	const write = (who: Viewer, more: object) =>
		db.transaction((tx) => createItem(tx, who, { kind: 'question', spaceId, bodyMd: 'Body', ...more }));
	return { spaceId, ada, bob, write };
}

test('it holds all one has written, done and set', async () => {
	const { ada, bob, write } = await scene();
	const question = await write(ada, { title: 'Reset the till?', bodyMd: 'It **hangs**', tags: ['till'] });
	await db.transaction((tx) => editItem(tx, ada, question, { bodyMd: 'It _hangs_', version: 1 }));
	const others = await write(bob, { title: 'Of Bob' });
	const answer = await write(ada, { kind: 'answer', parentId: others, bodyMd: 'My answer' });
	await db.execute(sql`insert into helped (person_id, item_id, note) values (${ada.id}, ${others}, 'saved my day')`);
	await saveDraft(db, ada, { key: 'question', content: { title: 'half' } });
	const file = await storeFile(db, ada, { name: 'notes.txt', content: new TextEncoder().encode('my notes') });
	const { all, json } = await exported(ada);
	const page = Object.entries(all).find(([name]) => name.startsWith('items/question/'))!;
	expect(page[0]).toMatch(/\d{4}-\d\d-\d\d-reset-the-till-[0-9a-f]{8}\.md$/);
	expect(page[1]).toMatch(/^---\n[^]*title: Reset the till\?\n[^]*anonymous: false[^]*---\n\nIt _hangs_\n$/);
	expect(json('items.json')).toMatchObject([
		{ id: question, body_md: 'It _hangs_' },
		{ id: answer, parent: { id: others, title: 'Of Bob' } }
	]);
	expect(json('revisions.json')).toHaveLength(3);
	expect(json('helped.json')).toMatchObject([{ note: 'saved my day' }]);
	expect(json('drafts.json')).toMatchObject([{ content: { title: 'half' } }]);
	expect(json('profile.json')).toMatchObject({ name: 'Ada', spaces: [{ role: 'member' }] });
	expect(all[`files/${file.id.slice(-8)}-notes.txt`]).toBe('my notes');
});

test('of others it holds no text, no name, and no title one may not read any more', async () => {
	const { spaceId, ada, bob, write } = await scene();
	const others = await write(bob, { title: 'Secret plan of Bob', bodyMd: 'Words of Bob' });
	await write(ada, { kind: 'answer', parentId: others, bodyMd: 'My answer' });
	await db.execute(sql`insert into helped (person_id, item_id) values (${ada.id}, ${others})`);
	await db.execute(sql`update space_member set role = 'steward' where person_id = ${ada.id}`);
	const steward = await viewerOf(db, ada.id);
	await db.transaction((tx) => editItem(tx, steward, others, { bodyMd: 'Words of Bob, corrected', version: 1 }));
	expect((await exported(ada)).json('revisions.json')).toHaveLength(2);
	expect((await exported(ada)).text).not.toMatch(/Words of Bob|"Bob"/);
	await db.execute(sql`delete from space_member where person_id = ${ada.id} and space_id = ${spaceId}`);
	const { text } = await exported(await viewerOf(db, ada.id));
	expect(text).toContain('My answer');
	expect(text).not.toContain('Secret plan');
});

test('what one wrote without name is in one’s own export, marked, and in no other', async () => {
	const { ada, bob, write } = await scene();
	const masked = await write(ada, { title: 'Asked without name', anonymous: true });
	await write(bob, { kind: 'answer', parentId: masked, bodyMd: 'Answer of Bob' });
	const own = await exported(ada);
	expect(own.json('items.json')).toMatchObject([{ id: masked, anonymous: true }]);
	const { text } = await exported(bob);
	expect(text).toContain('Asked without name');
	expect(text).not.toContain(ada.id);
});

test('long lists come whole', async () => {
	const { ada, spaceId } = await scene();
	await db.execute(
		sql`insert into signal (id, actor_id, verb, space_id) select gen_random_uuid(), ${ada.id}, 'read', ${spaceId} from generate_series(1, 1234)`
	);
	expect((await exported(ada)).json('signals.json')).toHaveLength(1234);
});

test('one who has done nothing gets a profile and empty lists', async () => {
	const { all, json } = await exported(await aPerson(db));
	expect(json('items.json')).toEqual([]);
	expect(all['README.txt']).toContain('profile.json');
});
