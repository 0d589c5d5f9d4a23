import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newAid } from '#src/library/aids/input.ts';
import { retireAid } from '#src/library/aids/server/retire.ts';
import { editAid, writeAid } from '#src/library/aids/server/write.ts';
import { draw, drawn } from '#src/demo/picture.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { examples } from '#src/testing/aids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const { db } = house;
const spaceId = await aSpace(db, { name: 'Shop floor' });
const author = await aPerson(db, { name: 'Gwen Pritchard', spaces: [spaceId] });
const reader = await aPerson(db, { name: 'Leila Haddad', spaces: [spaceId] });
const image = await drawn(db, author, 'roll.png', [draw.disc(300, 200, 90)]);
const steps = {
	...examples.steps,
	steps: examples.steps.steps.map((step, at) => (at === 1 ? { ...step, image } : step))
};

const write = (content: object, title = 'Change the roll') =>
	writeAid(db, author, newAid.parse({ spaceId, title, content, tags: ['till'] }));

/** The pages a browser keeps, by the person they belong to. */
const keptIn = (page: Page) =>
	page.evaluate(async () => {
		const found: Record<string, string[]> = {};
		for (const name of await caches.keys()) {
			const keys = await (await caches.open(name)).keys();
			found[name] = keys.map(({ url }) => new URL(url).pathname);
		}
		return found;
	});
const waitUntilKept = (page: Page, path: string) =>
	expect.poll(async () => Object.values(await keptIn(page)).flat(), { timeout: 15_000 }).toContain(path);

test('a job aid runs with the network off after one visit, and the run counts later', async () => {
	const id = await write(steps);
	const page = await house.signedIn(reader, { viewport: { width: 390, height: 844 } });
	await page.goto(`/aids/${id}`);
	await waitUntilKept(page, `/aids/${id}/run`);
	await page.context().setOffline(true);
	await page.goto(`/aids/${id}/run`);
	await page.getByText('No network: all of it is kept').waitFor();
	await page.getByRole('heading', { name: 'Open the cover' }).waitFor();
	expect(await page.getByRole('button', { name: 'Ask when there is a network again' }).isDisabled()).toBe(true);
	await page.getByRole('link', { name: 'Next' }).click();
	await page.getByRole('heading', { name: 'Turn the roll' }).waitFor();
	const picture = page.getByRole('img', { name: 'The dark side faces up' });
	await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
	const corner = await page
		.getByRole('button', { name: 'Finish' })
		.evaluate((button) => getComputedStyle(button).borderTopLeftRadius);
	expect(corner, 'its styles are kept too').toBe('16px');
	await page.reload();
	await page.getByRole('heading', { name: 'Turn the roll' }).waitFor();
	// The whole aid is not kept, its run is.
	await page.goto(`/aids/${id}`);
	await page.getByRole('button', { name: 'Finish' }).click();
	await page.getByRole('heading', { name: 'Done' }).waitFor();
	expect(await rows(db, sql`select 1 from aid_run where item_id = ${id}`)).toEqual([]);
	await page.context().setOffline(false);
	const run = () => row(db, sql`select person_id, finished, furthest from aid_run where item_id = ${id}`);
	await expect.poll(run, { timeout: 10_000 }).toEqual({ person_id: reader.id, finished: true, furthest: 1 });
	house.forgive(/Failed to fetch|ERR_INTERNET_DISCONNECTED/);
});

test('what is kept is of one person, and of job aids alone; it goes with them', async () => {
	const id = await write(examples.checklist, 'Open the shop');
	const page = await house.signedIn(reader);
	await page.goto('/questions');
	await page.goto(`/aids/${id}`);
	await page.getByRole('checkbox', { name: 'Till counted' }).check();
	await waitUntilKept(page, `/aids/${id}/run`);
	const kept = await keptIn(page);
	expect(Object.keys(kept)).toEqual([`aids:${reader.id}`]);
	for (const path of kept[`aids:${reader.id}`]!)
		expect(path).toMatch(/^\/(aids\/[0-9a-f-]{36}\/run|aids\/device\.js|_app\/immutable\/.*|files\/.*)$/);
	await page.reload();
	expect(await page.getByRole('checkbox', { name: 'Till counted' }).isChecked()).toBe(true);

	// Somebody else on the same device, where the first did not sign out.
	const other = await house.signedIn(author);
	const [session] = await other.context().cookies();
	await page.context().addCookies([session!]);
	await page.goto(`/aids/${id}`);
	await expect.poll(async () => Object.keys(await keptIn(page))).toEqual([`aids:${author.id}`]);
	expect(await page.getByRole('checkbox', { name: 'Till counted' }).isChecked()).toBe(false);

	await page.locator('summary[aria-label="Your account"]').click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await page.waitForURL(/sign-in/);
	await expect.poll(() => keptIn(page)).toEqual({});
	await page.context().setOffline(true);
	await expect(page.goto(`/aids/${id}/run`))
		.rejects.toThrow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|503/)
		.catch(async () => {
			// Where the worker still stands it says that nothing is here.
			await page.getByRole('heading', { name: 'No network' }).waitFor();
			expect(await page.content()).not.toContain('Open the shop');
		});
	house.forgive(/./);
});

test('the keyboard leads through a run, and the back key back', async () => {
	const id = await write(examples.flow, 'A box arrives');
	const page = await house.signedIn(reader, { viewport: { width: 390, height: 844 } });
	await page.goto(`/aids/${id}/run`, { waitUntil: 'networkidle' });
	await page.getByRole('link', { name: 'Yes' }).focus();
	await page.keyboard.press('Enter');
	await page.getByRole('heading', { name: 'Take a photo' }).waitFor();
	await page.keyboard.press('ArrowRight');
	await page.getByRole('heading', { name: 'Call the carrier' }).waitFor();
	await page.goBack();
	await page.getByRole('heading', { name: 'Take a photo' }).waitFor();
	await page.keyboard.press('ArrowLeft');
	await page.getByRole('heading', { name: 'Is the box damaged?' }).waitFor();
	expect(await page.getByRole('link', { name: 'Back' }).count()).toBe(0);
	await page.getByRole('link', { name: 'No', exact: true }).click();
	await page.getByRole('button', { name: 'Finish' }).click();
	expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Done');
	await expect
		.poll(() => row(db, sql`select finished, furthest from aid_run where item_id = ${id}`))
		.toEqual({ finished: true, furthest: 3 });
});

test('a template is filled in on the device and copied', async () => {
	const page = await house.signedIn(reader, { permissions: ['clipboard-read', 'clipboard-write'] });
	await page.goto(`/aids/${await write(examples.template, 'A mail')}/run`, { waitUntil: 'networkidle' });
	await page.getByLabel('name', { exact: true }).fill('Ada');
	expect(await page.getByLabel('The text').inputValue()).toContain('Dear Ada,\n\nyour order {{number}}');
	await page.getByRole('button', { name: 'Copy the text' }).click();
	await page.getByRole('button', { name: 'Copied' }).waitFor();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Dear Ada');
});

test('without JavaScript it is read, run, finished, printed, and asked about', async () => {
	const id = await write(examples.checklist, 'Close the shop');
	const page = await house.signedIn(reader, { javaScriptEnabled: false });
	await page.goto(`/aids/${id}`);
	for (const text of ['Lights on', 'Two people count.', 'Doors unlocked']) await page.getByText(text).waitFor();
	await page.getByRole('link', { name: 'Print' }).click();
	await page.emulateMedia({ media: 'print' });
	expect(await page.getByRole('checkbox').count()).toBe(3);
	await page.getByRole('img', { name: 'Code that leads' }).waitFor();
	expect(await page.getByText('Is this print still current?').textContent()).toContain(`/aids/${id}?v=1`);
	expect(await page.getByRole('link', { name: 'Back' }).isVisible()).toBe(false);
	const pdf = await page.pdf({ format: 'A4' });
	expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
	await page.emulateMedia({ media: 'screen' });
	await page.goto(`/aids/${id}/run`);
	await page.getByRole('link', { name: 'Done, next' }).click();
	await page.getByRole('heading', { name: 'Till counted' }).waitFor();
	await page.getByRole('button', { name: 'Stuck here? Ask' }).click();
	await page.waitForURL(/\/questions\/new/);
	expect(await page.locator('input[name=title]').inputValue()).toBe(
		'Stuck at step 2 of “Close the shop”: Till counted'
	);
	expect(await page.locator('textarea[name=bodyMd]').inputValue()).toContain(
		`> Till counted\n\n[Step 2 of “Close the shop”](/aids/${id}#step-2)`
	);
	await page.getByRole('button', { name: 'Post your question' }).click();
	await page.waitForURL(/\/questions\/0/);
	await expect
		.poll(() => row(db, sql`select 1 as linked from item_link where to_id = ${id} and relation = 'mentions'`), {
			timeout: 15_000
		})
		.toEqual({ linked: 1 });
	await page.goto(`/aids/${id}`);
	await page.getByRole('link', { name: 'Stuck at step 2' }).waitFor();
	await page.goto(`/aids/${id}/run?way=0.1.2`);
	await page.getByRole('button', { name: 'Finish' }).click();
	await page.waitForURL(`/aids/${id}`);
	const runs = await rows(db, sql`select stuck_at, finished from aid_run where item_id = ${id} order by finished`);
	expect(runs).toEqual([
		{ stuck_at: 1, finished: false },
		{ stuck_at: null, finished: true }
	]);
});

test('an old print says that it is replaced, and a retired aid leads on', async () => {
	const id = await write(examples.checklist, 'Count the till');
	const items = [...examples.checklist.items, { text: 'Alarm on', note: '', group: '' }];
	const edit = {
		title: 'Count the till',
		tags: [],
		roles: [],
		patterns: [],
		verifyBy: null,
		note: 'There is an alarm now',
		version: 1
	};
	const page = await house.signedIn(reader);
	await page.goto(`/aids/${id}?v=1`);
	await page.getByText('Your print is the current version').waitFor();
	await editAid(db, author, id, { ...edit, content: { ...examples.checklist, items } });
	await page.goto(`/aids/${id}?v=1`);
	await page.getByText('Your print is replaced').waitFor();
	await page.getByText('There is an alarm now').waitFor();
	await page.getByText('What has changed').click();
	expect(await page.locator('ins').allTextContents()).toEqual(
		expect.arrayContaining([expect.stringContaining('Alarm on')])
	);
	const successor = await write(examples.checklist, 'Count both tills');
	await retireAid(db, author, id, { successorId: successor });
	await page.goto(`/aids/${id}?v=1`);
	expect(new URL(page.url()).pathname).toBe(`/aids/${successor}`);
	await page.getByText('If you hold a print of that one, print this one instead').waitFor();
	await page.goto(`/aids/${id}/run`);
	expect(new URL(page.url()).pathname).toBe(`/aids/${successor}/run`);
	await page.goto(`/aids/${id}?stay`);
	await page.getByText('This job aid is retired').waitFor();
});

test.each([true, false])('an aid is written in its form, scripts: %s', async (javaScriptEnabled) => {
	const page = await house.signedIn(author, { javaScriptEnabled });
	await page.goto('/aids/new', { waitUntil: 'networkidle' });
	await page.getByRole('link', { name: 'Flow chart' }).click();
	await page.waitForURL('/aids/new/flow');
	if (javaScriptEnabled) await page.waitForLoadState('networkidle');
	const cell = (name: string) => page.locator(`[name="${name}"]`);
	await cell('title').fill('A box arrives');
	await cell('nodes.0.text').fill('Is it damaged?');
	await cell('nodes.0.next').fill('Yes: 2; No: 9');
	await cell('nodes.1.text').fill('Call the carrier');
	await cell('nodes.3.text').fill('Shelf');
	await page.getByRole('button', { name: 'Publish' }).click();
	await page.getByText('leads to a step that is not there').waitFor();
	expect(await cell('nodes.3.text').inputValue()).toBe('Shelf');
	await page.getByRole('button', { name: 'Remove step or question 3' }).click();
	await expect.poll(() => cell('nodes.2.text').inputValue()).toBe('Shelf');
	await page.getByRole('button', { name: 'Add a step or question' }).click();
	await cell('nodes.4.text').fill('Done');
	await cell('nodes.0.next').fill('Yes: 2; No: 3');
	await page.getByRole('button', { name: 'Publish' }).click();
	await page.waitForURL(/\/aids\/[0-9a-f-]{36}$/);
	await page.getByRole('img', { name: 'Flow chart: A box arrives' }).waitFor();
	await page.getByRole('link', { name: 'go to 3' }).waitFor();
});

test('a Mermaid chart is taken over, and a picture comes with the form where there are no scripts', async () => {
	const page = await house.signedIn(author, { javaScriptEnabled: false });
	await page.goto('/aids/new/flow');
	await page.locator('summary', { hasText: 'Mermaid' }).click();
	await page.locator('[name=mermaid]').fill('flowchart TD\na{Open?} -->|yes| b[Go in]\na -->|no| c[Ring]');
	await page.getByRole('button', { name: 'Turn it into steps' }).click();
	expect(await page.locator('[name="nodes.0.next"]').inputValue()).toBe('yes: 2; no: 3');
	await page.goto('/aids/new/infographic');
	await page.locator('[name=title]').fill('Lift');
	await page.locator('[name=alt]').fill('A back, straight');
	const png = Buffer.from(
		'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
		'base64'
	);
	await page.locator('input[type=file]').setInputFiles({ name: 'lift (1).png', mimeType: 'image/png', buffer: png });
	await page.getByRole('button', { name: 'Publish' }).click();
	await page.waitForURL(/\/aids\/[0-9a-f-]{36}$/);
	const picture = page.getByRole('img', { name: 'A back, straight' });
	await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);
});

test('the pages of a job aid load at most 50 KB of scripts', async () => {
	const id = await write(steps);
	for (const address of [`/aids/${id}`, `/aids/${id}/run`, `/aids/${id}/print`]) {
		const page = await house.signedIn(reader);
		const loading: Promise<number>[] = [];
		page.on('response', (answer) => {
			if (answer.request().resourceType() === 'script')
				loading.push(answer.body().then((body) => gzipSync(body).length));
		});
		await page.goto(address, { waitUntil: 'networkidle' });
		const bytes = (await Promise.all(loading)).reduce((sum, one) => sum + one, 0);
		expect(bytes).toBeGreaterThan(0);
		expect(bytes, address).toBeLessThanOrEqual(50_000);
		await page.close();
	}
});
