import { expect, test } from 'vitest';
import { newId } from '#src/platform/server/ids.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anOpenRanking, aRanking, closed, named, votes } from '#src/testing/rankings.ts';
import { newBallot, newNomination, newRanking, newRelease, newYear, rankingEdit } from '../input.ts';
import { vote } from './ballot.ts';
import { namesOf, nominate, withdraw } from './nominations.ts';
import { previewResult } from './preview.ts';
import { listRankings, readRanking } from './read.ts';
import { releaseResult } from './release.ts';
import { readTool } from './tools.ts';
import { beginYear, changeStatus, editRanking } from './write.ts';

const { db } = await testDatabase();
const api = apiClient(db);

async function aRoom(people = 6) {
	const spaceId = await aSpace(db, { access: 'closed' });
	const members = await Promise.all(Array.from({ length: people }, () => aPerson(db, { spaces: [spaceId] })));
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	return { spaceId, steward, members, curator: members[0]!, outsider: await aPerson(db) };
}

test('a tool is named once a person, however it is spelled, with why and where', async () => {
	const { spaceId, curator, members, outsider } = await aRoom();
	const id = await aRanking(db, curator, spaceId);
	const input = { name: 'Sticky notes', why: 'They are where the work is.', context: 'together' };
	const say = (viewer: typeof curator, more = {}) =>
		nominate(db, viewer, id, parse(newNomination, { ...input, ...more }));
	const first = await say(curator);
	await expect(say(curator, { name: 'sticky-NOTES' })).rejects.toMatchObject({ kind: 'conflict' });
	const twice = { name: 'Sticky Notes', why: 'Cheap.', submission: newId() };
	expect(await say(members[1]!, twice)).toBe(await say(members[1]!, twice));
	await expect(say(outsider)).rejects.toMatchObject({ kind: 'not_found' });
	const { nominees } = await readRanking(db, curator, id);
	expect(nominees).toMatchObject([
		{
			tool: { name: 'Sticky notes' },
			nominations: [
				{ mine: true, context: 'together' },
				{ mine: false, why: 'Cheap.' }
			]
		}
	]);
	expect(await namesOf(db, members[2]!, id)).toEqual(['Sticky notes']);
	await expect(withdraw(db, members[1]!, id, first)).rejects.toMatchObject({ kind: 'forbidden' });
	await withdraw(db, curator, id, first);
	expect((await readRanking(db, curator, id)).nominees[0]!.nominations).toHaveLength(1);
});

test('the vote is opened, taken and closed in that order, by those who look after it', async () => {
	const { spaceId, curator, members, steward } = await aRoom();
	const id = await aRanking(db, curator, spaceId);
	await expect(changeStatus(db, members[1]!, id, 'voting')).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(changeStatus(db, steward, id, 'closed')).rejects.toMatchObject({ kind: 'conflict' });
	await expect(changeStatus(db, steward, id, 'voting')).rejects.toThrow(/Two must be named/);
	const tools = await named(db, curator, id, ['Notes', 'Films']);
	await expect(votes(db, curator, id, [tools.Notes!])).rejects.toThrow(/not open yet/);
	await changeStatus(db, steward, id, 'voting');
	await expect(named(db, members[1]!, id, ['More'])).rejects.toThrow(/no more nominations/);
	await votes(db, curator, id, [tools.Notes!]);
	await changeStatus(db, steward, id, 'closed');
	await expect(votes(db, members[1]!, id, [tools.Notes!])).rejects.toThrow(/closed/);
	await expect(changeStatus(db, steward, id, 'voting')).rejects.toThrow(/stays so/);
});

test('a vote whose last day has passed takes no ballot and counts as closed', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id, tools } = await anOpenRanking(db, curator, spaceId);
	await db.execute(sql`update ranking set closes_on = current_date - 1 where item_id = ${id}`);
	await expect(votes(db, members[1]!, id, [tools.Notes!])).rejects.toThrow(/closed/);
	expect((await readRanking(db, curator, id)).status).toBe('closed');
	expect((await listRankings(db, curator, { limit: 10, space: spaceId })).items).toMatchObject([{ status: 'closed' }]);
});

test('one ballot a person: a second is refused, the same form once more changes nothing', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id, tools } = await anOpenRanking(db, curator, spaceId);
	const ballot = parse(newBallot, { choices: [tools.Notes, tools.Films], submission: newId() });
	const both = await Promise.allSettled([vote(db, members[1]!, id, ballot), vote(db, members[1]!, id, ballot)]);
	expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
	await expect(votes(db, members[1]!, id, [tools.People!])).rejects.toThrow(/voted already/);
	const { ballots, voted } = await readRanking(db, members[1]!, id);
	expect({ ballots, voted }).toEqual({ ballots: 1, voted: true });
	// The database alone holds to it, whatever a command forgets.
	await expect(
		db.execute(sql`insert into ranking_voter (ranking_id, person_id) values (${id}, ${members[1]!.id})`)
	).rejects.toMatchObject({ cause: { code: '23505' } });
});

test('fifty stuffed at once are one ballot', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id, tools } = await anOpenRanking(db, curator, spaceId);
	const all = await Promise.allSettled(Array.from({ length: 50 }, () => votes(db, members[2]!, id, [tools.Films!])));
	expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
	expect((await readRanking(db, curator, id)).ballots).toBe(1);
});

test('an edited form is refused whole: foreign and double choices, too many, none', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id, tools } = await anOpenRanking(db, curator, spaceId, { most: 2 });
	const other = await anOpenRanking(db, curator, spaceId, { title: 'Other', names: ['Rope', 'Tape'] });
	const refused = (choices: (string | undefined)[]) => expect(votes(db, members[1]!, id, choices as string[])).rejects;
	await refused([other.tools.Rope]).toMatchObject({ kind: 'invalid', fields: { choices: /does not stand/ } });
	await refused([newId()]).toMatchObject({ kind: 'invalid' });
	await refused([tools.Notes, tools.Notes]).toThrow(/You chose Notes twice/);
	await refused([tools.Notes, tools.Films, tools.People]).toThrow(/Choose 2 at most/);
	expect((await readRanking(db, members[1]!, id)).voted).toBe(false);
	expect(() => parse(newBallot, { choices: [] })).toThrow(/choose one/);
	expect(() => parse(newBallot, { choices: ['1'] })).toThrow();
	expect(() => parse(newNomination, { name: 'A', why: 'x'.repeat(1_000_000), context: 'own_work' })).toThrow(/600/);
});

test('nothing that is kept joins a ballot to whoever cast it', async () => {
	const { spaceId, curator, members } = await aRoom(7);
	const { id, tools } = await anOpenRanking(db, curator, spaceId);
	const [{ events: before }] = (await rows<{ events: number }>(
		db,
		sql`select count(*)::int as events from signal`
	)) as [{ events: number }];
	for (const [at, member] of members.entries())
		await votes(db, member, id, at % 2 ? [tools.People!, tools.Notes!] : [tools.Films!]);
	// No signal, and only the person in the list of those who voted: no time, no order of its own.
	expect(await row(db, sql`select count(*)::int as events from signal`)).toEqual({ events: before });
	const columns = await rows<{ name: string }>(
		db,
		sql`select column_name as name from information_schema.columns where table_name in ('ranking_voter', 'ranking_box') order by 1`
	);
	expect(columns.map(({ name }) => name)).toEqual(['ballots', 'person_id', 'ranking_id', 'ranking_id']);
	// The box stands in the order of its letters, whoever came first, in a row that the last one wrote.
	const { ballots } = (await row<{ ballots: string }>(
		db,
		sql`select ballots from ranking_box where ranking_id = ${id}`
	))!;
	expect(ballots.split('\n')).toEqual([...ballots.split('\n')].sort());
	expect(ballots.split('\n')).toHaveLength(7);
	// What the API tells of it holds no ballot, to whoever looks after it either.
	const { body } = await api(curator, `GET /rankings/${id}`);
	expect(body).toMatchObject({ ballots: 7, voted: true, release: null });
	expect(JSON.stringify(body)).not.toMatch(/choices/);
});

test('nobody sees how a vote stands before it is closed, and of fewer than five ballots nobody ever', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id, tools } = await anOpenRanking(db, curator, spaceId);
	for (const member of members.slice(0, 4)) await votes(db, member, id, [tools.Films!]);
	await expect(previewResult(db, curator, id)).rejects.toThrow(/still open/);
	await changeStatus(db, curator, id, 'closed');
	await expect(previewResult(db, curator, id)).rejects.toThrow(/Fewer than 5/);
	await expect(releaseResult(db, curator, id, parse(newRelease, {}))).rejects.toMatchObject({ kind: 'conflict' });
});

test('a result is counted, frozen, and compared with the year before: up, down, new, back and off', async () => {
	const { spaceId, curator, members } = await aRoom(5);
	const ballots = async (id: string, tools: Record<string, string>, all: string[][]) => {
		for (const [at, names] of all.entries())
			await votes(
				db,
				members[at]!,
				id,
				names.map((name) => tools[name]!)
			);
		return closed(db, curator, id);
	};
	const first = await anOpenRanking(db, curator, spaceId, { names: ['Notes', 'Films', 'People', 'Aids'] });
	await ballots(first.id, first.tools, [
		['Notes', 'Films', 'People'],
		['Notes'],
		['Films', 'Notes'],
		['People', 'Aids'],
		['Notes']
	]);
	const result = (await readRanking(db, members[3]!, first.id)).release!;
	expect(result.content.entries.map(({ place, name, points, move }) => [place, name, points, move])).toEqual([
		[1, 'Notes', 19, 'new'],
		[2, 'Films', 9, 'new'],
		[3, 'People', 8, 'new'],
		[4, 'Aids', 4, 'new']
	]);
	expect(result.content).toMatchObject({ ballots: 5, comparedWith: null, off: [] });

	const second = await beginYear(db, curator, first.id, parse(newYear, { year: 2031 }));
	expect((await readRanking(db, curator, second)).title).toBe('Tools of 2031');
	await expect(beginYear(db, curator, first.id, parse(newYear, { year: 2031 }))).rejects.toMatchObject({
		kind: 'invalid'
	});
	const again = await named(db, curator, second, ['films', 'People', 'Aids', 'Rope']);
	expect(again.Films).toBe(first.tools.Films);
	await changeStatus(db, curator, second, 'voting');
	await ballots(second, again, [
		['Films', 'People'],
		['Films', 'People'],
		['Films', 'Aids'],
		['Rope'],
		['Aids', 'Rope']
	]);
	const { content } = (await readRanking(db, curator, second)).release!;
	expect(content.comparedWith).toMatchObject({ id: first.id, year: 2030, hash: result.hash });
	expect(content.entries.map(({ place, tied, name, move, was }) => [place, tied, name, move, was])).toEqual([
		[1, false, 'Films', 'up', 2],
		[2, true, 'Aids', 'up', 4],
		[2, true, 'Rope', 'new', null],
		[4, false, 'People', 'down', 3]
	]);
	expect(content.off).toEqual([{ toolId: first.tools.Notes, name: 'Notes', was: 1 }]);

	const third = await beginYear(db, curator, second, parse(newYear, { year: 2032 }));
	const last = await named(db, curator, third, ['Notes', 'Films']);
	await changeStatus(db, curator, third, 'voting');
	await ballots(third, last, [['Notes'], ['Notes'], ['Notes'], ['Films'], ['Films']]);
	expect((await readRanking(db, curator, third)).release!.content.entries).toMatchObject([
		{ name: 'Notes', move: 'back', was: null },
		{ name: 'Films', move: 'down', was: 1 }
	]);
	const tool = await readTool(db, members[1]!, first.tools.Notes!);
	expect(tool.history.map(({ year, place }) => [year, place])).toEqual([
		[2032, 1],
		[2030, 1]
	]);
	await expect(readTool(db, (await aRoom()).outsider, tool.id)).rejects.toMatchObject({ kind: 'not_found' });
});

test('a stale edit is told with what is newer, and what counts ballots stays once the vote is open', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id } = await anOpenRanking(db, curator, spaceId);
	const edit = (more: Record<string, unknown>) =>
		editRanking(db, curator, id, parse(rankingEdit, { title: 'Tools', year: 2030, version: 1, ...more }));
	await expect(edit({ most: 3 })).rejects.toMatchObject({ fields: { most: expect.stringMatching(/stays/) } });
	expect(await edit({ title: 'Our tools', closesOn: '2999-01-01' })).toBe(2);
	await expect(edit({ title: 'Mine' })).rejects.toMatchObject({ details: { current: { title: 'Our tools' } } });
	await expect(
		editRanking(db, members[1]!, id, parse(rankingEdit, { title: 'T', year: 2030, version: 2 }))
	).rejects.toMatchObject({
		kind: 'forbidden'
	});
	expect(() => parse(newRanking, { spaceId, title: 'A', year: 'soon' })).toThrow(/year/);
});
