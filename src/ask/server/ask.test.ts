import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { answerQuestion, askQuestion } from './ask.ts';

const { db } = await testDatabase();

test('a colleague asks and another answers', async () => {
	const spaceId = await aSpace(db);
	const asker = await aPerson(db, { spaces: [spaceId] });
	const colleague = await aPerson(db, { spaces: [spaceId] });
	const question = await askQuestion(db, asker, {
		...{ spaceId, title: 'How do I reset the till?', bodyMd: 'It **hangs**.', tags: ['till'], anonymous: false }
	});
	await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	const found = await rows<{ body_html: string; answer_count: number }>(
		db,
		sql`select body_html, answer_count from item join question on item_id = id where id = ${question}`
	);
	expect(found).toEqual([{ body_html: '<p>It <strong>hangs</strong>.</p>\n', answer_count: 1 }]);
});

test('people outside the space cannot ask in it', async () => {
	const spaceId = await aSpace(db);
	const outsider = await aPerson(db);
	const asked = askQuestion(db, outsider, {
		spaceId,
		title: 'May I ask this here?',
		bodyMd: '',
		tags: [],
		anonymous: false
	});
	await expect(asked).rejects.toMatchObject({ kind: 'forbidden' });
});
