import { expect, test } from 'vitest';
import { wire } from '#src/app/server/wire.ts';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { ownLists } from '#src/core/export/server/own.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { listNotices } from '#src/core/notify/server/read.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import { dispatch } from '#src/core/signals/server/events.ts';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { weeksOf } from './read.ts';

const { db } = await testDatabase();
const api = apiClient(db);
wire(db);

async function aPlace(access: 'open' | 'closed' | 'secret' = 'closed') {
	const spaceId = await aSpace(db, { access, name: 'Docks', allowAnonymous: true });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	return { spaceId, steward, reader: await aPerson(db, { spaces: [spaceId] }), at: `/spaces/${spaceId}/practice` };
}

const ask = (viewer: Awaited<ReturnType<typeof aPerson>>, spaceId: string, title: string, anonymous = false) =>
	askQuestion(db, viewer, { spaceId, title, bodyMd: '', tags: [], anonymous });

const entries = (page: { shown: { weeks: { entries: { deed: string; text: string }[] }[] }[] }) =>
	page.shown.flatMap(({ weeks }) => weeks.flatMap((week) => week.entries.map(({ deed, text }) => `${deed}: ${text}`)));

test('practice is shown by choice alone, and gone from others’ eyes at once when that is taken back', async () => {
	const { spaceId, steward, reader, at } = await aPlace();
	await ask(steward, spaceId, 'How do you strap this?');
	await ask(steward, spaceId, 'Without my name', true);
	const others = await ask(reader, spaceId, 'How is the till opened?');
	const answer = await answerQuestion(db, steward, others, { bodyMd: 'Hold the green key.' });
	expect((await api(reader, `GET ${at}`)).body.shown).toEqual([]);
	expect((await api(steward, `POST ${at}/tried`, { text: 'Too early.' })).status).toBe(409);
	expect((await api(steward, `PUT ${at}`)).status).toBe(204);
	expect((await api(steward, `POST ${at}/tried`, { text: 'I asked in the open.' })).status).toBe(201);
	expect((await api(steward, `POST ${at}/tried`, { text: 'I asked in the open.' })).status).toBe(201);
	const mine = await ask(reader, spaceId, 'A tip on knots');
	await markHelped(db, steward, mine, { note: '' } as never);
	const hidden = await ask(reader, spaceId, 'By nobody', true);
	await markHelped(db, steward, hidden, { note: '' } as never);
	const page = (await api(reader, `GET ${at}`)).body;
	expect(entries(page).sort()).toEqual([
		...['answered: How is the till opened?', 'asked: How do you strap this?', 'thanked: A tip on knots'],
		'tried: I asked in the open.'
	]);
	expect(page.shown[0].weeks.length).toBeGreaterThanOrEqual(13);
	expect(
		page.shown[0].weeks.filter((week: { entries: unknown[] }) => week.entries.length === 0).length
	).toBeGreaterThan(10);
	expect(page).toMatchObject({ canShow: false, shows: false, canInvite: false, leaders: [] });
	await db.execute(sql`update item set state = 'removed' where id = ${answer}`);
	expect(entries((await api(reader, `GET ${at}`)).body)).not.toContain('answered: How is the till opened?');
	expect((await api(steward, `DELETE ${at}`)).status).toBe(204);
	expect((await api(reader, `GET ${at}`)).body.shown).toEqual([]);
	const own = ownLists().find(({ name }) => name === 'practice-tried')!;
	expect(await Array.fromAsync(own.list(db, steward))).toMatchObject([{ text: 'I asked in the open.' }]);
});

test('only who looks after the space or leads people shows theirs; nobody shows or removes another’s', async () => {
	const { spaceId, steward, reader, at } = await aPlace();
	expect((await api(reader, `PUT ${at}`)).status).toBe(403);
	const leads = await aPerson(db, { spaces: [spaceId] });
	await db.insert(orgRole).values({ personId: leads.id, role: 'people_manager' });
	const leader = await viewerOf(db, leads.id);
	expect((await api(leader, `PUT ${at}`)).status).toBe(204);
	const { id } = (await api(leader, `POST ${at}/tried`, { text: 'I said what I got wrong.' })).body;
	expect((await api(steward, `DELETE /practice-tried/${id}`)).status).toBe(404);
	expect((await api(leader, `DELETE /practice-tried/${id}`)).status).toBe(204);
	expect((await api(leader, `DELETE /practice-tried/${id}`)).status).toBe(404);
	// Who leads elsewhere, and does not read the space, has no place there.
	const elsewhere = await aPerson(db);
	await db.insert(orgRole).values({ personId: elsewhere.id, role: 'people_manager' });
	expect((await api(await viewerOf(db, elsewhere.id), `PUT ${at}`)).status).toBe(403);
});

test('a secret space stays hidden, with the practice in it', async () => {
	const { steward, at } = await aPlace('secret');
	await api(steward, `PUT ${at}`);
	const { id } = (await api(steward, `POST ${at}/tried`, { text: 'In secret.' })).body;
	const stranger = await aPerson(db);
	for (const call of [
		`GET ${at}`,
		`PUT ${at}`,
		`DELETE ${at}`,
		`DELETE ${at}/invitation`,
		`DELETE /practice-tried/${id}`
	])
		expect((await api(stranger, call)).status, call).toBe(404);
	expect((await api(stranger, `POST ${at}/tried`, { text: 'x' })).status).toBe(404);
	expect((await api(stranger, `PUT ${at}/invitations/${steward.id}`)).status).toBe(404);
});

test('a leader is asked once in 90 days, hears of it once, and may decline', async () => {
	const { spaceId, steward, reader, at } = await aPlace();
	const leads = await aPerson(db, { spaces: [spaceId] });
	expect((await api(steward, `PUT ${at}/invitations/${leads.id}`)).status).toBe(422);
	await db.insert(orgRole).values({ personId: leads.id, role: 'people_manager' });
	const leader = await viewerOf(db, leads.id);
	expect((await api(reader, `PUT ${at}/invitations/${leads.id}`)).status).toBe(403);
	expect((await api(steward, `PUT ${at}/invitations/${steward.id}`)).status).toBe(422);
	const invite = () => api(steward, `PUT ${at}/invitations/${leads.id}`);
	const both = await Promise.all([invite(), invite()]);
	expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
	expect((await api(leader, `GET ${at}`)).body.invitedBy).toBe(steward.name);
	const event = {
		id: newId(),
		name: 'practice.invited',
		at: new Date().toISOString(),
		spaceId,
		personId: leads.id,
		actorId: steward.id
	};
	await dispatch(event as never);
	await dispatch(event as never);
	const { groups } = await listNotices(db, leader, { show: 'all' });
	expect(groups.flatMap(({ notices }) => notices)).toMatchObject([
		{ href: expect.stringContaining('/community/practice') }
	]);
	expect((await api(leader, `DELETE ${at}/invitation`)).status).toBe(204);
	expect((await api(leader, `GET ${at}`)).body.invitedBy).toBeNull();
	expect((await invite()).status).toBe(409);
	expect((await api(steward, `GET ${at}`)).body.leaders).toMatchObject([
		{ id: leads.id, peaceUntil: expect.any(String) }
	]);
	await db.execute(
		sql`update practice_invite set invited_at = now() - interval '95 days', declined_at = now() - interval '91 days'`
	);
	expect((await invite()).status).toBe(204);
	expect((await api(leader, `PUT ${at}`)).status).toBe(204);
	expect((await invite()).body.detail).toContain('shows it already');
});

test('what cannot be is refused with a line that names the field', async () => {
	const { steward, at } = await aPlace();
	await api(steward, `PUT ${at}`);
	const wrong: [object, string][] = [
		[{ text: '' }, 'text'],
		[{ text: '  \n ' }, 'text'],
		[{ text: 'x'.repeat(1001) }, 'text'],
		[{ text: 'x', triedOn: '2150-01-01' }, 'triedOn'],
		[{ text: 'x', triedOn: '0000-01-01' }, 'triedOn'],
		[{ text: 'x', triedOn: '1789-07-14' }, 'triedOn'],
		[{ text: 'x', triedOn: '1999-01-01' }, 'triedOn'],
		[{ text: 'x', triedOn: '2026-02-30' }, 'triedOn']
	];
	for (const [body, field] of wrong) {
		const answer = await api(steward, `POST ${at}/tried`, body);
		expect([answer.status, Object.keys(answer.body.errors ?? {})], JSON.stringify(body).slice(0, 50)).toEqual([
			422,
			[field]
		]);
	}
});

test('weeks begin on Mondays, and those with nothing stand among them', () => {
	const line = (on: string) => ({
		id: on,
		deed: 'tried' as const,
		text: on,
		on,
		kind: null,
		page_id: null,
		page_kind: null
	});
	const weeks = weeksOf(
		[line('2030-03-12'), line('2030-03-11'), line('2030-03-10'), line('2029-12-20')],
		new Date('2030-03-13T10:00:00Z')
	);
	expect(weeks.map(({ begins, entries }) => [begins, entries.length]).slice(0, 3)).toEqual([
		['2030-03-11', 2],
		['2030-03-04', 1],
		['2030-02-25', 0]
	]);
	expect(weeks).toHaveLength(14);
	expect(weeks.reduce((sum, { entries }) => sum + entries.length, 0)).toBe(4);
});
