import { expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const { db } = house;
const spaceId = await aSpace(db, { name: 'Tills', slug: 'tills' });
const asker = await aPerson(db, { name: 'Ada Okafor', spaces: [spaceId] });
const colleague = await aPerson(db, { name: 'Ben Sato', spaces: [spaceId], askMeAbout: ['printer'] });
const known = await askQuestion(db, colleague, {
	...{ spaceId, title: 'How do I reset the till after a power cut?', bodyMd: '', tags: ['till'], anonymous: false }
});
await answerQuestion(db, colleague, known, { bodyMd: 'Hold the green key.' });

/** Writes an answer: into the plain field, or the rich editor that takes its place once it is touched. */
async function write(page: Page, text: string, rich: boolean) {
	const field = page.locator('textarea[name=bodyMd]').last();
	if (!rich) return field.fill(text);
	await field.focus();
	await page.locator('.ProseMirror').last().waitFor();
	await page.keyboard.type(text);
}

for (const javaScriptEnabled of [true, false]) {
	const how = javaScriptEnabled ? 'with' : 'without';

	test(`${how} JavaScript: ask, be shown what is alike, post, be answered, accept, say it helped`, async () => {
		const page = await house.signedIn(asker, { javaScriptEnabled });
		await page.goto(`/questions/new?space=${spaceId}`, { waitUntil: 'networkidle' });
		const title = page.locator('input[name=title]');

		await title.fill('How do I reset the till after a power cut');
		if (javaScriptEnabled) await page.getByText('Perhaps it has been answered:').waitFor();
		else {
			await page.getByRole('button', { name: 'Post your question' }).click();
			await page.getByRole('button', { name: 'None of these: post my question' }).waitFor();
		}
		expect(await page.locator(`main a[href="/questions/${known}"]`).count()).toBe(1);

		await title.fill(`Why does the receipt printer blink ${how} a red light?`);
		if (javaScriptEnabled) await page.getByText('wants to be asked about printer').waitFor();
		if (javaScriptEnabled) {
			await page.getByLabel('Tags').pressSequentially('printer ti');
			await page.locator('option[value="printer till"]').waitFor({ state: 'attached' });
		}
		await page.getByRole('button', { name: /[Pp]ost (your|my) question/ }).click();
		await page.waitForURL(/\/questions\/[0-9a-f-]{36}$/);
		const address = new URL(page.url()).pathname;
		await page.getByRole('button', { name: 'Ask Ben Sato' }).click();
		await page.getByText('Asked', { exact: true }).waitFor();
		if (javaScriptEnabled) expect(await axe(page)).toEqual([]);

		const other = await house.signedIn(colleague, { javaScriptEnabled });
		await other.goto(address, { waitUntil: 'networkidle' });
		await write(other, 'The paper is out.', javaScriptEnabled);
		await other.getByRole('button', { name: 'Post your answer' }).click();
		await other.locator('article.answer').waitFor();

		await page.goto(address, { waitUntil: 'networkidle' });
		await page.getByRole('button', { name: 'This solved it' }).click();
		await page.getByText('✓ This solved it').waitFor();
		await page.locator('article.answer summary', { hasText: 'This helped' }).click();
		await page.locator('article.answer input[name=minutesSaved]').fill('20');
		await page.getByRole('button', { name: 'Say so' }).click();
		await page.getByText('Helped 1 colleague · 20 min saved').waitFor();
		expect(await page.getByText('✓ Solved').isVisible()).toBe(true);
	});
}

test('a merged question leads to its original, and to itself again once that is taken back', async () => {
	const page = await house.signedIn(colleague, { javaScriptEnabled: false });
	const again = await askQuestion(db, colleague, {
		...{ spaceId, title: 'The till does not start any more?', bodyMd: '', tags: [], anonymous: false }
	});
	await page.goto(`/questions/${again}`);
	await page.locator('summary', { hasText: 'It was asked before' }).click();
	await page.locator('input[name=originalId]').fill(`${house.url}/questions/${known}`);
	await page.getByRole('button', { name: 'Merge into it' }).click();
	await page.waitForURL(`**/questions/${known}?from=${again}`);
	await page.getByRole('link', { name: 'See it by itself' }).click();
	await page.getByRole('button', { name: 'It is a question of its own' }).click();
	await page.goto(`/questions/${again}`);
	expect(new URL(page.url()).pathname).toBe(`/questions/${again}`);
});
