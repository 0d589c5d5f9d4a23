import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { mostHelpful } from './helpful.ts';
import { pinItem, pinsOf, unpinItem } from './pins.ts';

const { db } = await testDatabase();

async function aTeam() {
	const spaceId = await aSpace(db, { access: 'closed' });
	const spaces = [spaceId];
	const steward = await aPerson(db, { spaces, steward: true });
	const [member, other] = [await aPerson(db, { spaces }), await aPerson(db, { spaces })];
	const page = (title: string) => writePage(db, member, { spaceId, title, bodyMd: '', tags: [] });
	return { spaceId, steward, member, other, page };
}

test('stewards pin five things, which members see and others do not', async () => {
	const { spaceId, steward, member, page } = await aTeam();
	const ids: string[] = [];
	for (const title of ['1', '2', '3', '4', '5', '6']) ids.push(await page(title));
	for (const id of ids.slice(0, 5)) await pinItem(db, steward, spaceId, id);
	await pinItem(db, steward, spaceId, ids[0]!);
	await expect(pinItem(db, steward, spaceId, ids[5]!)).rejects.toMatchObject({
		fields: { itemId: expect.stringContaining('five') }
	});
	expect((await pinsOf(db, member, spaceId)).map(({ title }) => title)).toEqual(['5', '4', '3', '2', '1']);
	await expect(pinItem(db, member, spaceId, ids[5]!)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(unpinItem(db, member, spaceId, ids[0]!)).rejects.toMatchObject({ kind: 'forbidden' });
	await db.transaction((tx) => changeState(tx, member, ids[4]!, 'archived'));
	await unpinItem(db, steward, spaceId, ids[3]!);
	await pinItem(db, steward, spaceId, ids[5]!);
	expect((await pinsOf(db, member, spaceId)).map(({ title }) => title)).toEqual(['6', '3', '2', '1']);
	expect(await pinsOf(db, await aPerson(db), spaceId)).toEqual([]);
});

test('a reader does not see what is pinned from where they may not read', async () => {
	const { spaceId, member } = await aTeam();
	const secret = await aSpace(db, { access: 'secret' });
	const insider = await aPerson(db, { spaces: [secret, spaceId], steward: true });
	const hidden = await writePage(db, insider, { spaceId: secret, title: 'Hidden', bodyMd: '', tags: [] });
	await pinItem(db, insider, spaceId, hidden);
	expect(await pinsOf(db, insider, spaceId)).toMatchObject([{ id: hidden }]);
	expect(await pinsOf(db, member, spaceId)).toEqual([]);
});

test('what helped most in the last 30 days comes first, an answer for its question', async () => {
	const { spaceId, steward, member, other, page } = await aTeam();
	const question = await askQuestion(db, other, { spaceId, title: 'How?', bodyMd: '', tags: [], anonymous: false });
	const answer = await answerQuestion(db, member, question, { bodyMd: 'So.' });
	const [one, old] = [await page('One'), await page('Old')];
	for (const id of [answer, one, old]) await markHelped(db, steward, id, { note: '' });
	await markHelped(db, other, answer, { note: '' });
	await db.execute(sql`update helped set created_at = now() - interval '31 days' where item_id = ${old}`);
	const filter = { space: spaceId, limit: 10 };
	expect(await mostHelpful(db, member, filter)).toMatchObject([
		{ id: question, marks: 2 },
		{ id: one, marks: 1 }
	]);
	expect(await mostHelpful(db, await aPerson(db), filter)).toEqual([]);
	expect(await mostHelpful(db, member, { space: spaceId, limit: 1 })).toHaveLength(1);
});
