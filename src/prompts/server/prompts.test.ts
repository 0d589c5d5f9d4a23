import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { rows, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aPrompt, enters, passed } from '#src/testing/prompts.ts';
import { entryText, newPrompt, promptEdit } from '../input.ts';
import { drawDue, drawWinners } from './draw.ts';
import { leavePrompt, setAside } from './entries.ts';
import { listPrompts, readPrompt } from './read.ts';
import { editPrompt, promptToEdit } from './write.ts';

const { db } = await testDatabase();
const api = apiClient(db);

async function aRoom() {
	const spaceId = await aSpace(db, { access: 'closed' });
	const members = await Promise.all(Array.from({ length: 5 }, () => aPerson(db, { spaces: [spaceId] })));
	return { spaceId, members, author: members[0]!, outsider: await aPerson(db) };
}

test('one entry a person, put right or taken back until the last day', async () => {
	const { spaceId, author, members, outsider } = await aRoom();
	const id = await aPrompt(db, author, spaceId);
	await Promise.all([enters(db, members[1]!, id), enters(db, members[1]!, id)]);
	await enters(db, members[1]!, id, 'Tape');
	await expect(enters(db, outsider, id)).rejects.toMatchObject({ kind: 'not_found' });
	const { entries, canEnter } = await readPrompt(db, members[1]!, id);
	expect(entries).toMatchObject([{ answer: 'Tape', mine: true, version: 2, aside: null }]);
	expect(canEnter).toBe(true);
	await leavePrompt(db, members[1]!, id);
	expect((await readPrompt(db, author, id)).entries).toEqual([]);
	await enters(db, members[2]!, id);
	await passed(db, id);
	await expect(enters(db, members[1]!, id)).rejects.toThrow(/closed/);
	await expect(leavePrompt(db, members[2]!, id)).rejects.toThrow(/closed/);
	expect((await listPrompts(db, author, { limit: 5, space: spaceId })).items).toMatchObject([
		{ status: 'closed', entries: 1, entered: false }
	]);
});

test('rule, dates and prizes stay once somebody has entered; a stale edit is told', async () => {
	const { spaceId, author, members } = await aRoom();
	const id = await aPrompt(db, author, spaceId);
	const { title, rule, closesOn, announcesOn, prizes } = await promptToEdit(db, author, id);
	const edit = (more: Record<string, unknown>) =>
		editPrompt(db, author, id, parse(promptEdit, { title, rule, closesOn, announcesOn, prizes, version: 1, ...more }));
	expect(await edit({ prizes: ['A book'] })).toBe(2);
	await enters(db, members[1]!, id);
	await expect(edit({ version: 2 })).rejects.toMatchObject({ fields: { prizes: /stays/ } });
	await expect(edit({ version: 2, prizes: ['A book'], rule: 'Anything.' })).rejects.toMatchObject({
		fields: { rule: /stays/ }
	});
	await expect(edit({ version: 1, prizes: ['A book'] })).rejects.toMatchObject({
		details: { current: { version: 2 } }
	});
	expect(await edit({ version: 2, prizes: ['A book'], title: 'Which one?' })).toBe(3);
	const wrong = (more: Record<string, unknown>) =>
		parse(newPrompt, { spaceId, title: 'A', rule: 'B', closesOn: '2999-01-02', ...more });
	expect(() => wrong({ announcesOn: '2999-01-02' })).toThrow(/after the last day/);
	expect(() => wrong({ prizes: 'A book' })).toThrow(/needed where there are prizes/);
	expect(() => wrong({ closesOn: 'soon' })).toThrow(/must be a day/);
	expect(() => parse(entryText, { answer: 'A', why: 'x'.repeat(1_000_000) })).toThrow(/at most/);
	await expect(aPrompt(db, author, spaceId, { closesOn: '2001-01-01' })).rejects.toMatchObject({ kind: 'invalid' });
});

test('winners are drawn from a seed whose hash was shown before, as anybody can check', async () => {
	const { spaceId, author, members } = await aRoom();
	const id = await aPrompt(db, author, spaceId);
	for (const member of members) await enters(db, member, id);
	const before = await readPrompt(db, author, id);
	expect(before.drawn).toBeNull();
	// What the API tells before gives the seed away to nobody, to whoever looks after it either.
	const told = JSON.stringify((await api(author, `GET /prompts/${id}`)).body);
	await expect(drawWinners(db, author, id)).rejects.toThrow(/not before/);
	await setAside(db, author, id, before.entries[0]!.id, { why: 'It names no tool.' });
	await expect(setAside(db, members[1]!, id, before.entries[1]!.id, { why: 'No.' })).rejects.toMatchObject({
		kind: 'forbidden'
	});
	await passed(db, id);
	await expect(drawWinners(db, members[1]!, id)).rejects.toMatchObject({ kind: 'forbidden' });
	await drawWinners(db, author, id);
	const { drawn, status, seedHash } = await readPrompt(db, members[1]!, id);
	expect(status).toBe('drawn');
	expect(seedHash).toBe(before.seedHash);
	const sha = (text: string) => createHash('sha256').update(text).digest('hex');
	expect(sha(drawn!.seed)).toBe(seedHash);
	expect(told).not.toContain(drawn!.seed);
	expect(drawn!.entries).toEqual(
		before.entries
			.slice(1)
			.map((entry) => entry.id)
			.sort()
	);
	const lots = drawn!.entries.map((entry) => [sha(`${drawn!.seed}:${entry}`), entry]).sort();
	expect(drawn!.winners).toEqual([
		{ entry: lots[0]![1], prize: 'A book' },
		{ entry: lots[1]![1], prize: 'Tea' }
	]);
	// Drawn once: neither again by hand nor by the job, nor by setting entries aside.
	await drawWinners(db, author, id);
	await drawDue(db);
	expect((await readPrompt(db, author, id)).drawn).toEqual(drawn);
	await expect(setAside(db, author, id, before.entries[1]!.id, { why: 'No.' })).rejects.toThrow(/drawn already/);
});

test('the job draws what is due, and one that cannot be drawn holds up none of the others', async () => {
	const { spaceId, author, members } = await aRoom();
	const [broken, id, early] = [
		await aPrompt(db, author, spaceId),
		await aPrompt(db, author, spaceId),
		await aPrompt(db, author, spaceId)
	];
	for (const one of [broken, id, early]) await enters(db, members[1]!, one);
	await Promise.all([broken, id].map((one) => passed(db, one)));
	await db.execute(sql`delete from prompt_seed where prompt_id = ${broken}`);
	await expect(drawDue(db)).rejects.toThrow();
	const states = await rows<{ id: string; drawn: boolean }>(
		db,
		sql`select item_id as id, drawn is not null as drawn from prompt where item_id in (${broken}, ${id}, ${early})`
	);
	expect(new Map(states.map((one) => [one.id, one.drawn]))).toEqual(
		new Map([
			[broken, false],
			[id, true],
			[early, false]
		])
	);
});

test('without prizes there is nothing to draw, and the API says the same as the page', async () => {
	const { spaceId, author } = await aRoom();
	const { body } = await api(author, 'POST /prompts', {
		spaceId,
		title: 'A habit?',
		rule: 'One.',
		closesOn: '2999-01-01'
	});
	const seen = await api(author, `GET /prompts/${body.id}`);
	expect(seen.body).toMatchObject({ status: 'open', prizes: [], announcesOn: null, canDraw: false });
	expect((await api(author, `PUT /prompts/${body.id}/winners`)).status).toBe(409);
	expect(
		(await api(author, 'POST /prompts', { spaceId, title: 'A', rule: 'B', closesOn: '2999-01-01', prizes: ['C'] }))
			.status
	).toBe(422);
	expect((await api(author, 'PUT /prompts/nonsense/entry', { answer: 'A', why: 'B' })).status).toBe(422);
});
