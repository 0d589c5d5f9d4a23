import { expect, test } from 'vitest';
import { sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anOpenRanking, aRanking, closed, named, votes } from '#src/testing/rankings.ts';
import { newNomination, newRelease, newYear } from '../input.ts';
import { mergeTool, partTool } from './merge.ts';
import { nominate } from './nominations.ts';
import { countOpened } from './opened.ts';
import { readRanking } from './read.ts';
import { readRelease, releaseResult } from './release.ts';
import { readTool } from './tools.ts';
import { beginYear, changeStatus } from './write.ts';

const { db } = await testDatabase();
const why = 'Two names of one thing.';

async function aRoom() {
	const spaceId = await aSpace(db);
	const members = await Promise.all(Array.from({ length: 6 }, () => aPerson(db, { spaces: [spaceId] })));
	return { spaceId, members, curator: members[0]! };
}

test('two names become one, with a trail, and part again with all that was theirs', async () => {
	const { spaceId, curator, members } = await aRoom();
	const id = await aRanking(db, curator, spaceId);
	const tools = await named(db, curator, id, ['Docs', 'Google Docs', 'Rope']);
	const merge = (viewer: typeof curator, into: string) => mergeTool(db, viewer, tools.Docs!, { into, why });
	await expect(merge(members[1]!, tools['Google Docs']!)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(merge(curator, tools.Docs!)).rejects.toMatchObject({ kind: 'invalid' });
	const other = await anOpenRanking(db, curator, spaceId, { title: 'Other' });
	await expect(merge(curator, other.tools.Notes!)).rejects.toMatchObject({ fields: { into: /same ranking/ } });
	await merge(curator, tools['Google Docs']!);
	await merge(curator, tools['Google Docs']!);
	await expect(merge(curator, tools.Rope!)).rejects.toThrow(/counts as another one already/);
	await expect(mergeTool(db, curator, tools.Rope!, { into: tools.Docs!, why })).rejects.toThrow(/Choose that one/);

	// The old name leads to the one it counts as.
	await nominate(db, members[1]!, id, parse(newNomination, { name: 'docs', why: 'Mine.', context: 'learning' }));
	const { nominees } = await readRanking(db, curator, id);
	expect(nominees.map(({ tool, nominations }) => [tool.name, nominations.length])).toEqual([
		['Google Docs', 3],
		['Rope', 1]
	]);
	expect(await readTool(db, curator, tools.Docs!)).toMatchObject({
		countsAs: { name: 'Google Docs' },
		nominations: []
	});
	const one = await readTool(db, members[1]!, tools['Google Docs']!);
	expect(one).toMatchObject({
		names: ['Docs'],
		merges: [{ tool: { name: 'Docs' }, why, undone: null }],
		canCurate: false
	});

	await partTool(db, curator, tools.Docs!);
	await partTool(db, curator, tools.Docs!);
	const parted = await readTool(db, curator, tools.Docs!);
	expect(parted).toMatchObject({ countsAs: null, nominations: [{}], merges: [{ undone: { by: curator.name } }] });
	expect(parted.merges).toHaveLength(1);
});

test('votes for two names count as one before the release; what was released stays, and is put right by another', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id, tools } = await anOpenRanking(db, curator, spaceId, { names: ['Docs', 'Google Docs', 'Rope'] });
	const [docs, google, rope] = [tools.Docs!, tools['Google Docs']!, tools.Rope!];
	const ballots = [[docs, google], [google], [docs, rope], [rope], [rope, docs]];
	for (const [at, ballot] of ballots.entries()) await votes(db, members[at]!, id, ballot);
	const first = await closed(db, curator, id);
	const before = (await readRelease(db, curator, id, first)).release;
	expect(before.content.entries.map(({ name, points }) => [name, points])).toEqual([
		['Docs', 14],
		['Rope', 14],
		['Google Docs', 9]
	]);
	await expect(releaseResult(db, curator, id, parse(newRelease, { note: 'Again.' }))).rejects.toThrow(
		/Nothing has changed/
	);
	await mergeTool(db, curator, docs, { into: google, why });
	await expect(releaseResult(db, curator, id, parse(newRelease, {}))).rejects.toMatchObject({
		fields: { note: /needed/ }
	});
	await releaseResult(db, curator, id, parse(newRelease, { note: 'Docs and Google Docs are one.' }));
	const { release, releases } = await readRanking(db, curator, id);
	expect(release!.content.entries.map(({ name, points, ballots }) => [name, points, ballots])).toEqual([
		['Google Docs', 19, 4],
		['Rope', 14, 3]
	]);
	expect(releases.map(({ number }) => number)).toEqual([2, 1]);
	const kept = await readRelease(db, members[1]!, id, first);
	expect(kept).toMatchObject({ release: before, newer: { number: 2 } });

	// The year after compares with what was one by then, at its better place.
	const next = await beginYear(db, curator, id, parse(newYear, { year: 2031 }));
	const again = await named(db, curator, next, ['Docs', 'Rope']);
	expect(again).toEqual({ 'Google Docs': google, Rope: rope });
	await changeStatus(db, curator, next, 'voting');
	for (const member of members.slice(0, 5)) await votes(db, member, next, [rope, google]);
	await closed(db, curator, next);
	expect((await readRanking(db, curator, next)).release!.content.entries).toMatchObject([
		{ name: 'Rope', was: 2, move: 'up' },
		{ name: 'Google Docs', was: 1, move: 'down' }
	]);
});

test('a ballot may name what was merged while it was filled in', async () => {
	const { spaceId, curator, members } = await aRoom();
	const { id, tools } = await anOpenRanking(db, curator, spaceId, { names: ['Docs', 'Google Docs'] });
	await mergeTool(db, curator, tools.Docs!, { into: tools['Google Docs']!, why });
	for (const member of members.slice(0, 5)) await votes(db, member, id, [tools.Docs!]);
	await closed(db, curator, id);
	expect((await readRanking(db, curator, id)).release!.content.entries).toMatchObject([
		{ name: 'Google Docs', ballots: 5 }
	]);
});

test('a page counts that it was opened, not who did, nor what is sent on it', async () => {
	const { spaceId, curator } = await aRoom();
	const id = await aRanking(db, curator, spaceId);
	const url = new URL(`https://trellis.example.org/rankings/${id}`);
	const from = (referer?: string) => new Request(url, { headers: referer ? { referer } : {} });
	await countOpened(db, id, { request: from(), url });
	await countOpened(db, id, { request: from('https://trellis.example.org/rankings'), url });
	await countOpened(db, id, { request: from(url.href), url });
	await countOpened(db, id, { request: from('not an address'), url });
	expect((await readRanking(db, curator, id)).opened).toBe(3);
	const columns = (await db.execute(
		sql`select column_name from information_schema.columns where table_name = 'ranking_opened' order by 1`
	)) as unknown as { column_name: string }[];
	expect(columns.map(({ column_name }) => column_name)).toEqual(['day', 'page_id', 'times']);
});
