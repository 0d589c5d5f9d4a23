import { expect, test } from 'vitest';
import { readHome } from '#src/app/server/home.ts';
import { newQuestion } from '#src/ask/input.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { startFollowing } from '#src/core/items/server/follows.ts';
import { listNotices } from '#src/core/notify/server/read.ts';
import { editPage, writePage } from '#src/pages/server/pages.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { aBank, aCheck, aQuestion, exampleQuestions } from '#src/testing/checks.ts';
import { testDatabase } from '#src/testing/database.ts';
import { until } from '#src/testing/smtp.ts';
import { addObjective } from '../../banks/server/objectives.ts';
import { newCheck } from '../../input.ts';
import { writeCheck } from '../../server/checks.ts';
import { readAttempt } from './read.ts';
import { judge } from './review.ts';
import { startAttempt } from './start.ts';
import { submitAttempt } from './submit.ts';

const { db } = await testDatabase({ work: true });
const spaceId = await aSpace(db);
const somebody = (name: string) => aPerson(db, { name, spaces: [spaceId] });

/** What somebody was told, once all events have been handed out. */
async function told(person: Viewer) {
	await until(
		async () =>
			!(await row(db, sql`select 1 from pgboss.job where name = 'event' and state in ('created', 'retry', 'active')`))
	);
	const { groups } = await listNotices(db, await viewerOf(db, person.id), { show: 'all' });
	return groups.flatMap(({ notices }) => notices).map(({ kind, href }) => ({ kind, href }));
}
const todo = async (person: Viewer) => (await readHome(db, await viewerOf(db, person.id))).todo;

test('who is named to look at something hears of it and finds it on Home; who showed it hears what became of it', async () => {
	const [author, taker] = [await somebody('Ada Author'), await somebody('Tom Taker')];
	const { id, questions } = await aCheck(db, author, spaceId, { types: ['show'], passPercent: 60 });
	const attempt = await startAttempt(db, taker, id);
	const shown = { url: 'https://video.example/7', note: '' };
	await submitAttempt(db, taker, attempt, { revision: 0, answers: { [questions.show!]: shown } });

	const review = `/attempts/${attempt}/review`;
	expect(await told(author)).toEqual([{ kind: 'check.review_due', href: review }]);
	expect(await told(taker)).toEqual([]);
	expect(await todo(author)).toContainEqual(expect.objectContaining({ href: review }));

	await judge(db, author, attempt, { questionId: questions.show!, levels: { slip: 1, tone: 2 }, note: 'Well done.' });
	expect(await told(taker)).toEqual([{ kind: 'check.reviewed', href: `/attempts/${attempt}` }]);
	expect((await todo(author)).map(({ href }) => href)).not.toContain(review);
});

test('who helps and who wrote the part hear of a question, and its asker once of what was changed', async () => {
	const [author, writer, expert] = [await somebody('Ada'), await somebody('Wim Writer'), await somebody('Eva Expert')];
	const taker = await somebody('Tom');
	await startFollowing(db, expert, { targetKind: 'space', target: spaceId });
	const page = await writePage(db, writer, { spaceId, title: 'Weights', bodyMd: '# Sums', tags: [] });
	const bankId = await aBank(db, author, spaceId);
	const objectiveId = await addObjective(db, author, bankId, { title: 'Adds weights' });
	const parts = [{ itemId: page, anchor: { type: 'heading' as const, id: 'sums' }, label: '' }];
	await aQuestion(db, author, bankId, { ...exampleQuestions().numeric, parts }, { objectiveId });
	const facts = { spaceId, bankId, title: 'Loads', minutes: 5, objectives: [{ objectiveId, draws: 1 }] };
	const check = await writeCheck(db, author, parse(newCheck, { ...facts, content: [page], expertId: expert.id }));
	const attempt = await startAttempt(db, taker, check);
	await submitAttempt(db, taker, attempt, { revision: 0, answers: {} });
	const result = await readAttempt(db, taker, attempt);
	if (result.state === 'open') throw new Error('It is still open.');
	const start = new URL(result.questions[0]!.ask, 'http://localhost').searchParams;
	const asked = await askQuestion(
		db,
		taker,
		parse(newQuestion, { spaceId, title: start.get('title'), bodyMd: start.get('body'), tags: [] })
	);

	const href = `/questions/${asked}`;
	expect((await told(expert)).map(({ kind }) => kind)).toContain('check.help_wanted');
	expect(await told(writer)).toEqual([{ kind: 'check.unclear', href }]);
	expect(await todo(expert)).toContainEqual(expect.objectContaining({ href, why: 'About a check that you help with' }));
	await answerQuestion(db, expert, asked, { bodyMd: 'Add the pallet itself.' });
	expect((await todo(expert)).map((line) => line.href)).not.toContain(href);

	const edit = (version: number) =>
		editPage(db, writer, page, { title: 'Weights', bodyMd: `# Sums\n\nAdd ${version}.`, tags: [], note: '', version });
	await edit(1);
	await edit(2);
	const heard = (await told(taker)).filter(({ kind }) => kind === 'check.clearer');
	expect(heard).toEqual([{ kind: 'check.clearer', href: `/pages/${page}` }]);
});
