import { expect, test } from 'vitest';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { axe, openHouse, overflow } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

for (const javaScriptEnabled of [true, false])
	test(`a leave is stated, seen by a colleague and taken back ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
		const person = await aPerson(house.db, { name: 'Ada Okafor', spaces: [spaceId] });
		const colleague = await aPerson(house.db, { spaces: [spaceId] });
		const page = await house.signedIn(person, { javaScriptEnabled });
		await page.goto('/settings');
		await page.getByRole('link', { name: 'Leave', exact: true }).click();
		await page.getByLabel('Last day away').fill(inDays(-3));
		await page.locator('form[action="?/take"]').evaluate((form: HTMLFormElement) => (form.noValidate = true));
		await page.getByLabel('A word for colleagues').fill('Ask Lena about the till');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('must not lie before the first day').waitFor();
		// Nothing typed is lost.
		expect(await page.getByLabel('A word for colleagues').inputValue()).toBe('Ask Lena about the till');
		await page.getByLabel('Last day away').fill(inDays(9));
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Colleagues see: Ask Lena about the till').waitFor();
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
		expect(await overflow(page)).toBe(0);

		const theirs = await house.signedIn(colleague, { javaScriptEnabled });
		await theirs.goto(`/people/${person.id}`);
		await theirs.getByText(/^Away until \d+ \w+ \d{4}\. Ask Lena about the till$/).waitFor();

		await page.getByRole('button', { name: /^I am back/ }).click();
		await page.getByRole('heading', { name: 'When are you away?' }).waitFor();
		await theirs.reload();
		expect(await theirs.getByText('Away until').count()).toBe(0);
		const left = await row<{ n: number }>(
			house.db,
			sql`select count(*)::int as n from person_leave where person_id = ${person.id}`
		);
		expect(left!.n).toBe(0);
	});
