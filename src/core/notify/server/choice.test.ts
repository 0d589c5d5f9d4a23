import { globSync, readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { flagOutdated } from '#src/core/items/server/flags.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { mailPurposes } from '#src/platform/server/mail.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { until } from '#src/testing/smtp.ts';
import { choosers } from '../choice.ts';
import { allKinds } from '../kinds.ts';
import { notify } from './fan-out.ts';
import { otherWays } from './other-ways.ts';

const { db } = await testDatabase({ work: true });
let space: string;
let author: Viewer;

beforeEach(async () => {
	space = await aSpace(db);
	author = await aPerson(db, { spaces: [space] });
});

const ask = () =>
	askQuestion(db, author, { spaceId: space, title: 'Which key?', bodyMd: 'x', tags: [], anonymous: false });

const settled = () =>
	until(async () => {
		const left = await row(
			db,
			sql`select 1 from pgboss.job where name = 'event' and state in ('created', 'retry', 'active')`
		);
		return left === undefined;
	});

const choicesOf = (kind: string) =>
	rows<{ id: string; choice: string }>(
		db,
		sql`select person_id as id, choice from notification where kind = ${kind} and space_id = ${space} order by person_id`
	);

test('every kind of notification and every other way says by whose choice it comes', () => {
	expect(allKinds().length).toBeGreaterThan(35);
	for (const { name, choice } of allKinds()) expect(choosers, name).toContain(choice);
	expect(otherWays().map(({ name }) => name)).toEqual(['tips']);
});

test('every place that sends is known: a new one has to say by whose choice', () => {
	const sources = globSync('src/**/*.ts', { exclude: ['**/*.test.ts', 'src/{testing,demo}/**'] }).map((path) => ({
		path: path.replaceAll('\\', '/'),
		text: readFileSync(path, 'utf8')
	}));
	const using = (words: RegExp) => sources.flatMap(({ path, text }) => (words.test(text) ? [path] : [])).sort();
	// Mail: its purposes are a closed list of the compiler.
	expect(using(/\bqueueMails?\(/)).toEqual([
		'src/core/mail-in/server/back.ts',
		'src/core/notify/server/mails.ts',
		'src/core/people/server/invitations.ts',
		'src/core/people/server/links.ts',
		'src/drips/server/deliver.ts',
		'src/platform/server/mail.ts'
	]);
	expect(Object.keys(mailPurposes)).toHaveLength(8);
	// Devices and chats.
	expect(using(/\bsendPush\(/)).toEqual(['src/core/notify/server/push/send.ts', 'src/core/notify/server/push/work.ts']);
	expect(using(/\bregisterOtherWay\(/)).toEqual(['src/drips/server/wire.ts']);
	// Whatever writes a notification goes through the one place that notes the choice.
	expect(using(/insert into notification \(/)).toEqual(['src/core/notify/server/fan-out.ts']);
});

test('an answer to what one asked is one’s own choice', async () => {
	const question = await ask();
	await answerQuestion(db, await aPerson(db, { spaces: [space] }), question, { bodyMd: 'The green one.' });
	await settled();
	expect(await choicesOf('question.answered')).toEqual([{ id: author.id, choice: 'self' }]);
});

test('what a reader finds outdated comes to its author by their own choice, and to stewards with their role', async () => {
	const steward = await aPerson(db, { spaces: [space], steward: true });
	const question = await ask();
	await flagOutdated(db, await aPerson(db, { spaces: [space] }), question, { note: '' });
	await settled();
	const found = await choicesOf('item.flagged');
	expect(new Map(found.map(({ id, choice }) => [id, choice]))).toEqual(
		new Map([
			[author.id, 'self'],
			[steward.id, 'default']
		])
	);
});

test('of several ways to the same person the first counts, and all are told in one statement', async () => {
	const [followed, named, other] = [await aPerson(db), await aPerson(db), await aPerson(db)];
	const only = (...people: Viewer[]) =>
		sql`select unnest(array[${sql.join(
			people.map(({ id }) => sql`${id}::uuid`),
			sql`, `
		)}])`;
	await notify(
		db,
		{
			...{ eventId: newId(), kind: 'space.requested', spaceId: space, actorId: null },
			choices: [
				{ choice: 'self', people: only(followed) },
				{ choice: 'person', people: only(followed, named) }
			]
		},
		only(followed, named, other)
	);
	const found = new Map((await choicesOf('space.requested')).map(({ id, choice }) => [id, choice]));
	expect([followed, named, other].map(({ id }) => found.get(id))).toEqual(['self', 'person', 'default']);
});
