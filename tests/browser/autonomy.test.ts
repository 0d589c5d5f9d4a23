import { beforeEach, expect, test } from 'vitest';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { somePushes } from '#src/testing/pushes.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
let reader: Viewer;

beforeEach(async () => {
	const space = await aSpace(house.db);
	reader = await aPerson(house.db, { spaces: [space] });
	const at = new Date(Date.now() - 3_600_000).toISOString();
	await somePushes(house.db, { at, spaceId: space, people: [reader], choice: 'default', kind: 'question.climbed' });
	await somePushes(house.db, { at, spaceId: space, people: [reader], choice: 'self' });
});

const mail = () =>
	row<{ mail: string }>(
		house.db,
		sql`select mail from notification_preference where person_id = ${reader.id} and kind = 'question.climbed'`
	);

test.each([{ javaScriptEnabled: true }, { javaScriptEnabled: false }])(
	'from the settings one sees what came and who chose it, and turns it off with one press (%o)',
	async (options) => {
		const page = await house.signedIn(reader, options);
		await page.goto('/settings/notifications');
		await page.getByRole('link', { name: 'What reached you lately, and who chose it' }).click();
		await page.getByText('2 things reached you in the last 30 days, 1 by your own choice.').waitFor();
		const section = page.getByRole('region', { name: 'It comes by itself' });
		await section.getByRole('button', { name: /Turn off/ }).click();
		await page.getByText('It is off now.').waitFor();
		await section.getByText('Off', { exact: true }).waitFor();
		expect(await mail()).toEqual({ mail: 'never' });
	}
);
