import { expect, test } from 'vitest';
import { startAttempt } from '#src/checks/attempts/server/start.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aCheck } from '#src/testing/checks.ts';
import type { QuestionType } from '#src/checks/question.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const { db } = house;
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });

/** Somebody with an open attempt at a check of some types of question. */
async function anOpenAttempt(...types: QuestionType[]) {
	const check = await aCheck(db, author, spaceId, { types });
	// Its picture has no bytes here.
	if (types.includes('hotspot')) house.forgive(/404/);
	const taker = await aPerson(db, { spaces: [spaceId] });
	return { check, taker, attempt: await startAttempt(db, taker, check.id) };
}
const stateOf = async (id: string) =>
	(await row<{ state: string; points: number }>(db, sql`select state, points from check_attempt where id = ${id}`))!;
const answersOf = (id: string) =>
	rows<{ type: string; answer: Record<string, unknown> | null }>(
		db,
		sql`select v.content ->> 'type' as type, q.answer from attempt_question q
			join bank_question_version v on v.question_id = q.question_id and v.version = q.version where q.attempt_id = ${id}`
	);
const answerTo = async (id: string, type: string) => (await answersOf(id)).find((each) => each.type === type)?.answer;

test('without JavaScript all types are answered, kept, and handed in', async () => {
	const { check, taker, attempt } = await anOpenAttempt(
		...(['choice', 'order', 'match', 'short', 'numeric', 'hotspot', 'form'] as const)
	);
	const page = await house.signedIn(taker, { javaScriptEnabled: false });
	await page.goto(`/attempts/${attempt}`);
	await page.getByLabel('Look for the sale by card or date').check();
	for (const [place, text] of ['Look at the goods', 'Find the sale', 'Pay back'].entries())
		await page.getByLabel(`Place of: ${text}`).selectOption(String(place + 1));
	await page.getByLabel('Your answer', { exact: true }).fill('no receipt');
	await page.getByRole('button', { name: 'Save for later' }).click();
	expect(await page.getByLabel('Your answer', { exact: true }).inputValue()).toBe('no receipt');
	expect(await page.getByLabel('Place of: Find the sale').inputValue()).toBe('2');
	for (const [left, right] of [
		['Unopened', 'Shelf'],
		['Opened', 'Second choice'],
		['Broken', 'Returns cage']
	])
		await page.getByLabel(`Goes with: ${left}`).selectOption(right!);
	await page.getByLabel('Your answer, a number').fill('0,505');
	await page.getByLabel('Unit').selectOption('t');
	await page.getByLabel('From the left').fill('45');
	await page.getByLabel('From the top').fill('25');
	await page.getByLabel('Goods', { exact: true }).fill('Kettle');
	await page.getByLabel('Price', { exact: true }).fill('24,90');
	await page.getByLabel('Day of sale').fill('2026-03-02');
	await page.getByLabel(/^Tax/).selectOption('19 %');
	await page.getByRole('button', { name: 'Hand in' }).click();
	await page.getByRole('heading', { name: 'You can do it' }).waitFor();
	expect(await stateOf(attempt)).toEqual({ state: 'passed', points: 7 });
	expect(await page.content()).toContain('Without a receipt the till can still find the sale.');
	// Trying again is a form of its own, which begins another attempt.
	await page.goto(`/checks/${check.id}/support`);
	await page.getByText('Nobody has asked anything yet.').waitFor();
});

test('with the keyboard things are ordered and a mark is set, and all is kept by itself', async () => {
	const { taker, attempt } = await anOpenAttempt('order', 'hotspot');
	const page = await house.signedIn(taker);
	await page.goto(`/attempts/${attempt}`);
	const wanted = ['Look at the goods', 'Find the sale', 'Pay back'];
	for (const [place, text] of wanted.entries())
		for (;;) {
			const shown = await page.locator('[data-piece] .prose').allInnerTexts();
			const at = shown.findIndex((each) => each.trim() === text);
			if (at === place) break;
			await page.getByRole('button', { name: `Move up: ${text}` }).focus();
			await page.keyboard.press('Enter');
		}
	await page.getByRole('button', { name: /Set the mark/ }).focus();
	await page.keyboard.press('ArrowLeft');
	for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowLeft');
	for (let step = 0; step < 2; step += 1) await page.keyboard.press('Shift+ArrowUp');
	for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowUp');
	await page.getByText('Saved', { exact: true }).waitFor();
	expect(await answerTo(attempt, 'order')).toEqual({ keys: ['look', 'find', 'pay'] });
	expect(await answerTo(attempt, 'hotspot')).toEqual({ x: 45, y: 25 });
	await page.getByRole('button', { name: 'Hand in' }).click();
	await page.getByRole('heading', { name: 'You can do it' }).waitFor();
});

test('the later of two tabs keeps its text and shows the other', async () => {
	const { taker, attempt } = await anOpenAttempt('short');
	const [one, two] = [await house.signedIn(taker), await house.signedIn(taker)];
	house.forgive(/409/);
	for (const page of [one, two]) await page.goto(`/attempts/${attempt}`);
	await one.getByLabel('Your answer').fill('from the first');
	await one.getByText('Saved', { exact: true }).waitFor();
	await two.getByLabel('Your answer').fill('from the second');
	await two.getByText('Saved in the other window: from the first').waitFor();
	expect(await two.getByLabel('Your answer').inputValue()).toBe('from the second');
	expect(await answerTo(attempt, 'short')).toEqual({ text: 'from the first' });
	await two.getByRole('button', { name: 'Save for later' }).click();
	await two.getByText('Saved. You can go on').waitFor();
	expect(await answerTo(attempt, 'short')).toEqual({ text: 'from the second' });
	await one.getByRole('button', { name: 'Hand in' }).click();
	await one.getByText('Saved in the other window: from the second').waitFor();
	expect(await stateOf(attempt)).toMatchObject({ state: 'open' });
});

test('a double click hands in once, and a fail says what to do next', async () => {
	const { taker, attempt } = await anOpenAttempt('short', 'choice');
	const page = await house.signedIn(taker, { viewport: { width: 390, height: 800 } });
	await page.goto(`/attempts/${attempt}`);
	await page.getByLabel('Your answer').fill('Ask the manager');
	await page.getByRole('button', { name: 'Hand in' }).dblclick();
	await page.getByRole('heading', { name: 'Not yet' }).waitFor();
	const html = await page.content();
	expect(html).not.toMatch(/no receipt|The short code|can still find the sale/);
	expect(await rows(db, sql`select 1 from signal where actor_id = ${taker.id} and verb = 'failed'`)).toHaveLength(1);
	await page.getByRole('link', { name: 'Help me see why' }).first().click();
	await page.getByRole('heading', { name: 'Ask your colleagues' }).waitFor();
	await page.goBack();
	await page.getByRole('button', { name: 'Try again' }).click();
	await page.getByRole('button', { name: 'Hand in' }).waitFor();
	expect(page.url()).not.toContain(attempt);
});

test('what is shown is judged by whom its question names', async () => {
	const { taker, attempt } = await anOpenAttempt('show');
	const page = await house.signedIn(taker);
	await page.goto(`/attempts/${attempt}`);
	await page
		.getByLabel('A file or a film')
		.setInputFiles({ name: 'slip.txt', mimeType: 'text/plain', buffer: Buffer.from('The slip') });
	await page.getByText('Uploaded: slip.txt').waitFor();
	await page.getByRole('button', { name: 'Hand in' }).click();
	await page.getByRole('heading', { name: 'Handed in' }).waitFor();
	const reviewer = await house.signedIn(author);
	await reviewer.goto(`/attempts/${attempt}/review`);
	await reviewer.getByRole('link', { name: 'slip.txt' }).waitFor();
	expect(await axe(reviewer)).toEqual([]);
	await reviewer.getByRole('group', { name: 'The slip is complete' }).getByLabel('Yes').check();
	await reviewer.getByRole('group', { name: 'Friendly' }).getByLabel('Yes').check();
	await reviewer.getByLabel('A word to').fill('Well done.');
	await reviewer.getByRole('button', { name: 'That is how I see it' }).click();
	await reviewer.getByText('You have looked at this').waitFor();
	await page.reload();
	await page.getByText('Well done.').waitFor();
});
