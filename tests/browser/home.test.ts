import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { withSettings } from '#src/core/notify/server/on-its-way.ts';
import { signLink } from '#src/core/notify/server/links.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { axe, openHouse } from './house.ts';

const house = await openHouse();
const { db } = house;
const input = { bodyMd: 'It hangs after midnight.', tags: ['till'], anonymous: false };

test('an answer appears in the asker’s open page within seconds, without a reload', async () => {
	const spaceId = await aSpace(db);
	const asker = await aPerson(db, { spaces: [spaceId] });
	const colleague = await aPerson(db, { spaces: [spaceId] });
	const question = await askQuestion(db, asker, { ...input, spaceId, title: 'How do I reset the till?' });
	const page = await house.signedIn(asker);
	await page.goto(`/questions/${question}`);
	await page.waitForResponse(/notifications\/stream/);
	await answerQuestion(db, colleague, question, { bodyMd: 'Hold the green key.' });
	await page.getByText('1 new answer').waitFor();
	await page.getByRole('button', { name: 'Show' }).click();
	await page.getByText('Hold the green key.').waitFor();
});

test('home shows what is new, what waits, and says when that is all', async () => {
	const spaceId = await aSpace(db, { name: 'Shop floor' });
	const reader = await aPerson(db, { spaces: [spaceId], askMeAbout: ['till'] });
	const colleague = await aPerson(db, { spaces: [spaceId] });
	const hidden = await aSpace(db, { access: 'secret' });
	const stranger = await aPerson(db, { spaces: [hidden] });
	await askQuestion(db, colleague, { ...input, spaceId, title: 'How do I reset the till?' });
	await askQuestion(db, stranger, { ...input, spaceId: hidden, title: 'Where is the till hidden?' });
	const page = await house.signedIn(reader);
	await page.goto('/');
	const todo = page.getByRole('region', { name: 'Waiting for you' });
	expect(await todo.getByRole('link').allTextContents()).toEqual(['How do I reset the till?']);
	expect(await page.getByText('Where is the till hidden?').count()).toBe(0);
	const told = page.waitForResponse(/notifications\/stream\?page/);
	await page.getByRole('link', { name: 'How do I reset the till?' }).first().click();
	await told;
	await page.goto('/');
	await page.getByText('You are up to date.').waitFor();
	expect(await axe(page)).toEqual([]);
});

test('a link in a mail asks first, and one click in a mail program acts at once, signed out', async () => {
	const reader = await aPerson(db);
	const { mail_key } = await withSettings(db, reader.id, (_tx, settings) => Promise.resolve(settings));
	const token = signLink(mail_key, { personId: reader.id, action: 'off', target: 'item.helped' });
	const chosen = () =>
		rows(db, sql`select kind, in_page, mail from notification_preference where person_id = ${reader.id}`);
	const page = await house.page();
	await page.goto(`/mail/${token}`);
	expect(await axe(page)).toEqual([]);
	expect(await chosen()).toEqual([]);
	await page.getByRole('button', { name: 'Yes' }).click();
	await page.getByRole('heading', { name: 'Done' }).waitFor();
	expect(await chosen()).toEqual([{ kind: 'item.helped', in_page: false, mail: 'never' }]);
	const stop = signLink(mail_key, { personId: reader.id, action: 'stop', target: 'question.answered' });
	const answer = await fetch(`${house.url}/mail/${stop}/now`, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded' },
		body: 'List-Unsubscribe=One-Click',
		redirect: 'manual'
	});
	expect(answer.status).toBe(200);
	expect(await chosen()).toContainEqual({ kind: 'question.answered', in_page: true, mail: 'never' });
});

test('what a person is told can be set, paused and saved', async () => {
	const page = await house.signedIn(await aPerson(db));
	await page.goto('/settings/notifications');
	await page.getByRole('main').getByRole('combobox').first().selectOption('never');
	await page.getByRole('button', { name: 'Save' }).click();
	await page.getByText('Saved.').waitFor();
	await page.reload();
	expect(await page.getByRole('main').getByRole('combobox').first().inputValue()).toBe('never');
	await page.getByRole('button', { name: 'For a week' }).click();
	await page.getByRole('button', { name: 'End it now' }).click();
	await page.getByRole('button', { name: 'For a week' }).waitFor();
	expect(await axe(page)).toEqual([]);
});
