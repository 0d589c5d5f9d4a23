import { beforeAll, expect, test } from 'vitest';
import { startFollowing } from '#src/core/items/server/follows.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { takeLeave } from '#src/core/people/server/leave.ts';
import { accompany } from '#src/core/signals/server/events.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { answerQuestion, askQuestion } from './ask.ts';
import { climbDue } from './climb.ts';
import { askPerson, peopleForQuestion, peopleWhoMayKnow } from './experts.ts';
import { askForMore, commentOnQuestion } from './questions.ts';

const { db } = await testDatabase();
const always = { workStart: 0, workEnd: 1440, workDays: [1, 2, 3, 4, 5, 6, 7] };
const told: { questionId: string; step: number; personIds: string[] }[] = [];

beforeAll(() => accompany('question.climbed', async (_tx, event) => void told.push(event)));

async function aTeam(access: 'open' | 'closed' = 'open') {
	const spaceId = await aSpace(db, { access, allowAnonymous: true });
	const tag = `tag-${spaceId.slice(-12)}`;
	const person = (more = {}) => aPerson(db, { ...always, spaces: [spaceId], ...more });
	const [asker, colleague, follower, expert] = [await person(), await person(), await person(), await person()];
	const steward = await person({ steward: true });
	await startFollowing(db, follower, { targetKind: 'tag', target: tag });
	await db.execute(sql`update person set ask_me_about = ${`{${tag}}`}::text[] where id = ${expert.id}`);
	const ask = (anonymous = false) =>
		askQuestion(db, asker, { spaceId, title: `Something about ${tag}?`, bodyMd: '', tags: [tag], anonymous });
	return { spaceId, tag, person, asker, colleague, follower, expert, steward, ask };
}

const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);
const steps = (questionId: string) =>
	told.filter((event) => event.questionId === questionId).map(({ step, personIds }) => [step, personIds]);

test('nobody answers: followers of its tags, then somebody who may know, then the stewards', async () => {
	const { ask, follower, expert, steward } = await aTeam();
	const id = await ask();
	await climbDue(db, later(3.9));
	expect(steps(id)).toEqual([]);
	await climbDue(db, later(4.3));
	expect(steps(id)).toEqual([[1, [follower.id]]]);
	await climbDue(db, later(8.6));
	await climbDue(db, later(17));
	await climbDue(db, later(99));
	expect(steps(id)).toEqual([
		[1, [follower.id]],
		[2, [expert.id]],
		[3, [steward.id]]
	]);
});

test('an answer ends it; a request for more pauses it', async () => {
	const { ask, asker, colleague } = await aTeam();
	const [answered, waiting] = [await ask(), await ask()];
	await answerQuestion(db, colleague, answered, { bodyMd: 'Like this.' });
	await askForMore(db, colleague, waiting, { bodyMd: 'Which one?' });
	await climbDue(db, later(50));
	expect([...steps(answered), ...steps(waiting)]).toEqual([]);
	await commentOnQuestion(db, asker, waiting, { bodyMd: 'This one.' });
	await climbDue(db, later(5));
	expect(steps(waiting).map(([step]) => step)).toEqual([1]);
});

test('two workers at once let a question climb one step, not two', async () => {
	const { ask } = await aTeam();
	const id = await ask();
	await Promise.all([climbDue(db, later(4.1)), climbDue(db, later(4.1)), climbDue(db, later(4.1))]);
	expect(steps(id).map(([step]) => step)).toEqual([1]);
});

test('people are suggested with the reason, only among those who can read the space', async () => {
	const { ask, tag, asker, colleague, follower, expert, spaceId } = await aTeam('closed');
	await aPerson(db, { askMeAbout: [tag] });
	const id = await ask();
	await markHelped(db, asker, await answerQuestion(db, colleague, id, { bodyMd: 'So.' }), { note: '' });
	const found = await peopleWhoMayKnow(db, {
		spaceId,
		title: 'Quite another text',
		tags: [tag],
		without: [follower.id]
	});
	expect(found.map(({ id, reason }) => [id, reason])).toEqual([
		[expert.id, `wants to be asked about ${tag}`],
		[colleague.id, `answered a question on ${tag}`]
	]);
});

/** Away from today on, in UTC. */
const days = (from: number, until: number) => ({
	...{
		from: later(24 * from)
			.toISOString()
			.slice(0, 10),
		until: later(24 * until)
			.toISOString()
			.slice(0, 10),
		word: ''
	}
});

test('whoever is on leave has no chance to answer, is neither suggested nor asked by name', async () => {
	const { ask, asker, expert, colleague, follower, steward } = await aTeam();
	const [id, other] = [await ask(), await ask()];
	await askPerson(db, asker, other, { personId: expert.id });
	await takeLeave(db, expert, { ...days(0, 30), word: 'Back in spring' });
	expect(await peopleForQuestion(db, colleague, id)).toEqual([]);
	expect(await peopleForQuestion(db, colleague, other)).toMatchObject([
		{ id: expert.id, asked: true, away: { until: days(0, 30).until, word: 'Back in spring' } }
	]);
	await expect(askPerson(db, asker, id, { personId: expert.id })).rejects.toMatchObject({
		...{ kind: 'conflict', message: expect.stringMatching(/^They are away until \d+ \w+ \d{4}\. Ask somebody else\.$/) }
	});
	await climbDue(db, later(4.3));
	await climbDue(db, later(8.6));
	// Nobody is left to be asked by name, so nobody is waited for.
	await climbDue(db, later(8.7));
	expect(steps(id)).toEqual([
		[1, [follower.id]],
		[3, [steward.id]]
	]);
});

test('whoever goes on leave after being told is not waited for; stewards who are all away are told all the same', async () => {
	const { ask, expert, follower, steward } = await aTeam();
	const id = await ask();
	await climbDue(db, later(4.3));
	await takeLeave(db, follower, days(0, 9));
	await climbDue(db, later(8.4));
	expect(steps(id)).toEqual([
		[1, [follower.id]],
		[2, [expert.id]]
	]);
	await takeLeave(db, expert, days(0, 9));
	await takeLeave(db, steward, days(0, 9));
	await climbDue(db, later(16.5));
	expect(steps(id).at(-1)).toEqual([3, [steward.id]]);
});

test('somebody is asked by name once a question, and not more than three times a week', async () => {
	const { ask, asker, expert } = await aTeam();
	const ids = [await ask(), await ask(), await ask(), await ask()];
	for (const id of ids.slice(0, 3)) {
		await Promise.all([
			askPerson(db, asker, id, { personId: expert.id }),
			askPerson(db, asker, id, { personId: expert.id })
		]);
	}
	await expect(askPerson(db, asker, ids[3]!, { personId: expert.id })).rejects.toMatchObject({ kind: 'conflict' });
	expect(await peopleForQuestion(db, asker, ids[3]!)).toEqual([]);
	expect(await peopleForQuestion(db, asker, ids[0]!)).toMatchObject([{ id: expert.id, asked: true }]);
	const asks = await rows(db, sql`select 1 from question_ask where person_id = ${expert.id}`);
	expect(asks.length).toBe(3);
});

test('people outside a closed space cannot be asked, nor ask', async () => {
	const { ask, asker, expert } = await aTeam('closed');
	const outsider = await aPerson(db);
	const id = await ask();
	await expect(askPerson(db, asker, id, { personId: outsider.id })).rejects.toMatchObject({ kind: 'not_found' });
	await expect(askPerson(db, outsider, id, { personId: expert.id })).rejects.toMatchObject({ kind: 'not_found' });
});

test('an anonymous asker is suggested like everybody else, so that a gap does not name them', async () => {
	const { ask, tag, asker, colleague } = await aTeam();
	await db.execute(sql`update person set ask_me_about = ${`{${tag}}`}::text[] where id = ${asker.id}`);
	const [named, anonymous] = [await ask(), await ask(true)];
	const ids = async (id: string) => (await peopleForQuestion(db, colleague, id)).map((person) => person.id);
	expect(await ids(named)).not.toContain(asker.id);
	expect(await ids(anonymous)).toContain(asker.id);
});
