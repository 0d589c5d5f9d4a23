import { expect, test } from 'vitest';
import { fillDemo } from '#src/demo/fill.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { everyPage } from './addresses.ts';
import { axe, openHouse, overflow } from './house.ts';

const house = await openHouse();
await fillDemo(house.db);
const admin = (await row<{ id: string }>(house.db, sql`select id from person order by created_at limit 1`))!;
await house.db.execute(
	sql`insert into org_role (person_id, role) values (${admin.id}, 'admin') on conflict do nothing`
);
await house.db.execute(
	sql`insert into space_member (space_id, person_id, role) select id, ${admin.id}, 'steward' from space on conflict do nothing`
);
const pages = await everyPage(house.db);
// What a page left in the browser must not stand in for the next.
const looking = { stays: true, serviceWorkers: 'block' } as const;
const inside = await house.signedIn(admin, looking);
const outside = await house.page(looking);

/** Light and dark differ in colours, wide and narrow in all else. */
const looks = [
	{ width: 1280, height: 800, colorScheme: 'light' },
	{ width: 1280, height: 800, colorScheme: 'dark' },
	{ width: 390, height: 844, colorScheme: 'light' },
	{ width: 390, height: 844, colorScheme: 'dark' }
] as const;

test.each(pages)('$route pleases axe in every look and fits a narrow phone', async ({ route, address, signedIn }) => {
	expect(address, `tests/browser/addresses.ts needs an example for ${route}`).not.toBeNull();
	const page = signedIn ? inside : outside;
	await page.setViewportSize(looks[0]);
	await page.emulateMedia({ colorScheme: looks[0].colorScheme, reducedMotion: 'reduce' });
	const answer = await page.goto(address!);
	expect(answer!.status()).toBe(200);
	expect(await page.title()).toMatch(/\S.* · Trellis$|^Trellis$/);
	for (const { colorScheme, ...size } of looks) {
		await page.setViewportSize(size);
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		const found = await axe(page, colorScheme === 'dark' ? 'colours' : undefined);
		expect(found, `${colorScheme}, ${size.width} wide`).toEqual([]);
	}
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await overflow(page), 'pixels beyond 320').toBe(0);
});

test.each([
	['/nowhere', 404],
	['/questions/01900000-0000-7000-8000-000000000000', 404]
])('%s is answered with %i and a way on', async (address, status) => {
	const page = await house.signedIn(admin);
	const answer = await page.goto(address);
	expect(answer!.status()).toBe(status);
	expect(await page.getByRole('link', { name: 'Home' }).count()).toBeGreaterThan(0);
	expect(await axe(page)).toEqual([]);
});
