import { expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { markHelped, takeBackHelped } from '#src/core/items/server/helped.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { answerTimes } from './answer-times.ts';
import { answerQuestion, askQuestion } from './ask.ts';
import { markDuplicate, unmarkDuplicate } from './duplicates.ts';
import { listQuestions, questionFilter } from './list.ts';
import { acceptAnswer, askForMore, commentOnQuestion, editQuestion, takeBackAcceptance } from './questions.ts';
import { readQuestion } from './read.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db, { allowAnonymous: true });
const asker = await aPerson(db, { spaces: [spaceId] });
const colleague = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });
const stranger = await aPerson(db);

const ask = (viewer: Viewer = asker, more = {}) =>
	askQuestion(db, viewer, {
		spaceId,
		title: 'How do I reset the till?',
		bodyMd: '',
		tags: ['till'],
		anonymous: false,
		...more
	});
const read = (id: string, viewer = colleague) => readQuestion(db, viewer, id);

test('the asker or a steward accepts, nobody else; another answer takes its place', async () => {
	const id = await ask();
	const [first, second] = [
		await answerQuestion(db, colleague, id, { bodyMd: 'Hold the green key.' }),
		await answerQuestion(db, steward, id, { bodyMd: 'Unplug it.' })
	];
	await expect(acceptAnswer(db, colleague, first)).rejects.toMatchObject({ kind: 'forbidden' });
	await acceptAnswer(db, asker, first);
	await acceptAnswer(db, steward, second);
	const page = await read(id);
	expect([page.status, page.answers.map(({ id, accepted }) => [id, accepted])]).toEqual([
		'answered',
		[
			[second, true],
			[first, false]
		]
	]);
	await takeBackAcceptance(db, asker, id);
	expect((await read(id)).status).toBe('open');
});

test('a question that needs more waits, and goes on when the asker adds to it', async () => {
	const id = await ask();
	await askForMore(db, colleague, id, { bodyMd: 'Which till is it?' });
	expect((await read(id)).status).toBe('needs_info');
	await commentOnQuestion(db, colleague, id, { bodyMd: 'I mean the model.' });
	expect((await read(id)).status).toBe('needs_info');
	await commentOnQuestion(db, asker, id, { bodyMd: 'The old one.' });
	const page = await read(id);
	expect([page.status, page.comments.length]).toEqual(['open', 3]);
	await expect(askForMore(db, asker, id, { bodyMd: 'Hm?' })).rejects.toMatchObject({ kind: 'invalid' });
});

test('a duplicate leads to the original, which shows its answers; chains and circles do not arise', async () => {
	const [a, b, c] = [await ask(), await ask(), await ask()];
	const answer = await answerQuestion(db, colleague, a, { bodyMd: 'Given to the duplicate.' });
	await markDuplicate(db, asker, a, b);
	expect(await markDuplicate(db, asker, b, c)).toBe(c);
	expect((await read(a)).duplicateOf).toBe(c);
	expect((await read(c)).answers.map(({ id, givenTo }) => [id, givenTo])).toEqual([[answer, a]]);
	await expect(markDuplicate(db, asker, c, a)).rejects.toMatchObject({ kind: 'invalid' });
	await expect(markDuplicate(db, colleague, c, a)).rejects.toMatchObject({ kind: 'forbidden' });
	await unmarkDuplicate(db, steward, a);
	expect([(await read(a)).status, (await read(c)).answers]).toEqual(['open', []]);
});

test('two merges that point at each other end in one original', async () => {
	const [a, b] = [await ask(), await ask()];
	await Promise.allSettled([markDuplicate(db, asker, a, b), markDuplicate(db, asker, b, a)]);
	const states = [(await read(a)).status, (await read(b)).status].sort();
	expect(states).toEqual(['duplicate', 'open']);
});

test('a form sent twice asks once, also at the same time', async () => {
	const submission = newId();
	const ids = await Promise.all([ask(asker, { submission }), ask(asker, { submission }), ask(asker, { submission })]);
	expect(new Set(ids).size).toBe(1);
});

test('an anonymous asker is known to nobody else, whatever they write beneath', async () => {
	const id = await ask(asker, { anonymous: true });
	await commentOnQuestion(db, asker, id, { bodyMd: 'One more thing.' });
	await answerQuestion(db, asker, id, { bodyMd: 'I found it myself.' });
	for (const viewer of [colleague, steward]) {
		const page = await read(id, viewer);
		expect(JSON.stringify(page)).not.toContain(asker.id);
		expect(JSON.stringify(page)).not.toContain(asker.name);
		expect([page.author, page.comments[0]!.author, page.answers[0]!.author]).toEqual(
			Array(3).fill({ id: null, name: 'Anonymous', image: null, anonymous: true, you: false })
		);
	}
	expect((await read(id, asker)).author).toMatchObject({ id: asker.id, anonymous: true, you: true });
	const list = await listQuestions(db, colleague, questionFilter.parse({ space: spaceId }));
	expect(list.items.find((line) => line.id === id)!.author.id).toBeNull();
});

test('of two people who edit at once the second sees both texts, and nothing is lost', async () => {
	const id = await ask();
	const edit = (viewer: Viewer, bodyMd: string) =>
		editQuestion(db, viewer, id, { title: 'How do I reset the till?', bodyMd, tags: [], note: '', version: 1 });
	await edit(asker, 'First.');
	await expect(edit(steward, 'Second.')).rejects.toMatchObject({
		kind: 'conflict',
		details: { current: { version: 2, bodyMd: 'First.' } }
	});
});

test('counts stay right when many answer, mark and remove at once', async () => {
	const id = await ask();
	const people = await Promise.all(Array.from({ length: 8 }, () => aPerson(db, { spaces: [spaceId] })));
	const answers = await Promise.all(people.map((person) => answerQuestion(db, person, id, { bodyMd: 'Mine.' })));
	await Promise.all(
		people.slice(1).map((person) => markHelped(db, person, answers[0]!, { minutesSaved: 5, note: '' }))
	);
	await Promise.all([
		db.transaction((tx) => changeState(tx, people[1]!, answers[1]!, 'removed')),
		takeBackHelped(db, people[7]!, answers[0]!)
	]);
	const page = await read(id);
	expect([page.answers.length, page.answers[0]!.helpedCount, page.answers[0]!.helpedMinutes]).toEqual([7, 6, 30]);
	const listed = await listQuestions(db, colleague, questionFilter.parse({ space: spaceId }));
	expect(listed.items.find((line) => line.id === id)!.answerCount).toBe(7);
});

test('people outside a closed space see neither the question nor that it exists', async () => {
	const closed = await aSpace(db, { access: 'closed' });
	const member = await aPerson(db, { spaces: [closed] });
	const id = await ask(member, { spaceId: closed });
	await expect(read(id, stranger)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(answerQuestion(db, stranger, id, { bodyMd: 'Hello' })).rejects.toMatchObject({ kind: 'not_found' });
	expect((await listQuestions(db, stranger, questionFilter.parse({ space: closed }))).items).toEqual([]);
});

test('a list goes on where the page before ended', async () => {
	const space = await aSpace(db);
	const person = await aPerson(db, { spaces: [space] });
	for (let n = 0; n < 5; n += 1) await ask(person, { spaceId: space, title: `Question number ${n}` });
	const first = await listQuestions(db, person, questionFilter.parse({ space, limit: 2 }));
	const second = await listQuestions(db, person, questionFilter.parse({ space, limit: 10, cursor: first.next! }));
	expect([...first.items, ...second.items].map(({ title }) => title)).toEqual(
		[4, 3, 2, 1, 0].map((n) => `Question number ${n}`)
	);
	expect(second.next).toBeNull();
});

test('a space tells how long its questions wait; those that still wait count as longest', async () => {
	const space = await aSpace(db);
	const person = await aPerson(db, { spaces: [space] });
	const ids = [];
	for (let n = 0; n < 4; n += 1) ids.push(await ask(person, { spaceId: space }));
	for (const id of ids.slice(0, 2))
		await acceptAnswer(db, person, await answerQuestion(db, person, id, { bodyMd: 'Yes.' }));
	const times = await answerTimes(db, person, space);
	expect(times).toMatchObject({ questions: 4, answered: 2, p90Minutes: null });
	expect(times.p50Minutes).toBeGreaterThanOrEqual(0);
});
