import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { passed } from '#src/testing/prompts.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Everybody', slug: 'everybody' });
const phone = { viewport: { width: 390, height: 800 } };

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: ask all, enter on a phone, put it right, draw and check`, async () => {
		const author = await aPerson(house.db, { name: `Ada ${how}`, spaces: [spaceId] });
		const page = await house.signedIn(author, { javaScriptEnabled });
		await page.goto('/prompts/new');
		await page.getByLabel('Question').fill(`Which tool ${how}?`);
		await page.getByLabel('Last day for entries').fill('2999-04-26');
		await page.getByLabel('Prizes').fill('A book');
		await page.getByRole('button', { name: 'Ask it' }).click();
		// Prizes without a day: told at the field, with all that was typed.
		await page.getByText(/is needed where there are prizes/).waitFor();
		expect(await page.getByLabel('Question').inputValue()).toBe(`Which tool ${how}?`);
		await page.getByLabel('Winners are announced on').fill('2999-05-03');
		await page.getByRole('button', { name: 'Ask it' }).click();
		await page.waitForURL(/\/prompts\/[0-9a-f-]{36}$/);
		const address = new URL(page.url()).pathname;
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);

		const reader = await house.signedIn(await aPerson(house.db, { name: `Ren ${how}`, spaces: [spaceId] }), {
			javaScriptEnabled,
			...phone
		});
		await reader.goto(address);
		for (const answer of ['Rope', 'Tape']) {
			await reader.getByLabel('Your answer').fill(answer);
			await reader.getByLabel('Why', { exact: true }).fill('It holds.');
			await reader.getByRole('button', { name: /^(Enter|Save it)$/ }).click();
			await reader.getByRole('heading', { name: answer }).waitFor();
		}
		expect(await reader.getByRole('heading', { name: '1 entry' }).count()).toBe(1);
		expect(await reader.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

		await passed(house.db, address.split('/').at(-1)!);
		await page.goto(address);
		await page.getByRole('button', { name: 'Draw the winners' }).click();
		await page.getByText(`Ren ${how} with “Tape”: A book`, { exact: false }).waitFor();
		await page.getByText('Check it yourself').click();
		await page.getByText('The seed:').waitFor();
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
	});
}
