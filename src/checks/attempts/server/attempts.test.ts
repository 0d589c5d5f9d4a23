import fc from 'fast-check';
import { expect, test } from 'vitest';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aCheck, aQuestion, exampleQuestions } from '#src/testing/checks.ts';
import { testDatabase } from '#src/testing/database.ts';
import { drawnOrder, matchable, toKeys, toNames } from '../shown.ts';
import type { Answer } from '../../answer.ts';
import { questionContent } from '../../question.ts';
import { saveAnswers } from './sheet.ts';
import { readAttempt } from './read.ts';
import { startAttempt } from './start.ts';
import { submitAttempt } from './submit.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const examples = exampleQuestions({ image: `/files/${newId()}/a.png`, reviewerId: author.id });
const key: Record<string, Answer> = {
	choice: { chosen: ['find'] },
	numeric: { value: '505', unit: 'kg' },
	short: { text: 'No receipt' },
	show: { url: 'https://example.org/film', note: '' }
};

const drawnOf = (attemptId: string) =>
	rows<{ id: string; seed: number; type: string; content: never }>(
		db,
		sql`select q.question_id as id, q.seed, v.content ->> 'type' as type, v.content from attempt_question q
			join bank_question_version v on v.question_id = q.question_id and v.version = q.version
			where q.attempt_id = ${attemptId} order by q.position`
	);
const stateOf = (id: string) =>
	row<{ state: string; points: number; revision: number; given_back: number; test_out: boolean }>(
		db,
		sql`select state, points, revision, given_back, test_out from check_attempt where id = ${id}`
	);
const events = (id: string) =>
	rows<{ name: string }>(db, sql`select data ->> 'name' as name from pgboss.job where data ->> 'attemptId' = ${id}`);

/** The right answers as the page would send them. */
async function rightAnswers(attemptId: string) {
	const drawn = await drawnOf(attemptId);
	return Object.fromEntries(
		drawn.map(({ id, seed, type, content }) => [
			id,
			{ ...toNames(content, seed, key[type]!) } as Record<string, unknown>
		])
	);
}

test('an attempt is resumed, saved, handed in once, and what is asked ends with it', async () => {
	const { id } = await aCheck(db, author, spaceId, { types: ['choice', 'numeric', 'short'] });
	await db.execute(sql`update check_item set content_minutes = 20 where item_id = ${id}`);
	const taker = await aPerson(db, { spaces: [spaceId] });
	const [attempt, again] = await Promise.all([startAttempt(db, taker, id), startAttempt(db, taker, id)]);
	expect(again).toBe(attempt);
	expect(await startAttempt(db, taker, id)).toBe(attempt);
	expect(await readAttempt(db, taker, attempt)).toMatchObject({ left: null, clock: null });
	const answers = await rightAnswers(attempt);
	const [first] = Object.keys(answers);
	expect(await saveAnswers(db, taker, attempt, { revision: 0, answers: { [first!]: answers[first!]! } })).toBe(1);
	// A lost answer is sent again: nothing changes.
	expect(await saveAnswers(db, taker, attempt, { revision: 0, answers: { [first!]: answers[first!]! } })).toBe(1);
	const double = await Promise.all([1, 2, 3].map(() => submitAttempt(db, taker, attempt, { revision: 1, answers })));
	expect(double).toEqual(['passed', 'passed', 'passed']);
	expect(await stateOf(attempt)).toEqual({ state: 'passed', points: 3, revision: 2, given_back: 20, test_out: true });
	expect((await events(attempt)).map(({ name }) => name)).toEqual(['check.passed']);
	expect(await rows(db, sql`select 1 from signal where actor_id = ${taker.id} and verb = 'passed'`)).toHaveLength(1);
	expect(await startAttempt(db, taker, id)).not.toBe(attempt);
});

test('the later of two tabs is refused with what the first one saved, also once it was handed in', async () => {
	const { id } = await aCheck(db, author, spaceId, { types: ['short', 'numeric'] });
	const taker = await aPerson(db, { spaces: [spaceId] });
	const attempt = await startAttempt(db, taker, id);
	const question = (await drawnOf(attempt)).find(({ type }) => type === 'short')!.id;
	const save = (revision: number, text: string) =>
		saveAnswers(db, taker, attempt, { revision, answers: { [question]: { text } } });
	expect(await save(0, 'first')).toBe(1);
	await expect(save(0, 'second')).rejects.toMatchObject({
		kind: 'conflict',
		details: { current: { revision: 1, answers: { [question]: { text: 'first' } } } }
	});
	expect(await save(1, 'second')).toBe(2);
	expect(await submitAttempt(db, taker, attempt, { revision: 2, answers: {} })).toBe('failed');
	await expect(save(2, 'third')).rejects.toMatchObject({ kind: 'conflict' });
	const late = submitAttempt(db, taker, attempt, { revision: 2, answers: { [question]: { text: 'third' } } });
	await expect(late).rejects.toMatchObject({ kind: 'conflict' });
	expect(await submitAttempt(db, taker, attempt, { revision: 0, answers: { [question]: { text: 'second' } } })).toBe(
		'failed'
	);
});

test('what cannot be read is refused at its question, and nobody answers for somebody else', async () => {
	const { id } = await aCheck(db, author, spaceId, { types: ['choice', 'short'] });
	const taker = await aPerson(db, { spaces: [spaceId] });
	const attempt = await startAttempt(db, taker, id);
	const drawn = await drawnOf(attempt);
	const save = (answers: Record<string, Record<string, unknown>>, by = taker) =>
		saveAnswers(db, by, attempt, { revision: 0, answers });
	for (const { id: question } of drawn)
		await expect(save({ [question]: { text: 'x'.repeat(5001) } })).rejects.toMatchObject({
			kind: 'invalid',
			fields: { [question]: expect.any(String) }
		});
	await expect(save({ [newId()]: { text: 'x' } })).rejects.toMatchObject({ kind: 'invalid' });
	await expect(save({}, author)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(startAttempt(db, taker, newId())).rejects.toMatchObject({ kind: 'not_found' });
	// HTML is words like any others, and a null byte is no word at all.
	const short = drawn.find(({ type }) => type === 'short')!.id;
	expect(await save({ [short]: { text: '<script>alert(1)</script>' } })).toBe(1);
	await expect(
		saveAnswers(db, taker, attempt, { revision: 1, answers: { [short]: { text: 'a\0b' } } })
	).rejects.toMatchObject({ kind: 'invalid' });
});

test('an edited question never changes an attempt that has begun', async () => {
	const { id, questions } = await aCheck(db, author, spaceId, { types: ['short'] });
	const taker = await aPerson(db, { spaces: [spaceId] });
	const attempt = await startAttempt(db, taker, id);
	const answers = await rightAnswers(attempt);
	const other = { ...examples.short, accepted: [{ match: 'words', text: 'another', share: 1, why: '' }] };
	await db.execute(
		sql`insert into bank_question_version (question_id, version, content) values (${questions.short}, 2, ${JSON.stringify(other)}::text::jsonb)`
	);
	await db.execute(sql`update bank_question set version = 2 where id = ${questions.short}`);
	expect(await submitAttempt(db, taker, attempt, { revision: 0, answers })).toBe('passed');
});

test('what is shown waits for a person', async () => {
	const { id } = await aCheck(db, author, spaceId, { types: ['show', 'choice'] });
	const taker = await aPerson(db, { spaces: [spaceId] });
	const attempt = await startAttempt(db, taker, id);
	expect(await submitAttempt(db, taker, attempt, { revision: 0, answers: await rightAnswers(attempt) })).toBe(
		'in_review'
	);
	expect((await events(attempt)).map(({ name }) => name)).toEqual(['check.in_review']);
});

test('what comes after the clock of the job is kept, told apart, and does not count', async () => {
	const { id } = await aCheck(db, author, spaceId, { types: ['choice'] });
	await db.execute(sql`update check_item set job_seconds = 30, job_clock = 'The alarm' where item_id = ${id}`);
	const taker = await aPerson(db, { spaces: [spaceId] });
	const attempt = await startAttempt(db, taker, id);
	await db.execute(sql`update check_attempt set started_at = now() - interval '31 seconds' where id = ${attempt}`);
	expect(await submitAttempt(db, taker, attempt, { revision: 0, answers: await rightAnswers(attempt) })).toBe('failed');
	expect(await row(db, sql`select late, answer, points from attempt_question where attempt_id = ${attempt}`)).toEqual({
		...{ late: true, answer: key.choice, points: 0 }
	});
});

test('no question comes again while others are left, then those had longest ago', async () => {
	await fc.assert(
		fc.asyncProperty(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 3 }), async (pool, draws) => {
			const taker = await aPerson(db, { spaces: [spaceId] });
			const { id, objectives, bankId } = await aCheck(db, author, spaceId, { types: ['choice'] });
			await db.execute(sql`update check_draw set draws = ${draws} where item_id = ${id}`);
			for (let more = 1; more < pool; more += 1)
				await aQuestion(db, author, bankId, 'choice', { objectiveId: objectives.choice! });
			const had: string[] = [];
			for (let take = 0; take < 4; take += 1) {
				const attempt = await startAttempt(db, taker, id);
				const drawn = (await drawnOf(attempt)).map((each) => each.id);
				expect(new Set(drawn).size).toBe(Math.min(draws, pool));
				const unseen = pool - new Set(had).size;
				expect(drawn.filter((each) => !had.includes(each))).toHaveLength(Math.min(unseen, drawn.length));
				const again = drawn.filter((each) => had.includes(each));
				const rest = [...new Set(had)].filter((each) => !drawn.includes(each));
				for (const one of again)
					for (const other of rest) expect(had.lastIndexOf(one)).toBeLessThanOrEqual(had.lastIndexOf(other) + draws);
				had.push(...drawn);
				await submitAttempt(db, taker, attempt, { revision: 0, answers: {} });
			}
		}),
		{ numRuns: 6 }
	);
});

test('pieces are shown in an order drawn by lot, never solved, and go back to their keys', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 2147483646 }),
			fc.constantFrom('choice', 'order', 'match', 'form'),
			(seed, type) => {
				const content = questionContent.parse(examples[type as 'order']);
				const places = drawnOrder(content, seed);
				expect([...places].sort()).toEqual(places.map((_, at) => at));
				if (content.type === 'order') expect(places).not.toEqual(places.map((_, at) => at));
				if (content.type === 'match') {
					const left = places.map((at) => content.pairs[at]!.right);
					expect(matchable(content, seed).slice(0, left.length)).not.toEqual(left);
				}
				const answer: Record<string, Answer> = {
					...{ choice: { chosen: ['find', 'pay'] }, order: { keys: ['pay', 'look'] } },
					...{ match: { pairs: { new: 'Waste' } }, form: { fields: { goods: 'Kettle' } } }
				};
				const named = toNames(content, seed, answer[type]!);
				expect(JSON.stringify(named)).not.toMatch(/find|pay|look|new|goods/);
				expect(toKeys(content, seed, named)).toEqual(answer[type]);
			}
		)
	);
	const firsts = Array.from({ length: 300 }, (_, seed) => drawnOrder(questionContent.parse(examples.choice), seed)[0]);
	for (const place of [0, 1, 2]) expect(firsts.filter((first) => first === place).length).toBeGreaterThan(60);
});
