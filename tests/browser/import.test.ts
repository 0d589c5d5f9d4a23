import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import yazl from 'yazl';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();

async function aZip(): Promise<Buffer> {
	const zip = new yazl.ZipFile();
	zip.addBuffer(Buffer.from('# Opening the till\n\nTurn the key.'), 'till/opening.md');
	zip.addBuffer(Buffer.from('what,price\ntea,3\n'), 'till/prices.csv');
	zip.end();
	return buffer(zip.outputStream);
}

test.each([true, false])(
	'a steward brings a ZIP in and reads what came of it (script: %s)',
	async (javaScriptEnabled) => {
		const slug = `shop-${javaScriptEnabled}`;
		const spaceId = await aSpace(house.db, { slug, name: 'Shop floor' });
		const steward = await aPerson(house.db, { spaces: [spaceId], steward: true });
		const page = await house.signedIn(steward, { javaScriptEnabled });
		await page.goto(`/spaces/${slug}/settings`);
		await page.getByRole('link', { name: 'Bring things in' }).click();
		await page
			.locator('input[type=file]')
			.setInputFiles({ name: 'drive.zip', mimeType: 'application/zip', buffer: await aZip() });
		await page.getByRole('button', { name: 'Bring it in' }).click();
		await page.getByRole('heading', { name: 'Brought so far' }).waitFor();
		for (
			let looks = 0;
			!javaScriptEnabled && looks < 30 && (await page.getByText('Done', { exact: true }).count()) === 0;
			looks += 1
		) {
			await page.waitForTimeout(500);
			await page.reload();
		}
		await page.getByText('Done', { exact: true }).waitFor();
		expect(await page.locator('pre').textContent()).toMatch(/3 read, 3 written/);
		if (process.env.LOOK && javaScriptEnabled) {
			await page.screenshot({ path: `${process.env.LOOK}/wide.png`, fullPage: true });
			await page.setViewportSize({ width: 390, height: 800 });
			await page.screenshot({ path: `${process.env.LOOK}/narrow.png`, fullPage: true });
		}
		await page.goto(`/spaces/${slug}`);
		await page.getByRole('link', { name: 'Opening the till' }).first().waitFor();
	}
);
