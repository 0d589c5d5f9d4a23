import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { votes } from '#src/testing/rankings.ts';
import { readRanking } from '#src/rankings/server/read.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Everybody', slug: 'everybody' });
const phone = { viewport: { width: 390, height: 800 } };

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: name tools, vote on a phone, close it, read the result`, async () => {
		const curator = await aPerson(house.db, { name: `Ada ${how}`, spaces: [spaceId] });
		const page = await house.signedIn(curator, { javaScriptEnabled });
		await page.goto('/rankings/new');
		await page.getByLabel('Title').fill(`Tools ${how}`);
		await page.getByRole('button', { name: 'Take nominations' }).click();
		await page.waitForURL(/\/rankings\/[0-9a-f-]{36}$/);
		const address = new URL(page.url()).pathname;
		const id = address.split('/').at(-1)!;
		for (const name of ['Rope', 'Tape', 'rope']) {
			await page.getByLabel('What it is called').fill(name);
			await page.getByLabel(/^Why/).fill(`${name} holds.`);
			await page.getByLabel('Where it serves you').selectOption('together');
			await page.getByRole('button', { name: 'Name it' }).click();
			if (name === 'rope') await page.getByText('You have named rope already.').waitFor();
			else await page.getByRole('heading', { name, exact: true }).waitFor();
		}
		// Nothing of what was refused is lost.
		expect(await page.getByLabel(/^Why/).inputValue()).toBe('rope holds.');
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
		await page.getByRole('button', { name: 'Open the vote' }).click();
		await page.getByRole('group', { name: 'Your ballot' }).waitFor();

		const voter = await house.signedIn(await aPerson(house.db, { spaces: [spaceId] }), { javaScriptEnabled, ...phone });
		await voter.goto(address);
		await voter.getByLabel('First choice').selectOption({ label: 'Rope' });
		await voter.getByLabel('Choice 2').selectOption({ label: 'Rope' });
		await voter.getByRole('button', { name: 'Put it in the box' }).click();
		await voter.getByText('You chose Rope twice.').waitFor();
		expect(await voter.getByLabel('First choice').locator('option:checked').textContent()).toBe('Rope');
		await voter.getByLabel('Choice 2').selectOption({ label: 'Tape' });
		await voter.getByRole('button', { name: 'Put it in the box' }).click();
		await voter.getByText('Your ballot is in the box.').waitFor();
		expect(await voter.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

		const tools = (await readRanking(house.db, curator, id)).nominees.map(({ tool }) => tool.id);
		for (const choices of [tools.toReversed(), [tools[1]!], [tools[1]!], [tools[0]!], [tools[0]!]])
			await votes(house.db, await aPerson(house.db, { spaces: [spaceId] }), id, choices);
		await page.goto(address);
		await page.getByRole('button', { name: 'Close the vote' }).click();
		await page.getByRole('button', { name: 'Release the result' }).click();
		await page.getByRole('heading', { name: 'The result' }).waitFor();
		// Three times first and once second, both of them.
		const lines = await page.locator('tbody tr').allTextContents();
		expect(lines.map((line) => line.replace(/\s+/g, ' ').trim())).toEqual([
			expect.stringMatching(/^1 ?shared.*Rope ?19 ?4$/),
			expect.stringMatching(/^1 ?shared.*Tape ?19 ?4$/)
		]);
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
	});
}
