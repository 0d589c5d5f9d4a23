import { expect, test } from 'vitest';
import { attemptQuestion, checkAttempt } from '../../server/schema.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aCheck } from '#src/testing/checks.ts';
import { testDatabase } from '#src/testing/database.ts';
import { statisticsOf } from './statistics.ts';

const { db } = await testDatabase();

test('first attempts of twenty people are summed up; second ones and open ones do not count', async () => {
	const spaceId = await aSpace(db);
	const author = await aPerson(db, { spaces: [spaceId] });
	const { id, bankId, questions } = await aCheck(db, author, spaceId, { types: ['choice', 'short', 'numeric'] });
	const attempt = async (
		personId: string,
		number: number,
		right: boolean,
		state: 'passed' | 'failed' | 'open' = 'failed'
	) => {
		const attemptId = newId();
		const startedAt = new Date(Date.UTC(2026, 0, number));
		await db
			.insert(checkAttempt)
			.values({ id: attemptId, itemId: id, personId, number, grader: 1, passPercent: 80, state, startedAt });
		const lines = Object.values(questions).map((questionId, position) => ({
			...{ attemptId, questionId: questionId!, version: 1, position, seed: 1, points: right ? 1 : 0, most: 1 },
			answer: position === 0 ? { chosen: [right ? 'find' : 'refuse'] } : null
		}));
		await db.insert(attemptQuestion).values(lines);
	};
	for (let person = 0; person < 19; person++) {
		const { id: personId } = await aPerson(db);
		await attempt(personId, 1, person < 10);
		await attempt(personId, 2, true, 'passed');
	}
	await attempt((await aPerson(db)).id, 1, true, 'open');
	expect(await statisticsOf(db, author, bankId, { limit: 50 })).toMatchObject({
		attempts: null,
		questions: [],
		reliability: null
	});
	await attempt((await aPerson(db)).id, 1, false);
	const found = await statisticsOf(db, author, bankId, { limit: 50 });
	expect(found).toMatchObject({
		attempts: 20,
		reliability: { n: 20, questions: 3, alpha: expect.closeTo(1, 10), rightOrWrong: true }
	});
	expect(found.questions).toHaveLength(3);
	expect(found.questions[0]).toMatchObject({
		p: 0.5,
		n: 20,
		options: [{ key: 'find', share: 0.5, right: true }, { share: 0.5 }, { key: 'pay', idle: true }]
	});
	await expect(statisticsOf(db, await aPerson(db, { spaces: [spaceId] }), bankId, { limit: 50 })).rejects.toMatchObject(
		{
			kind: 'forbidden'
		}
	);
});
