import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { askQuestion } from '#src/ask/server/ask.ts';
import { newQuestion } from '#src/ask/input.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { fileById } from '#src/core/files/server/read.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import { sweepFiles } from '#src/core/files/server/sweep.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { exportOwnData } from '#src/core/export/server/export.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aBank, aCheck, aQuestion, exampleQuestions } from '#src/testing/checks.ts';
import { addObjective } from '../../banks/server/objectives.ts';
import { newCheck } from '../../input.ts';
import { writeCheck } from '../../server/checks.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { tieHelp } from './help.ts';
import { readAttempt } from './read.ts';
import { readReport } from './report.ts';
import { judge, readReview, reviewsOf } from './review.ts';
import { startAttempt } from './start.ts';
import { submitAttempt } from './submit.ts';
import { clustersOf, givenBackThisYear, readSupport } from './support.ts';

const { db } = await testDatabase();
testFiles();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const examples = exampleQuestions();
const aPage = (title: string) => writePage(db, author, { spaceId, title, bodyMd: `# ${title}`, tags: [] });

/** A check of two questions that rest on two parts each, one of them in common. */
async function aMappedCheck() {
	const [one, two, both] = [await aPage('One'), await aPage('Two'), await aPage('Both')];
	const bankId = await aBank(db, author, spaceId);
	const objectiveId = await addObjective(db, author, bankId, { title: 'Takes goods back' });
	const part = (itemId: string, id: string) => ({ itemId, anchor: { type: 'heading', id }, label: '' });
	const short = { ...examples.short, parts: [part(one, 'a'), part(both, 'c')] };
	const numeric = { ...examples.numeric, parts: [part(two, 'b'), part(both, 'c')] };
	const questions = {
		short: await aQuestion(db, author, bankId, short, { objectiveId }),
		numeric: await aQuestion(db, author, bankId, numeric, { objectiveId })
	};
	const facts = {
		spaceId,
		bankId,
		title: 'Goods',
		minutes: 5,
		contentMinutes: 30,
		objectives: [{ objectiveId, draws: 2 }]
	};
	const id = await writeCheck(
		db,
		author,
		parse(newCheck, { ...facts, content: [one, two, both], expertId: author.id })
	);
	return { id, questions, pages: { one, two, both } };
}

test('a fail shows exactly the parts behind what was wrong, and nothing of the key', async () => {
	const { id, questions, pages } = await aMappedCheck();
	const taker = await aPerson(db, { spaces: [spaceId] });
	const wrong = { short: { text: 'because I say so' }, numeric: { value: '1', unit: 'kg' } };
	const right = { short: { text: 'no receipt' }, numeric: { value: '505', unit: 'kg' } };
	const take = async (answers: Record<string, Record<string, unknown>>) => {
		const attempt = await startAttempt(db, taker, id);
		const open = JSON.stringify(await readAttempt(db, taker, attempt));
		expect(open).not.toMatch(/no receipt|nr-|505|The short code|25 \+ 40/);
		await submitAttempt(db, taker, attempt, { revision: 0, answers });
		const result = await readAttempt(db, taker, attempt);
		if (result.state === 'open') throw new Error('It is still open.');
		return result;
	};
	const hrefs = (parts: { href: string }[]) => parts.map(({ href }) => href).sort();
	const [a, b, c] = [`/pages/${pages.one}#a`, `/pages/${pages.two}#b`, `/pages/${pages.both}#c`];

	const all = await take({ [questions.short]: wrong.short, [questions.numeric]: wrong.numeric });
	expect(all).toMatchObject({ state: 'failed', points: 0, givenBack: 0 });
	expect(hrefs(all.parts)).toEqual([a, b, c].sort());
	expect(JSON.stringify(all)).not.toMatch(/no receipt|nr-|505|The short code|25 \+ 40/);

	const half = await take({ [questions.short]: right.short, [questions.numeric]: wrong.numeric });
	expect(hrefs(half.parts)).toEqual([b, c].sort());
	const [rightOne] = half.questions.filter(({ right }) => right);
	expect(rightOne).toMatchObject({ id: questions.short, saidHtml: [], parts: [] });
	const [wrongOne] = half.questions.filter(({ right }) => !right);
	const ask = new URL(wrongOne!.ask, 'http://localhost').searchParams;
	expect(ask.get('body')).toContain('> A pallet weighs 25 kg');
	expect(ask.get('body')).toContain('I answered: 1 kg');
	expect(ask.get('body')).toContain(author.name);
	expect(wrongOne!.ask).not.toMatch(/505/);

	const passed = await take({ [questions.short]: right.short, [questions.numeric]: right.numeric });
	expect(passed).toMatchObject({ state: 'passed', givenBack: 30, parts: [] });
	expect(JSON.stringify(passed.questions.map(({ saidHtml }) => saidHtml))).toContain('The short code');
	expect(await givenBackThisYear(db, taker)).toBe(30);
	const chunks: Uint8Array[] = [];
	for await (const chunk of exportOwnData(db, taker)) chunks.push(chunk);
	const archive = unzipSync(Buffer.concat(chunks));
	const own = (name: string) => JSON.parse(strFromU8(archive[name]!)) as unknown[];
	expect(own('attempts.json')).toMatchObject([
		{ state: 'failed' },
		{ state: 'failed', points: 1 },
		{ state: 'passed' }
	]);
	expect(JSON.stringify(own('attempts.json')[1])).toContain('"answered":"1 kg"');
	expect(own('proofs.json')).toMatchObject([{ title: 'Goods', state: 'valid' }]);
	await expect(readAttempt(db, author, all.id)).rejects.toMatchObject({ kind: 'not_found' });
});

test('who opened the content gets nothing back', async () => {
	const { id, questions, pages } = await aMappedCheck();
	const taker = await aPerson(db, { spaces: [spaceId] });
	for (let twice = 0; twice < 2; twice += 1) await noteRead(db, taker, pages.one);
	expect(await rows(db, sql`select 1 from signal where actor_id = ${taker.id} and verb = 'read'`)).toHaveLength(1);
	const attempt = await startAttempt(db, taker, id);
	const answers = { [questions.short]: { text: 'no receipt' }, [questions.numeric]: { value: '505', unit: 'kg' } };
	expect(await submitAttempt(db, taker, attempt, { revision: 0, answers })).toBe('passed');
	expect(await readAttempt(db, taker, attempt)).toMatchObject({ givenBack: 0 });
});

test('what is shown is looked at by whom the question names, once, and then the attempt is settled', async () => {
	const { id, questions } = await aCheck(db, author, spaceId, { types: ['show'], passPercent: 60 });
	const taker = await aPerson(db, { spaces: [spaceId] });
	const attempt = await startAttempt(db, taker, id);
	const upload = (name: string) => storeFile(db, taker, { name, content: new TextEncoder().encode(name) });
	const { id: fileId } = await upload('slip.txt');
	const { id: unused } = await upload('unused.txt');
	const answers = { [questions.show!]: { fileId, url: '', note: 'Here' } };
	await expect(fileById(db, author, fileId)).rejects.toMatchObject({ kind: 'not_found' });
	const strange = (shown: object) =>
		submitAttempt(db, taker, attempt, { revision: 0, answers: { [questions.show!]: { ...shown, note: '' } } });
	await expect(strange({ fileId: newId() })).rejects.toMatchObject({ kind: 'invalid' });
	await expect(strange({ url: 'example.org/slip' })).rejects.toMatchObject({
		fields: { [questions.show!]: 'must be a link that begins with https:// or http://' }
	});
	expect(await submitAttempt(db, taker, attempt, { revision: 0, answers })).toBe('in_review');
	expect(await fileById(db, author, fileId)).toMatchObject({ id: fileId });
	// However long nobody looks at it, it stays; what is shown nowhere goes.
	await db.execute(sql`update file set created_at = now() - interval '3 days' where uploader_id = ${taker.id}`);
	expect(await sweepFiles(db)).toBe(1);
	expect(await rows(db, sql`select id from file where id in (${fileId}, ${unused})`)).toEqual([{ id: fileId }]);
	expect((await reviewsOf(db, author)).map((each) => each.id)).toEqual([attempt]);
	expect(await readReview(db, author, attempt)).toMatchObject({
		person: taker.name,
		questions: [{ shown: { file: { name: 'slip.txt' } } }]
	});
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	await expect(readReview(db, steward, attempt)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(fileById(db, steward, fileId)).rejects.toMatchObject({ kind: 'not_found' });
	const judgement = { questionId: questions.show!, levels: { slip: 1, tone: 1 }, note: 'Well done.' };
	await expect(judge(db, steward, attempt, judgement)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(judge(db, author, attempt, { ...judgement, levels: { slip: 1 } })).rejects.toMatchObject({
		kind: 'invalid'
	});
	const both = await Promise.allSettled([judge(db, author, attempt, judgement), judge(db, author, attempt, judgement)]);
	expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	expect(await readAttempt(db, taker, attempt)).toMatchObject({
		state: 'passed',
		questions: [{ noteHtml: '<p>Well done.</p>\n' }]
	});
	expect(await reviewsOf(db, author)).toEqual([]);

	// Whoever is named has left: the stewards of the space look at it.
	const again = await startAttempt(db, taker, id);
	await submitAttempt(db, taker, again, { revision: 0, answers });
	expect(await reviewsOf(db, steward)).toEqual([]);
	await db.execute(sql`update person set deactivated_at = now() where id = ${author.id}`);
	expect((await reviewsOf(db, steward)).map((each) => each.id)).toEqual([again]);
	expect(await fileById(db, steward, fileId)).toMatchObject({ id: fileId });
	expect(await judge(db, steward, again, judgement)).toBe('passed');
	await db.execute(sql`update person set deactivated_at = null where id = ${author.id}`);
});

test('what is asked about a check is tied to it, clustered, and shows where the content is unclear', async () => {
	const { id, questions, pages } = await aMappedCheck();
	const taker = await aPerson(db, { spaces: [spaceId] });
	const attempt = await startAttempt(db, taker, id);
	await submitAttempt(db, taker, attempt, { revision: 0, answers: {} });
	const result = await readAttempt(db, taker, attempt);
	if (result.state === 'open') throw new Error('It is still open.');
	const wrong = result.questions.find((question) => question.id === questions.numeric)!;
	const start = new URL(wrong.ask, 'http://localhost').searchParams;
	const ask = async (title: string, body: string) => {
		const asked = await askQuestion(db, taker, parse(newQuestion, { spaceId, title, bodyMd: body, tags: [] }));
		for (let twice = 0; twice < 2; twice += 1)
			await tieHelp(db, { itemId: asked, kind: 'question', actorId: taker.id });
		return asked;
	};
	const first = await ask(start.get('title')!, start.get('body')!);
	const second = await ask('I do not get the weights', start.get('body')!);
	const other = await ask('Who may take the check at all?', `[Goods](/checks/${id}/support)`);
	expect(
		await row(db, sql`select question_id, content_id, fragment from check_help where asked_id = ${first}`)
	).toEqual({
		...{ question_id: questions.numeric, content_id: pages.two, fragment: 'b' }
	});
	const view = await readSupport(db, author, id);
	expect(view.clusters.map((cluster) => cluster.questions.map((each) => each.id).sort())).toEqual([
		[first, second].sort(),
		[other]
	]);
	expect(view.unclear).toEqual([{ href: `/pages/${pages.two}#b`, title: 'Two (b)', asked: 2 }]);
	const seen = await readSupport(db, await aPerson(db), id);
	expect(seen).toMatchObject({ helps: false, unclear: [] });
	expect(clustersOf([])).toEqual([]);
});

test('a report counts five or more, and names nobody', async () => {
	const { id, questions } = await aMappedCheck();
	const take = async (value: string) => {
		const taker = await aPerson(db, { spaces: [spaceId] });
		const attempt = await startAttempt(db, taker, id);
		const answers = { [questions.short]: { text: 'no receipt' }, [questions.numeric]: { value, unit: 'kg' } };
		await submitAttempt(db, taker, attempt, { revision: 0, answers });
		return taker;
	};
	for (const value of ['505', '505', '505', '1']) await take(value);
	expect(await readReport(db, author, id)).toMatchObject({
		people: null,
		testOuts: null,
		objectives: [{ of: null, needHelp: null }]
	});
	const last = await take('2');
	const report = await readReport(db, author, id);
	expect(report).toMatchObject({
		people: 5,
		passed: 3,
		testOuts: 3,
		givenBack: 90,
		objectives: [{ of: 5, needHelp: 2 }]
	});
	expect(JSON.stringify(report)).not.toContain(last.name);
	await expect(readReport(db, last, id)).rejects.toMatchObject({ kind: 'forbidden' });
	expect(await rows(db, sql`select 1 from check_attempt where item_id = ${id}`)).toHaveLength(5);
});
