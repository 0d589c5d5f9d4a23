import { expect, test } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anOpenSurvey } from '#src/testing/surveys.ts';
import type { FigureLine } from '../export/figures.ts';
import { answerSheet } from '../input.ts';
import { answerSurvey } from './answer.ts';
import { answersFile, figuresFile } from './files.ts';
import { readNamed } from './named.ts';
import { changeStatus } from './write.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const reader = await aPerson(db, { spaces: [spaceId] });

async function answered(id: string, many: number): Promise<void> {
	for (let at = 0; at < many; at += 1) {
		const answers = { team: at % 2, rated: [at % 3, at % 2], tools: [at % 3], more: `secret ${at}` };
		await answerSurvey(db, await aPerson(db), id, parse(answerSheet, { version: 1, answers }));
	}
}

test('of an anonymous survey its released figures can be taken away, and nothing else', async () => {
	const id = await anOpenSurvey(db, author, spaceId);
	await answered(id, 47);
	await expect(figuresFile(db, reader, id, 'json')).rejects.toThrow('once you have answered');
	for (const who of [author, reader]) {
		await expect(readNamed(db, who, id, { limit: 25 })).rejects.toMatchObject({
			kind: who === author ? 'conflict' : 'forbidden'
		});
		for (const as of ['csv', 'sav', 'json', 'dictionary'] as const)
			await expect(answersFile(db, who, id, as)).rejects.toMatchObject({
				kind: who === author ? 'conflict' : 'forbidden'
			});
	}
	await changeStatus(db, author, id, 'closed');
	const { figures, survey } = (await (await figuresFile(db, reader, id, 'json')).json()) as {
		figures: FigureLine[];
		survey: { answers: number };
	};
	expect(survey.answers).toBe(47);
	expect(new Set(figures.map(({ by }) => by))).toEqual(new Set(['', 'Which team?']));
	expect(Math.min(...figures.map(({ people }) => people))).toBeGreaterThanOrEqual(5);
	const csv = await (await figuresFile(db, reader, id, 'csv')).text();
	const sav = Buffer.from(await (await figuresFile(db, reader, id, 'sav')).arrayBuffer());
	expect(csv.split('\r\n')).toHaveLength(figures.length + 2);
	expect(sav.toString('latin1', 0, 4)).toBe('$FL2');
	for (const whole of [csv, sav.toString(), JSON.stringify(figures)]) expect(whole).not.toContain('secret');
});

test('answers by name are for those who look after the survey', async () => {
	const id = await anOpenSurvey(db, author, spaceId, { anonymous: false });
	await answered(id, 3);
	await expect(readNamed(db, reader, id, { limit: 25 })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(answersFile(db, reader, id, 'csv')).rejects.toMatchObject({ kind: 'forbidden' });
	const first = await readNamed(db, author, id, { limit: 2 });
	const rest = await readNamed(db, author, id, { limit: 2, cursor: first.next! });
	expect([first.items.length, rest.items.length, rest.next]).toEqual([2, 1, null]);
	expect(first.items[0]!.answers[0]).toEqual({ name: 'team', label: 'Which team?', words: 'Shop' });
	const csv = await (await answersFile(db, author, id, 'csv')).text();
	expect(csv.split('\r\n')[0]).toBe('person,team,tools_1,tools_2,tools_3,rated_1,rated_2,more');
	expect(csv).toContain('secret 2');
	const whole = (await (await answersFile(db, author, id, 'json')).json()) as {
		rows: unknown[];
		dictionary: unknown[];
	};
	expect([whole.rows.length, whole.dictionary.length]).toEqual([3, 7]);
	// Who leaves takes their answers along.
	await db.execute(sql`delete from person where id = ${first.items[0]!.person.id}`);
	expect((await readNamed(db, author, id, { limit: 25 })).items).toHaveLength(2);
});
