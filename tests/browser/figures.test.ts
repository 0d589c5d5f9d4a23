import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aMetric } from '#src/testing/figures.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { name: 'Everybody', slug: 'everybody' });
const week = (at: number) => new Date(Date.UTC(2026, 0, 5 + at * 7)).toISOString().slice(0, 10);
/** Fifteen weeks before something was done and ten since, which it lifted by six. */
const lines = Array.from({ length: 25 }, (_, at) => [week(at), 40 + ((at * 7) % 5) + (at >= 15 ? 6 : 0)] as const);

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: add a figure, type values, bring a file, mark, and ask what it did`, async () => {
		const author = await aPerson(house.db, { name: `Ada ${how}`, spaces: [spaceId] });
		const page = await house.signedIn(author, { javaScriptEnabled, viewport: { width: 390, height: 800 } });
		await page.goto('/figures/new');
		await page.getByLabel('Title').fill(`Tickets ${how}`);
		await page.getByLabel('Unit').fill('tickets');
		await page.getByLabel('One value', { exact: true }).selectOption('week');
		await page.getByLabel('People whose work it adds up').fill('4');
		await page.getByRole('button', { name: 'Add it' }).click();
		// One about four people is refused at the field, with all that was typed.
		await page.getByText(/no figure here is about one person/).waitFor();
		expect(await page.getByLabel('Title').inputValue()).toBe(`Tickets ${how}`);
		await page.getByLabel('People whose work it adds up').fill('12');
		await page.getByRole('button', { name: 'Add it' }).click();
		await page.getByText('No value yet').waitFor();
		const address = new URL(page.url()).pathname;

		await page.getByRole('link', { name: 'Bring values' }).click();
		const typed = lines.slice(0, 5).map(([day, value]) => `${day} ${value}`);
		await page.getByRole('textbox', { name: 'Values' }).fill([...typed, `${week(5)} many`].join('\n'));
		await page.getByRole('button', { name: 'Take them in' }).click();
		await page.getByText('5 taken in, 1 put aside: see below.').waitFor();
		await page.getByLabel('Or a file').setInputFiles({
			...{ name: 'tickets.csv', mimeType: 'text/csv' },
			buffer: Buffer.from(['day,value', ...lines.map((line) => line.join(','))].join('\n'))
		});
		await page.getByRole('button', { name: 'Take them in' }).click();
		await page.getByText('20 taken in, 5 there already.').waitFor();
		expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);

		await page.goto(address);
		await page.getByText('Mark what was done').click();
		await page.getByLabel('From which day on').fill(week(15));
		await page.getByLabel('What', { exact: true }).fill('The new job aid');
		await page.getByRole('button', { name: 'Mark it' }).click();
		await page
			.getByText(`${week(15)}: The new job aid`)
			.first()
			.waitFor();
		expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
		await page.getByRole('link', { name: 'Did what was done help?' }).click();
		await page.getByRole('heading', { name: 'It got better' }).waitFor();
		await page.getByText(new RegExp(`“Tickets ${how}” rose by`)).waitFor();
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
	});

	test(`${how} JavaScript: let values come by themselves, and draw the order of a roll-out`, async () => {
		const author = await aPerson(house.db, { name: `Bea ${how}`, spaces: [spaceId] });
		const places: string[] = [];
		for (const name of ['North', 'South', 'East', 'West'])
			places.push(await aMetric(house.db, author, spaceId, { title: `${name} ${how}`, every: 'week' }));
		const page = await house.signedIn(author, { javaScriptEnabled });
		await page.goto(`/figures/${places[0]}/sources`);
		await page.getByRole('button', { name: 'Send from a program' }).click();
		await page.getByText('It is shown just now and never again.', { exact: false }).waitFor();
		await page.getByText('Pull from a database').click();
		await page.getByLabel('Database', { exact: true }).fill('mysql://reader:secret@127.0.0.1/shop');
		await page.getByLabel('Query').fill('select day, value from closed');
		await page.getByRole('button', { name: 'Pull from there' }).last().click();
		await page.getByRole('heading', { name: 'Pulled from MySQL or MariaDB' }).waitFor();
		expect(await page.content()).not.toContain('reader:secret');

		await page.goto(`/rollouts/new?figure=${places[0]}`);
		await page.getByLabel('Title').fill(`The aid ${how}`);
		expect(await page.getByLabel(`North ${how}`, { exact: false }).isChecked()).toBe(true);
		await page.getByLabel('First day').fill('2999-03-04');
		await page.getByRole('button', { name: 'Plan it' }).click();
		await page.getByText(/with fewer, chance cannot be told/).first().waitFor();
		for (const name of ['South', 'East', 'West']) await page.getByLabel(`${name} ${how}`, { exact: false }).check();
		await page.getByRole('button', { name: 'Plan it' }).click();
		await page.getByRole('button', { name: 'Draw the order' }).click();
		await page.getByRole('heading', { name: 'The order is drawn', exact: true }).waitFor();
		await page.getByText(/Next, on 4 March 2999/).waitFor();
		await page.getByText('Check it yourself').click();
		await page.getByText('The seed:').waitFor();
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);
		await page.getByText('Record what was done otherwise').click();
		await page.getByLabel('Why').fill('They moved.');
		await page.getByRole('button', { name: 'Record it' }).click();
		await page.getByText(/never had it: They moved\./).waitFor();
	});
}
