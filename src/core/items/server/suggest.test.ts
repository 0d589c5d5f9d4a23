import { expect, test } from 'vitest';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { sql } from '#src/platform/server/db.ts';
import { suggestPeople, suggestTags } from './suggest.ts';
import { createItem } from './write.ts';

const { db } = await testDatabase();
const labels = (found: { label: string }[]) => found.map(({ label }) => label);

test('people are found by the beginning of a part of their name, members first', async () => {
	const space = await aSpace(db);
	const viewer = await aPerson(db, { name: 'Zora Viewer', spaces: [space] });
	await aPerson(db, { name: 'Zoltan Outside' });
	await aPerson(db, { name: 'Maria Zobel', spaces: [space] });
	const gone = await aPerson(db, { name: 'Zoe Gone', spaces: [space] });
	await db.execute(sql`update person set deactivated_at = now() where id = ${gone.id}`);
	expect(labels(await suggestPeople(db, viewer, { q: 'zo', space }))).toEqual(['Maria Zobel', 'Zoltan Outside']);
	expect(labels(await suggestPeople(db, viewer, { q: 'z%', space }))).toEqual([]);
	expect(labels(await suggestPeople(db, viewer, { q: 'Zo' }))).toEqual(['Maria Zobel', 'Zoltan Outside']);
});

test('a closed space suggests its members alone, and to nobody else', async () => {
	const space = await aSpace(db, { access: 'closed' });
	const member = await aPerson(db, { spaces: [space] });
	await aPerson(db, { name: 'Quentin Member', spaces: [space] });
	const outsider = await aPerson(db, { name: 'Quincy Outside' });
	expect(labels(await suggestPeople(db, member, { q: 'qu', space }))).toEqual(['Quentin Member']);
	expect(await suggestPeople(db, outsider, { q: 'qu', space })).toEqual([]);
	expect(await suggestPeople(db, outsider, { q: 'qu', space: "x' or 1=1" })).toEqual([]);
});

test('tags come from what the viewer may read', async () => {
	const [open, secret] = [await aSpace(db), await aSpace(db, { access: 'secret' })];
	const writer = await aPerson(db, { spaces: [open, secret] });
	const write = (spaceId: string, tags: string[]) =>
		db.transaction((tx) => createItem(tx, writer, { kind: 'question', spaceId, bodyMd: 'x', tags }));
	await write(open, ['till', 'tile']);
	await write(open, ['till']);
	await write(secret, ['tilting-project']);
	const outsider = await viewerOf(db, (await aPerson(db)).id);
	expect(labels(await suggestTags(db, outsider, { q: 'Til' }))).toEqual(['#till', '#tile']);
	expect(labels(await suggestTags(db, writer, { q: 'til' }))).toContain('#tilting-project');
});
