import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { feedEntry } from '#src/feeds/server/schema.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aSpaceFeed } from '#src/testing/feeds.ts';
import { testWeb } from '#src/testing/web.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const source = await testWeb();
const spaceId = await aSpace(house.db, { name: 'Yard' });
const reader = await aPerson(house.db, { spaces: [spaceId] });
const { entries } = await aSpaceFeed(house.db, spaceId);
/** A tenth of a second of silence. */
const wave = Buffer.alloc(844);
wave.write('RIFF', 0);
wave.writeUInt32LE(836, 4);
wave.write('WAVEfmt ', 8);
[16, 1 | (1 << 16), 8000, 8000, 1 | (8 << 16)].forEach((value, at) => wave.writeUInt32LE(value, 16 + at * 4));
wave.write('data', 36);
wave.writeUInt32LE(800, 40);
source.pages.set('127.0.0.1/talk.wav', (_request, response) =>
	response.writeHead(200, { 'content-type': 'audio/wav' }).end(wave)
);

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: the source of a sound is asked for nothing before one presses`, async () => {
		source.asked.length = 0;
		const media = [{ url: source.url('127.0.0.1/talk.wav'), type: 'audio/wav', seconds: 61 }];
		await house.db.update(feedEntry).set({ media }).where(eq(feedEntry.id, entries));
		const page = await house.signedIn(reader, { javaScriptEnabled });
		const seen = await page.goto(`/feeds/entries/${entries}`);
		expect(seen!.headers()['content-security-policy']).not.toContain('127.0.0.1');
		const listen = page.getByRole('link', { name: 'Listen here, 2 min' });
		await listen.waitFor();
		expect(source.asked).toEqual([]);
		const [answer] = await Promise.all([
			page.waitForResponse((response) => response.url().endsWith('?play=0')),
			listen.click()
		]);
		expect(answer.headers()['content-security-policy']).toContain(new URL(media[0]!.url).origin);
		await page.locator('audio').waitFor();
		await expect.poll(() => source.asked).toContain('127.0.0.1/talk.wav');
	});

	test(`${how} JavaScript: a rule is made, acts, says so, and goes`, async () => {
		const page = await house.signedIn(reader, { javaScriptEnabled });
		await page.goto('/feeds/rules');
		await page.getByLabel('Words').last().fill(`pallets, ${how}`);
		await page.getByRole('button', { name: 'Make the rule' }).click();
		const rule = page.locator('article', { hasText: `pallets, ${how}` });
		await rule.getByText('One entry in 60 days.').waitFor();
		await page.goto('/feeds?show=hidden&order=newest');
		await page.getByRole('link', { name: `Hidden by your rule “pallets, ${how}”.` }).click();
		await page.waitForURL(/\/feeds\/rules#rule-/);
		await rule.getByRole('button', { name: 'Remove it' }).click();
		await rule.waitFor({ state: 'detached' });
	});
}
