import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { anOpenSurvey } from '#src/testing/surveys.ts';
import { makeLink } from '#src/survey/server/write.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Everybody', slug: 'everybody' });
const phone = { viewport: { width: 390, height: 800 } };

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: write a survey, open it, answer it on a phone, go on later, see what waits`, async () => {
		const author = await aPerson(house.db, { name: `Ada ${how}`, spaces: [spaceId] });
		const page = await house.signedIn(author, { javaScriptEnabled });
		await page.goto('/surveys/new');
		await page.getByLabel('Title').fill(`How we learn ${how}`);
		await page.getByLabel('Question', { exact: true }).first().fill('Which team are you in?');
		await page
			.getByLabel(/^Options, one a line/)
			.first()
			.fill('Shop\nWarehouse');
		await page.getByLabel('Needs an answer').first().check();
		await page.getByLabel('Question', { exact: true }).nth(1).fill('What do they lack?');
		await page.getByLabel('Answered with').nth(1).selectOption('text');
		await page.locator('li:nth-child(2) summary').click();
		await page.getByLabel('Only after question number').nth(1).fill('1');
		await page.getByLabel('if this was chosen').nth(1).fill('warehouse');
		await page.getByRole('button', { name: 'Save the survey' }).last().click();
		await page.waitForURL(/\/surveys\/[0-9a-f-]{36}$/);
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
		await page.getByRole('button', { name: 'Open it' }).click();
		await page.getByRole('button', { name: 'Close it' }).waitFor();

		const reader = await aPerson(house.db, { name: `Ren ${how}`, spaces: [spaceId] });
		const other = await house.signedIn(reader, { javaScriptEnabled, ...phone });
		await other.goto(new URL(page.url()).pathname);
		await other.getByRole('link', { name: /^Answer, 1 minute/ }).click();
		await other.getByRole('button', { name: 'Send my answers' }).click();
		await other.getByText('One answer is missing or not right yet.').waitFor();
		const lack = other.getByLabel(/What do they lack/);
		if (javaScriptEnabled) {
			expect(await lack.count()).toBe(0);
			expect(await axe(other)).toEqual([]);
		} else await other.getByText('Only if you chose “Warehouse” at “Which team are you in?”.').waitFor();
		await other.getByLabel('Warehouse').check();
		await lack.fill('Light.');
		await other.getByRole('button', { name: 'Keep it and go on later' }).click();
		const kept = await other.getByRole('link', { name: /\?resume=/ }).getAttribute('href');
		expect(await other.getByLabel('Warehouse').isChecked()).toBe(true);
		await other.goto(kept!);
		expect(await lack.inputValue()).toBe('Light.');
		expect(await other.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
		await other.getByRole('button', { name: 'Send my answers' }).click();
		await other.getByText('Thank you: your answers are kept.').waitFor();
		await other.getByText('Not enough answers yet').waitFor();
	});

	test(`${how} JavaScript: answer by a link without an account, once a browser`, async () => {
		const author = await aPerson(house.db, { name: `Lin ${how}`, spaces: [spaceId] });
		const id = await anOpenSurvey(house.db, author, spaceId);
		const address = `/s/${await makeLink(house.db, author, id)}`;
		const page = await house.page({ javaScriptEnabled, ...phone });
		await page.goto(address);
		await page.getByLabel('Shop').check();
		for (const row of ['Notes', 'People'])
			await page.getByRole('group', { name: row, exact: true }).getByLabel('Very').check();
		await page.getByRole('button', { name: 'Send my answers' }).click();
		await page.waitForURL(/\/results$/);
		await page.goto(address);
		await page.waitForURL(/\/results$/);
		expect(await page.getByText('Thank you').count()).toBe(1);
	});
}
