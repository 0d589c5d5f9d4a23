import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { catchUp } from '#src/core/search/server/indexing.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const { db } = house;
const space = await aSpace(db, { name: 'Shop floor', slug: 'shop-floor' });
const ada = await aPerson(db, { name: 'Ada Okafor', spaces: [space], askMeAbout: ['tills'] });
const till = await askQuestion(db, ada, {
	...{ spaceId: space, title: 'How do I reset the till?', bodyMd: 'It hangs while printing.', tags: ['till'] },
	anonymous: false
});
const answer = await answerQuestion(db, ada, till, { bodyMd: 'Hold the green key of the till for ten seconds.' });
await catchUp(db);

test('a problem typed into the box is answered while typing, and the keyboard leads there', async () => {
	const page = await house.signedIn(ada);
	await page.goto('/');
	await page.waitForLoadState('networkidle');
	await page.keyboard.press('/');
	const box = page.getByRole('combobox', { name: 'Ask or search' });
	await box.pressSequentially('green ke');
	const first = page.getByRole('option').first();
	await first.getByText('text matches').waitFor();
	expect(await page.getByRole('option').last().textContent()).toContain('Ask your colleagues: green ke');
	await page.keyboard.press('ArrowDown');
	expect(await box.getAttribute('aria-activedescendant')).toBe(await first.getAttribute('id'));
	await page.keyboard.press('Enter');
	await page.waitForURL(`**/questions/${till}#answer-${answer}`);
});

test('asking colleagues is the last option, Escape closes, Enter alone opens the page of results', async () => {
	const page = await house.signedIn(ada, { viewport: { width: 390, height: 800 } });
	await page.goto('/questions');
	await page.waitForLoadState('networkidle');
	const box = page.getByRole('combobox', { name: 'Ask or search' });
	await page.keyboard.press('Control+k');
	await box.pressSequentially('till');
	await page.getByText('People who may know').waitFor();
	await page.keyboard.press('Escape');
	expect(await page.getByRole('listbox').isVisible()).toBe(false);
	await page.keyboard.press('Enter');
	await page.waitForURL('**/search?q=till');
	await page.getByRole('heading', { name: 'How do I reset the till?' }).waitFor();
	await box.fill('quokka handling');
	await page.getByRole('option', { name: 'Ask your colleagues' }).waitFor();
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/questions/new?title=quokka%20handling');
});

test('without JavaScript the box is a form', async () => {
	const page = await house.signedIn(ada, { javaScriptEnabled: false });
	await page.goto('/questions');
	await page.getByRole('combobox', { name: 'Ask or search' }).fill('till');
	await page.keyboard.press('Enter');
	await page.waitForURL('**/search?q=till');
	expect(await page.getByRole('heading', { name: 'How do I reset the till?' }).isVisible()).toBe(true);
});
