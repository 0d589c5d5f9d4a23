import { expect, test } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anOpenSurvey } from '#src/testing/surveys.ts';
import { answerSheet } from '../input.ts';
import { answerSurvey } from './answer.ts';
import { plotAnswer, trendCsvAnswer } from './away.ts';
import { readTrend } from './trend.ts';
import { beginEdition, changeStatus } from './write.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const reader = await aPerson(db, { spaces: [spaceId] });

async function answered(id: string, many: number, team: (at: number) => number): Promise<void> {
	for (let at = 0; at < many; at += 1) {
		const answers = { team: team(at), rated: [at % 3, at % 3] };
		await answerSurvey(db, await aPerson(db), id, parse(answerSheet, { version: 1, answers }));
	}
}

test('editions are compared as far as one may see their results, and taken away', async () => {
	const first = await anOpenSurvey(db, author, spaceId, { edition: '2029' });
	await answered(first, 20, (at) => at % 2);
	await changeStatus(db, author, first, 'closed');
	const second = await beginEdition(db, author, first, { edition: '2030' });
	await changeStatus(db, author, second, 'open');
	await answered(second, 20, (at) => (at % 4 === 0 ? 0 : 1));
	await expect(readTrend(db, reader, second)).rejects.toThrow('once you have answered');
	await changeStatus(db, author, second, 'closed');
	const trend = await readTrend(db, reader, second);
	expect(trend.editions).toMatchObject([
		{ id: first, label: '2029', n: 20 },
		{ id: second, label: '2030', n: 20 }
	]);
	const team = trend.questions.find(({ key }) => key === 'team')!;
	expect(team.lines.map(({ points }) => points.map((point) => point!.chosen))).toEqual([
		[10, 5],
		[10, 15]
	]);
	expect((await readTrend(db, reader, first)).questions).toEqual([]);

	const csv = await (await trendCsvAnswer(db, reader, second)).text();
	expect(csv).toContain('Which team?,Shop,2030,5,20,0.2500,');
	const svg = await plotAnswer(db, reader, second, { question: 'team', as: 'svg', show: 'editions' });
	expect(await svg.text()).toMatch(/^<svg /);
	const png = await plotAnswer(db, reader, second, { question: 'team', as: 'png', show: 'all' });
	const bytes = Buffer.from(await png.arrayBuffer());
	expect(png.headers.get('content-type')).toBe('image/png');
	expect(bytes.subarray(1, 4).toString()).toBe('PNG');
	expect(bytes.readUInt32BE(16)).toBe(1260);
});

test('an open edition that one has not answered is not part of it', async () => {
	const first = await anOpenSurvey(db, author, spaceId, { edition: 'one' });
	await answered(first, 20, (at) => at % 2);
	const second = await beginEdition(db, author, first, { edition: 'two' });
	await changeStatus(db, author, second, 'open');
	await answered(second, 20, (at) => at % 2);
	await changeStatus(db, author, second, 'closed');
	expect((await readTrend(db, reader, second)).editions.map(({ label }) => label)).toEqual(['two']);
	await answerSurvey(db, reader, first, parse(answerSheet, { version: 1, answers: { team: 1, rated: [0, 0] } }));
	expect((await readTrend(db, reader, second)).editions.map(({ label }) => label)).toEqual(['one', 'two']);
});
