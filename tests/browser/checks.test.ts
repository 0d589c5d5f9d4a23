import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { askToPass } from '#src/checks/asking/server/ask.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { anAsking } from '#src/testing/askings.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const { db } = house;
const spaceId = await aSpace(db, { name: 'Returns desk' });
const inSpace = { spaces: [spaceId] };
const steward = await aPerson(db, { name: 'Stella Steward', ...inSpace, steward: true });
const expert = await aPerson(db, { name: 'Eva Expert', ...inSpace });
const worker = await aPerson(db, { name: 'Wanda Worker', ...inSpace });
const text = '# By card\n\nAsk for the card.\n\n# Sums\n\nTake the discount off first.\n\n# The slip\n\nAll fields.';
const content = await writePage(db, expert, { spaceId, title: 'How we take goods back', bodyMd: text, tags: [] });

const CASE = 'A man brings back a drill. He paid by card and lost the receipt. What do you do?';
const SUM = 'Three lamps were sold at 20 each, with 10 % off the whole. One comes back. What do you pay out?';
const SLIP = 'Take a thing back at the desk and show the slip.';

/** Opens the form of a new question of a type from its bank's page, and fills in what all types have. */
async function question(
	page: Page,
	type: string,
	asks: string,
	part: string,
	objective: string,
	fill: () => Promise<unknown>
) {
	await page.getByRole('link', { name: 'Write a question', exact: true }).click();
	await page.getByRole('link', { name: type }).click();
	await page.getByLabel('The case, and what is asked').fill(asks);
	await fill();
	await page.getByLabel('Why it is so').fill(`So it stands under ${part}.`);
	await page.getByLabel('Part of the content').selectOption({ label: part });
	await page.getByLabel('What it shows that somebody can do').selectOption({ label: objective });
	await page.getByRole('button', { name: 'Save the question' }).click();
	await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
	await page.getByRole('link', { name: asks }).waitFor();
}

/** A check from its first word to its sign-off, by the forms. @returns its address */
async function writeTheCheck(page: Page): Promise<string> {
	await page.goto('/checks');
	await page.getByRole('link', { name: 'Write a check' }).click();
	await page.getByLabel('Space', { exact: true }).selectOption(spaceId);
	await page.getByLabel('Title', { exact: true }).fill('Take goods back');
	await page.getByLabel('What it is about').fill('For everybody at the returns desk.');
	await page.getByLabel('Minutes it takes').fill('25');
	await page.getByLabel('Minutes of its content').fill('20');
	await page.getByLabel('Somebody who passes').first().fill('Finds a sale without its receipt');
	await page.getByLabel('Somebody who passes').last().fill('Pays out what was paid');
	await page.getByLabel('Questions drawn').last().fill('2');
	// Its title is enough, if it is taken from what is offered.
	const field = page.getByLabel('Its title or address');
	await expect
		.poll(async () => {
			await field.fill('How we take');
			await page.waitForTimeout(400);
			return page.locator('#things-here option').evaluateAll((all) => all.map((one) => one.getAttribute('value')));
		})
		.toContain(`/pages/${content}`);
	await field.fill(`/pages/${content}`);
	await page.getByLabel('Who helps').selectOption({ label: 'Eva Expert' });
	const save = page.getByRole('button', { name: 'Go on to its questions' }).last();
	await save.click();
	// Longer than a quarter of an hour: refused at its field, with all that was typed.
	await page.locator('[aria-invalid=true]').first().waitFor();
	expect(await page.getByLabel('Somebody who passes').last().inputValue()).toBe('Pays out what was paid');
	await page.getByLabel('Minutes it takes').fill('8');
	await save.click();

	await question(page, 'Choose', CASE, 'By card', 'Finds a sale without its receipt', async () => {
		for (const [at, option] of ['Look for the sale by his card', 'Send him home', 'All of the above'].entries())
			await page.getByRole('textbox', { name: `Option ${at + 1}` }).fill(option);
		await page.getByLabel('This is right').first().check();
	});
	await question(page, 'Work out a number', SUM, 'Sums', 'Pays out what was paid', async () => {
		await page.getByLabel('Right answer').fill('18');
		await page.getByLabel('Units (optional)').fill('euro');
	});
	await question(page, 'Do it and show it', SLIP, 'The slip', 'Pays out what was paid', async () => {
		await page.getByLabel('Who looks at it').selectOption({ label: 'Stella Steward' });
		await page.getByRole('textbox', { name: 'Criterion' }).first().fill('The slip is complete');
		await page.getByLabel('Levels, one a line').first().fill('0 = No\n1 = Yes');
	});
	// The lint speaks of what is wrong with the choice, and stops nothing.
	const choice = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: CASE }) });
	await choice.getByText(/hint/).waitFor();
	await choice.getByRole('link', { name: CASE }).click();
	await page.getByText('all-or-none').waitFor();
	await page.getByRole('textbox', { name: 'Option 3' }).fill('Pay the price on the shelf');
	await page.getByRole('button', { name: 'Save the question' }).click();
	await page.getByRole('heading', { name: 'Questions', exact: true }).waitFor();
	await page.getByText('Drawn from by').getByRole('link', { name: 'Take goods back' }).click();

	await page.getByText('Sign it off as valid').click();
	await page.getByLabel('Why it is').fill('As the desk does it since May.');
	await page.getByRole('button', { name: 'Sign off' }).click();
	await page.getByText('As the desk does it since May.').waitFor();
	return page.url();
}

/** Answers all that is asked, and hands it in. */
async function answer(page: Page, option: string, sum: string): Promise<void> {
	await page.getByLabel(option).check();
	await page.getByLabel('Your answer, a number').fill(sum);
	await page.getByLabel('Unit').selectOption('euro');
	await page
		.getByLabel('A file or a film')
		.setInputFiles({ name: 'slip.txt', mimeType: 'text/plain', buffer: Buffer.from('The slip') });
	await page.getByText('Uploaded: slip.txt').waitFor();
	await page.getByRole('button', { name: 'Hand in' }).click();
	await page.getByRole('heading', { name: 'Handed in' }).waitFor();
}

/** What was shown is looked at: found on Home, judged by the rubric. */
async function review(page: Page, level: string, word: string): Promise<void> {
	await page.goto('/');
	await page
		.getByRole('region', { name: 'Waiting for you' })
		.getByRole('link', { name: 'What Wanda Worker shows for “Take goods back”' })
		.click();
	await page.getByRole('link', { name: 'slip.txt' }).waitFor();
	await page.getByRole('group', { name: 'The slip is complete' }).getByLabel(level).check();
	await page.getByLabel('A word to').fill(word);
	await page.getByRole('button', { name: 'That is how I see it' }).click();
	await page.getByText('You have looked at this').waitFor();
}

test('a check is written, signed off, failed, asked about, passed, reviewed and proven', async () => {
	const author = await house.signedIn(steward);
	const check = new URL(await writeTheCheck(author)).pathname;
	await askToPass(db, steward, check.slice('/checks/'.length), anAsking({ audience: 'space', spaceId }));

	const page = await house.signedIn(worker);
	await page.goto('/');
	await page.getByRole('region', { name: 'Waiting for you' }).getByRole('link', { name: 'Take goods back' }).click();
	await page.getByRole('button', { name: 'Take it now' }).click();
	await answer(page, 'Send him home', '20');
	await review(author, 'Yes', 'A good slip.');

	// A fail shows exactly the parts behind what was wrong, and none of the key.
	await page.reload();
	await page.getByRole('heading', { name: 'Not yet' }).waitFor();
	await page.getByText('A good slip.').waitFor();
	const parts = page.getByText('This is all you need to look at:').locator('xpath=following-sibling::ul[1]');
	expect((await parts.getByRole('link').allInnerTexts()).sort()).toEqual([
		'How we take goods back: By card',
		'How we take goods back: Sums'
	]);
	expect(await page.content()).not.toContain('So it stands under');
	const attempt = page.url();
	await page.getByRole('listitem').filter({ hasText: SUM }).getByRole('link', { name: 'Help me see why' }).click();
	await expect.poll(() => page.locator('[name=bodyMd]').inputValue()).toContain('I answered: 20 euro');
	await page.getByRole('button', { name: 'Post your question' }).click();
	await page.getByRole('heading', { name: /^Why is that\?/ }).waitFor();
	const helper = await house.signedIn(expert);
	await expect
		.poll(async () => {
			await helper.goto('/');
			return helper.getByText('About a check that you help with').count();
		})
		.toBe(1);

	// Once more, with what was learnt; the reviewer's word ends the task in pages that are open.
	const home = await house.signedIn(worker);
	const heard = home.waitForResponse(/notifications\/stream/);
	await home.goto('/');
	await heard;
	const task = home.getByRole('region', { name: 'Waiting for you' }).getByRole('link', { name: 'Take goods back' });
	await task.waitFor();
	await page.goto(attempt);
	await page.getByRole('button', { name: 'Try again' }).click();
	await answer(page, 'Look for the sale by his card', '18');
	await review(author, 'Yes', 'As it should be.');
	await task.waitFor({ state: 'detached' });
	await page.reload();
	await page.getByRole('heading', { name: 'You can do it' }).waitFor();
	await page.getByText('So it stands under Sums.').waitFor();
	await page.getByRole('link', { name: 'Your proof of it' }).click();
	await page.getByRole('heading', { name: 'Your proofs' }).waitFor();
	await page.getByRole('link', { name: 'Take goods back', exact: true }).click();
	await page.getByText('Valid. Harbour Works has signed exactly this.').waitFor();
	for (const name of ['Sheet to print (PDF)', 'Open Badge (JSON)']) {
		const file = page.waitForEvent('download');
		await page.getByRole('button', { name }).or(page.getByRole('link', { name })).click();
		expect((await file).suggestedFilename()).toMatch(/\.(pdf|json)$/);
	}
});
