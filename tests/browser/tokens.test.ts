import { expect, test } from 'vitest';
import { aPerson } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();

test.each([true, false])(
	'a token is shown once, works, and works no more once ended; scripts: %s',
	{ retry: 2 },
	async (scripts) => {
		const page = await house.signedIn(await aPerson(house.db), { javaScriptEnabled: scripts });
		const whoAmI = (token: string) =>
			fetch(`${house.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status);

		await page.goto('/settings/tokens');
		await page.getByLabel('Read and write').check();
		await page.getByLabel('Name').fill('   ');
		await page.getByRole('button', { name: 'Make it' }).click();
		await page.getByText(/^Name /).waitFor();
		expect(await page.getByLabel('Read and write').isChecked()).toBe(true);
		await page.getByLabel('Name').fill('Till monitor');
		await page.getByRole('button', { name: 'Make it' }).click();
		const token = await page.getByRole('status').locator('code').innerText();
		expect(await whoAmI(token)).toBe(200);

		await page.goto('/settings/tokens');
		await page.getByText('reads and writes').waitFor();
		expect(await page.content()).not.toContain(token);
		await page.getByRole('button', { name: 'End Till monitor' }).click();
		await page.getByText('No tokens').waitFor();
		expect(await whoAmI(token)).toBe(401);
	}
);
