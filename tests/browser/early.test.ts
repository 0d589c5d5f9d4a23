import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { orgRole } from '#src/core/people/server/schema.ts';
import { spaceMember } from '#src/core/spaces/server/schema.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const person = await aPerson(house.db, {});
await house.db.insert(orgRole).values({ personId: person.id, role: 'admin' });
const spaceId = await aSpace(house.db, { slug: 'harbour' });
await house.db.insert(spaceMember).values({ spaceId, personId: person.id, role: 'steward' });

const PAGES = [
	'/design',
	'/sign-in',
	'/settings/profile',
	'/settings/notifications',
	'/spaces/new',
	'/spaces/harbour/settings',
	'/questions/new?space=harbour',
	'/admin/people',
	'/admin/organisation',
	'/people?q=somebody',
	'/drips/new',
	'/checks/new'
];

test.each(PAGES)('what is filled in on %s before its script has come stays', async (address) => {
	const { before, after } = await filledEarly(address);
	expect(after).toEqual(before);
});

test('what is chosen for a survey before its script has come stays, and the form shows what that asks for', async () => {
	const { before, after } = await filledEarly('/surveys/new');
	expect(before).toEqual(expect.arrayContaining(after));
	const shown = [
		'anonymous: false',
		'questions.0.label: early',
		'questions.0.type: section',
		'questions.0.hint: early'
	];
	expect(after).toEqual(expect.arrayContaining(shown));
	// A heading has no options.
	expect(after.join()).not.toContain('questions.0.options');
});

async function filledEarly(address: string) {
	const page = await (address === '/sign-in' ? house.page() : house.signedIn(person));
	let release = () => {};
	const slow = new Promise<void>((done) => (release = done));
	await page.route(/\/_app\/.*\.js$/, async (route) => {
		await slow;
		await route.continue();
	});
	await page.goto(address, { waitUntil: 'commit' });
	await page.locator('main').last().waitFor();
	const before = await fillIn(page);
	expect(before).not.toEqual([]);
	release();
	await page.waitForLoadState('networkidle');
	return { before, after: await filled(page) };
}

/** Gives every field of the page another value than it came with. */
async function fillIn(page: Page): Promise<string[]> {
	await page.evaluate(() => {
		for (const field of document.querySelectorAll<HTMLInputElement>('main :is(input, textarea, select):enabled')) {
			if (field instanceof HTMLSelectElement) field.selectedIndex = field.options.length - 1;
			else if (field.type === 'checkbox') field.checked = !field.checked;
			else if (field.type === 'radio') field.checked = true;
			else if (field.type === 'number') field.value = '7';
			else if (field.type === 'time') field.value = '06:30';
			else if (!['hidden', 'file', 'date'].includes(field.type)) field.value = 'early';
		}
	});
	return filled(page);
}

/** What would be sent: fields that the script replaced by its own count by what they hold. */
const filled = (page: Page): Promise<string[]> =>
	page.evaluate(() =>
		[...document.querySelectorAll<HTMLInputElement>('main :is(input, textarea, select)[name]:enabled')]
			// What a script measures or draws itself, such as the time zone, is nobody's typing.
			.filter(({ type, name }) => type !== 'file' && (type !== 'hidden' || name === 'tags'))
			.map((field) => `${field.name}: ${['checkbox', 'radio'].includes(field.type) ? field.checked : field.value}`)
	);
