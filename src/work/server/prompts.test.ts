import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { takeLeave } from '#src/core/people/server/leave.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { newHook, pace } from '../input.ts';
import { takeClosed } from './arrive.ts';
import { endHook, makeHook, myHooks } from './hooks.ts';
import { readNote } from './notes.ts';
import { answerPrompt, forgetPrompts, myPrompts, putAway, setPace } from './prompts.ts';

const { db } = await testDatabase();
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const ticket = (id: number | string, more = {}) => ({
	id,
	title: `Ticket ${id}`,
	url: 'https://tickets.example/1',
	...more
});

/** A connection, and what calls it with its secret. */
async function connected(viewer: Parameters<typeof makeHook>[1], more: Record<string, unknown> = {}) {
	const made = await makeHook(db, viewer, parse(newHook, { name: 'Tickets', sender: 'plain', forAll: false, ...more }));
	const call = (body: unknown) =>
		takeClosed(db, made.id, { body: bytes(body), headers: new Headers({ authorization: `Bearer ${made.secret}` }) });
	return { ...made, call };
}

async function anAdmin() {
	const { id } = await aPerson(db);
	await db.execute(sql`insert into org_role (person_id, role) values (${id}, 'admin')`);
	return viewerOf(db, id);
}

test('closed work asks once, and the answer is a reflection that says what it was about', async () => {
	const me = await aPerson(db);
	const { call } = await connected(me);
	expect(await call(ticket(1))).toBe('Its person was asked.');
	expect(await call(ticket(1))).toMatch('not asked again');
	const [prompt, ...more] = await myPrompts(db, me);
	expect(more).toEqual([]);
	expect(prompt).toMatchObject({ title: 'Ticket 1', address: 'https://tickets.example/1', from: 'Tickets' });
	const note = await answerPrompt(db, me, prompt!.id, { text: 'Turn the roll round first.' });
	expect(await readNote(db, me, note)).toMatchObject({
		kind: 'reflection',
		about: 'Ticket 1',
		text: 'Turn the roll round first.'
	});
	await expect(answerPrompt(db, me, prompt!.id, { text: 'Again.' })).rejects.toMatchObject({ kind: 'not_found' });
	expect(await call(ticket(1))).toMatch('not asked again');
	expect(await myPrompts(db, me)).toEqual([]);
});

test('no more come than one lets: at most so many a week, also of many that come at once, and none when switched off', async () => {
	const me = await aPerson(db);
	const { call } = await connected(me);
	await Promise.all(Array.from({ length: 8 }, (_, id) => call(ticket(id))));
	expect(await myPrompts(db, me)).toHaveLength(2);
	await setPace(db, me, parse(pace, { aWeek: 3 }));
	await call(ticket('a'));
	await call(ticket('b'));
	expect(await myPrompts(db, me)).toHaveLength(3);
	await setPace(db, me, parse(pace, { aWeek: 0 }));
	expect(await myPrompts(db, me)).toEqual([]);
	await call(ticket('c'));
	expect(await myPrompts(db, me)).toEqual([]);
	await setPace(db, me, parse(pace, { aWeek: 7, pausedUntil: '2149-01-01' }));
	await call(ticket('d'));
	expect(await myPrompts(db, me)).toEqual([]);
	await setPace(db, me, parse(pace, { aWeek: 7 }));
	const today = new Date().toISOString().slice(0, 10);
	await takeLeave(db, me, { from: today, until: today, word: '' });
	await call(ticket('e'));
	expect(await myPrompts(db, me)).toEqual([]);
});

test('what is put away or left alone for a week is gone, with all that it said, and does not come again', async () => {
	const me = await aPerson(db);
	const { id, call } = await connected(me);
	await call(ticket(1));
	await putAway(db, me, (await myPrompts(db, me))[0]!.id);
	await call(ticket(2));
	await db.execute(sql`update work_prompt set arrived_at = now() - interval '8 days' where hook_id = ${id}`);
	expect(await myPrompts(db, me)).toEqual([]);
	await forgetPrompts(db);
	const left = await rows(db, sql`select state, title, address from work_prompt where hook_id = ${id} order by state`);
	expect(left).toEqual([
		{ state: 'away', title: '', address: '' },
		{ state: 'forgotten', title: '', address: '' }
	]);
	await call(ticket(1));
	await call(ticket(2));
	expect(await myPrompts(db, me)).toEqual([]);
});

test('who neither knows the secret nor signs with it is refused, and nothing changes', async () => {
	const me = await aPerson(db);
	const { id, secret } = await connected(me);
	const body = bytes(ticket(1));
	const send = (headers: Record<string, string>, sent = body) =>
		takeClosed(db, id, { body: sent, headers: new Headers(headers) });
	const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
	for (const headers of [
		{},
		{ authorization: 'Bearer ' },
		{ authorization: `Bearer ${secret}x` },
		{ 'x-hub-signature-256': signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')) },
		// A wrong signature is not mended by a right secret beside it.
		{ 'x-hub-signature-256': 'sha256=00', authorization: `Bearer ${secret}` }
	] as Record<string, string>[])
		await expect(send(headers)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(send({ 'x-hub-signature-256': signature }, bytes(ticket(2)))).rejects.toMatchObject({
		kind: 'forbidden'
	});
	expect(await myPrompts(db, me)).toEqual([]);
	expect(await send({ 'x-hub-signature-256': signature })).toBe('Its person was asked.');
	await expect(send({ authorization: `Bearer ${secret}` }, bytes('{'))).rejects.toMatchObject({ kind: 'invalid' });
	const kept = await row<{ secret: string }>(db, sql`select secret from work_hook where id = ${id}`);
	expect(kept!.secret).not.toContain(secret);
});

test('a connection for everybody finds its person by e-mail, and is made and ended by admins alone', async () => {
	const [admin, me] = [await anAdmin(), await aPerson(db, { email: 'worker@closed.example' })];
	await expect(connected(me, { forAll: true })).rejects.toMatchObject({ kind: 'forbidden' });
	const { id, call } = await connected(admin, { forAll: true });
	expect(await call(ticket(1, { email: 'Nobody@closed.example' }))).toMatch('names nobody');
	expect(await call(ticket(1, { email: 'Worker@Closed.example' }))).toBe('Its person was asked.');
	expect(await myPrompts(db, me)).toHaveLength(1);
	expect(await myPrompts(db, admin)).toEqual([]);
	expect((await myHooks(db, admin)).map(({ id }) => id)).toContain(id);
	expect(await myHooks(db, me)).toEqual([]);
	await expect(endHook(db, me, id)).rejects.toMatchObject({ kind: 'not_found' });
	await endHook(db, admin, id);
	await expect(call(ticket(2))).rejects.toMatchObject({ kind: 'not_found' });
});

const issue = { number: 7, title: 'Label upside down', html_url: 'https://git.example/7' };
const gitlab = { iid: 3, title: 'Faster load', url: 'https://lab.example/3' };
const jira = { summary: 'No stock', status: { statusCategory: { key: 'done' } }, assignee: { displayName: 'Mia' } };
test.each([
	['github', { action: 'closed', issue: { ...issue, assignees: [{ login: 'Mia' }] } }, true],
	['github', { action: 'closed', issue: { ...issue, assignees: [{ login: 'Ben' }] } }, false],
	['github', { action: 'opened', issue: { ...issue, assignees: [{ login: 'Mia' }] } }, false],
	['github', { action: 'closed', pull_request: { ...issue, merged: true, user: { login: 'mia' } } }, true],
	['github', { action: 'closed', pull_request: { ...issue, merged: false, user: { login: 'mia' } } }, false],
	['github', { zen: 'Keep it logically awesome.' }, false],
	[
		'gitlab',
		{ object_kind: 'issue', object_attributes: { ...gitlab, action: 'close' }, user: { username: 'mia' } },
		true
	],
	[
		'gitlab',
		{
			object_kind: 'merge_request',
			object_attributes: { ...gitlab, action: 'merge' },
			assignees: [{ username: 'mia' }]
		},
		true
	],
	[
		'gitlab',
		{ object_kind: 'merge_request', object_attributes: { ...gitlab, action: 'close' }, user: { username: 'mia' } },
		false
	],
	[
		'jira',
		{
			issue: { key: 'SHOP-1', self: 'https://jira.example/rest/1', fields: jira },
			changelog: { items: [{ field: 'status' }] }
		},
		true
	],
	[
		'jira',
		{
			issue: { key: 'SHOP-1', self: 'https://jira.example/rest/1', fields: jira },
			changelog: { items: [{ field: 'labels' }] }
		},
		false
	],
	['plain', { id: 1, title: 'So', account: 'MIA' }, true],
	['plain', { id: 1, title: '\u202e' }, false],
	['plain', [null], false],
	['plain', { id: {}, title: [] }, false]
] as const)('what %s sends asks whose work it was, when it was closed', async (sender, body, asks) => {
	const me = await aPerson(db);
	const { call } = await connected(me, { sender, account: 'mia' });
	expect(await call(body)).toMatch(asks ? 'Its person was asked.' : 'Nobody was asked');
	const prompts = await myPrompts(db, me);
	expect(prompts).toHaveLength(asks ? 1 : 0);
});

test('a title of any length and an address that leads nowhere are made harmless', async () => {
	const me = await aPerson(db);
	const { call } = await connected(me);
	await call({ id: 'x', title: `A\u0000\u202e${'b'.repeat(5000)}`, url: 'javascript:alert(1)' });
	const [prompt] = await myPrompts(db, me);
	expect(prompt!.address).toBe('');
	expect(prompt!.title).toMatch(/^A b+$/);
	expect(prompt!.title).toHaveLength(300);
});
