import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { acceptAnswer } from '#src/ask/server/questions.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { usefulPages } from '#src/testing/community.ts';
import { testDatabase } from '#src/testing/database.ts';
import { readInsights } from './read.ts';

const { db } = await testDatabase();

async function aTendedSpace() {
	const spaceId = await aSpace(db, { allowAnonymous: true });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const expert = await aPerson(db, { spaces: [spaceId], name: 'Ada Expert' });
	return { spaceId, steward, expert, asker: await aPerson(db, { spaces: [spaceId] }) };
}

const topicsOf = async (viewer: Viewer, spaceId: string) => (await readInsights(db, viewer, spaceId)).topics;

async function accepted(asker: Viewer, by: Viewer, spaceId: string, tag: string, anonymous = false) {
	const question = await askQuestion(db, asker, {
		...{ spaceId, title: 'How is it sealed?', bodyMd: '', tags: [tag], anonymous }
	});
	const answer = await answerQuestion(db, by, question, { bodyMd: 'With tape.' });
	await acceptAnswer(db, asker, answer);
	return answer;
}

test('a topic hangs on one person from five useful things on, seven of ten by them; answers count as their question is tagged', async () => {
	const { spaceId, steward, expert, asker } = await aTendedSpace();
	await usefulPages(db, expert, spaceId, 'sealing', 3);
	await accepted(asker, expert, spaceId, 'sealing');
	expect(await topicsOf(steward, spaceId)).toEqual([]);
	await accepted(asker, expert, spaceId, 'sealing');
	const person = { id: expert.id, name: 'Ada Expert', isHere: true, isYou: false };
	expect(await topicsOf(steward, spaceId)).toEqual([
		{
			...{ tag: 'sealing', useful: 5, byOne: 5, person, others: 0, yes: [] },
			...{ askedToWriteAt: null, soughtAt: null, asked: null }
		}
	]);
	// Of seven, five are 71 of a hundred; of eight, 62.
	await usefulPages(db, asker, spaceId, 'sealing', 1);
	await accepted(steward, asker, spaceId, 'sealing');
	expect(await topicsOf(steward, spaceId)).toMatchObject([{ useful: 7, byOne: 5, others: 1 }]);
	await usefulPages(db, steward, spaceId, 'sealing', 1);
	expect(await topicsOf(steward, spaceId)).toEqual([]);
});

test('what is without a name, helped nobody, was accepted by whoever wrote it, is older or was removed is not counted', async () => {
	const { spaceId, steward, expert, asker } = await aTendedSpace();
	const pages = await usefulPages(db, expert, spaceId, 'tape', 4);
	// Their own question without a name, answered by themselves: the answer has no name either.
	const own = await accepted(expert, expert, spaceId, 'tape', true);
	await db.execute(sql`update item set helped_count = 3 where id = ${own}`);
	// And with a name, accepted by themselves.
	await accepted(expert, expert, spaceId, 'tape');
	expect(await topicsOf(steward, spaceId)).toEqual([]);
	const fifth = await accepted(asker, expert, spaceId, 'tape');
	expect(await topicsOf(steward, spaceId)).toMatchObject([{ tag: 'tape', useful: 5, byOne: 5 }]);
	await db.execute(sql`update item set created_at = now() - interval '181 days' where id = ${fifth}`);
	expect(await topicsOf(steward, spaceId)).toEqual([]);
	await db.execute(sql`update item set created_at = now() where id = ${fifth}`);
	await db.execute(sql`update item set state = 'removed' where id = ${pages[0]!}`);
	expect(await topicsOf(steward, spaceId)).toEqual([]);
});

test('questions without a useful answer stand oldest first, until one is accepted or helps', async () => {
	const { spaceId, steward, expert, asker } = await aTendedSpace();
	const ask = (title: string) => askQuestion(db, asker, { spaceId, title, bodyMd: '', tags: [], anonymous: false });
	const [first, second] = [await ask('How do I seal a box?'), await ask('Which tape is best?')];
	await db.execute(sql`update item set created_at = now() - interval '100 days' where id = ${second}`);
	const answer = await answerQuestion(db, expert, first, { bodyMd: 'With tape.' });
	const unanswered = async () => (await readInsights(db, steward, spaceId)).unanswered;
	expect(await unanswered()).toMatchObject({
		inAll: 2,
		questions: [
			{ id: second, answers: 0, needsInfo: false },
			{ id: first, answers: 1 }
		]
	});
	// Sixty days hold at least forty working days of eight hours: no more is counted.
	const [old] = (await unanswered()).questions;
	expect(old!.workMinutes).toBeGreaterThanOrEqual(40 * 480);
	expect(old!.workMinutes).toBeLessThanOrEqual(44 * 480);
	await acceptAnswer(db, asker, answer);
	expect(await unanswered()).toMatchObject({ inAll: 1, questions: [{ id: second }] });
});
