import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { fillDemo } from '#src/demo/fill.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { everyPage } from './addresses.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
await fillDemo(house.db);
const reader = (await row<{ id: string }>(
	house.db,
	sql`select person_id as id from space_member group by 1 order by count(*) desc limit 1`
))!;
const reading = (await everyPage(house.db)).filter(({ route }) =>
	/^\/((questions|pages)\/\[id\]|search|library)?$/.test(route)
);

test.each(reading)('$route loads at most 60 KB of scripts and 20 KB of styles', async ({ address }) => {
	const page = await house.signedIn(reader);
	const loading: Promise<void>[] = [];
	const bytes = { script: 0, stylesheet: 0 };
	page.on('response', (answer) => {
		const kind = answer.request().resourceType();
		if (kind === 'script' || kind === 'stylesheet')
			loading.push(answer.body().then((body) => void (bytes[kind] += gzipSync(body).length)));
	});
	await page.goto(address!, { waitUntil: 'networkidle' });
	await Promise.all(loading);
	const inline = await page.locator('style').allTextContents();
	bytes.stylesheet += gzipSync(inline.join('')).length;
	expect(bytes.script).toBeGreaterThan(0);
	expect(bytes.script).toBeLessThanOrEqual(60 * 1024);
	expect(bytes.stylesheet).toBeGreaterThan(0);
	expect(bytes.stylesheet).toBeLessThanOrEqual(20_000);
});
