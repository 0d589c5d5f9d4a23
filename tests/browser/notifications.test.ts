import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { changeState } from '#src/core/items/server/write.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { axe, openHouse, overflow } from './house.ts';

const house = await openHouse();
let space: string;
let reader: Viewer;
let colleague: Viewer;
let pageId: string;

beforeEach(async () => {
	space = await aSpace(house.db);
	reader = await aPerson(house.db, { spaces: [space] });
	colleague = await aPerson(house.db, { name: 'Carl Colleague', spaces: [space] });
	const input = { spaceId: space, title: 'The till', bodyMd: 'Begin.', tags: [] };
	pageId = await writePage(house.db, reader, input as Parameters<typeof writePage>[2]);
});

test('a comment reaches an open page and the bell without a reload', async () => {
	const page = await house.signedIn(reader);
	await page.goto(`/pages/${pageId}`);
	await page.waitForLoadState('domcontentloaded');
	await page.waitForResponse(/notifications\/stream/);
	await addComment(house.db, colleague, pageId, { bodyMd: 'Hold the green key.' });
	await page.getByText('1 new comment').waitFor();
	expect(await page.getByText('Hold the green key.').count()).toBe(0);
	await page.getByRole('button', { name: 'Show' }).click();
	await page.getByText('Hold the green key.').waitFor();
});

test('the bell counts, shows and leads to what is new, and the list can be read and taken back', async () => {
	const page = await house.signedIn(reader);
	await page.goto('/');
	await page.waitForResponse(/notifications\/stream/);
	await addComment(house.db, colleague, pageId, { bodyMd: 'Hold the green key.' });
	await page.getByLabel('Notifications, 1 unread').click();
	await page.getByRole('link', { name: /Carl Colleague commented/ }).waitFor();
	await page.getByRole('link', { name: 'All notifications' }).click();
	await page.getByText('Hold the green key.').waitFor();
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await axe(page)).toEqual([]);
	}
	await page.getByRole('button', { name: 'Mark all as read' }).click();
	await page.getByRole('button', { name: 'Undo' }).click();
	await page.getByRole('button', { name: 'Mark all as read' }).waitFor();
	await addComment(house.db, colleague, pageId, { bodyMd: 'Or the red one.' });
	await page.getByText('New notifications').waitFor();
	await page.getByRole('button', { name: 'Show' }).click();
	await page.getByText('Or the red one.').waitFor();
	await page.setViewportSize({ width: 320, height: 640 });
	expect(await overflow(page)).toBe(0);
});

test('who is signed out, or loses the space, hears no more', async () => {
	const page = await house.signedIn(reader);
	await page.goto(`/pages/${pageId}`);
	await page.waitForResponse(/notifications\/stream/);
	await changeState(house.db, reader, pageId, 'removed');
	await house.db.execute(sql`delete from session where person_id = ${reader.id}`);
	const refused = page.waitForResponse(
		(answer) => answer.url().includes('/notifications/stream') && answer.status() === 401
	);
	await house.db.execute(sql`select pg_notify('rights', ${reader.id})`);
	await refused;
});
