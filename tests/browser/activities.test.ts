import { expect, test } from 'vitest';
import { letPass } from '#src/testing/activities.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const phone = { viewport: { width: 390, height: 800 } };

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: plan an activity, be reminded by choice, take it into a calendar, say what came of it`, async () => {
		const spaceId = await aSpace(house.db, { name: `Docks ${how}`, slug: `docks-${how}` });
		const author = await aPerson(house.db, { name: `Ama ${how}`, spaces: [spaceId], timeZone: 'Europe/Vienna' });
		const reader = await aPerson(house.db, { name: `Ben ${how}`, spaces: [spaceId], timeZone: 'Asia/Kolkata' });
		const page = await house.signedIn(author, { javaScriptEnabled });
		await page.goto(`/spaces/docks-${how}`);
		await page.getByRole('link', { name: 'Together' }).click();
		await page.getByText('Nothing is planned').waitFor();
		await page.getByRole('link', { name: 'Plan an activity' }).click();
		await page.getByLabel(/^What it is called/).fill(`Straps ${how}`);
		await page.getByLabel(/^Begins on/).fill('2150-07-01');
		await page.getByLabel(/^at/).fill('14:00');
		await page.getByLabel(/^until/).fill('13:00');
		await page.getByLabel(/^Where/).fill('Gate 4');
		await page.getByRole('button', { name: 'Plan it' }).click();
		await page.getByText('Until must be after it begins.').waitFor();
		expect(await page.getByLabel(/^Where/).inputValue()).toBe('Gate 4');
		await page.getByLabel(/^until/).fill('15:30');
		await page.getByRole('button', { name: 'Plan it' }).click();
		await page.waitForURL(/\/activities\/[0-9a-f-]{36}$/);
		await page.getByText('14:00 to 15:30 (Vienna)').waitFor();
		const address = new URL(page.url()).pathname;

		const other = await house.signedIn(reader, { javaScriptEnabled, ...phone });
		await other.goto(address);
		await other.getByText('17:30 to 19:00 (Kolkata)').waitFor();
		await other.getByText('Nobody has to come').waitFor();
		await other.getByRole('button', { name: 'Remind me a day before' }).click();
		await other.getByRole('button', { name: 'You are reminded a day before: not after all' }).waitFor();
		const file = await other.request.get(`${address}/ics`);
		expect(await file.text()).toContain(`SUMMARY:Straps ${how}`);

		await letPass(house.db, address.split('/').at(-1)!, 3, 1);
		await page.goto(address);
		await page.getByLabel(/^What came of it/).fill('Two straps.');
		await page.getByRole('button', { name: 'Save' }).click();
		await page.getByText('Two straps.').first().waitFor();
		await other.goto(`/spaces/docks-${how}/community/programme?show=past`);
		await other.getByRole('link', { name: `Straps ${how}` }).waitFor();
	});
}
