import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { entryEdit } from '#src/rankings/guide/input.ts';
import { writeEntry } from '#src/rankings/guide/server/entries.ts';
import { beginGuide, readGuide } from '#src/rankings/guide/server/guide.ts';
import { newBallot, newNomination, newRanking, newRelease } from '#src/rankings/input.ts';
import { vote } from '#src/rankings/server/ballot.ts';
import { nominate } from '#src/rankings/server/nominations.ts';
import { readRanking } from '#src/rankings/server/read.ts';
import { releaseResult } from '#src/rankings/server/release.ts';
import { changeStatus, makeRanking } from '#src/rankings/server/write.ts';

/** A ranking that takes nominations; give more to differ from the default. */
export const aRanking = (
	db: Db,
	viewer: Viewer,
	spaceId: string,
	more: Record<string, unknown> = {}
): Promise<string> =>
	makeRanking(db, viewer, parse(newRanking, { spaceId, title: 'Tools of 2030', year: 2030, ...more }));

/** Names tools, each once. @returns their ids by name */
export async function named(
	db: Db,
	viewer: Viewer,
	rankingId: string,
	names: readonly string[]
): Promise<Record<string, string>> {
	for (const name of names)
		await nominate(db, viewer, rankingId, parse(newNomination, { name, why: `${name} helps.`, context: 'own_work' }));
	return Object.fromEntries(
		(await readRanking(db, viewer, rankingId)).nominees.map(({ tool }) => [tool.name, tool.id])
	);
}

/** The same, with its vote open. @returns its id and those of its tools by name */
export async function anOpenRanking(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	{
		names = ['Notes', 'Films', 'People'] as readonly string[],
		...more
	}: Record<string, unknown> & { names?: readonly string[] } = {}
) {
	const id = await aRanking(db, viewer, spaceId, more);
	const tools = await named(db, viewer, id, names);
	await changeStatus(db, viewer, id, 'voting');
	return { id, tools };
}

/** Casts a ballot by the names of tools. */
export const votes = (db: Db, viewer: Viewer, rankingId: string, choices: readonly string[]): Promise<void> =>
	vote(db, viewer, rankingId, parse(newBallot, { choices }));

/** Closes a vote and releases its result. @returns the hash of the release */
export async function closed(db: Db, viewer: Viewer, rankingId: string): Promise<string> {
	await changeStatus(db, viewer, rankingId, 'closed');
	return releaseResult(db, viewer, rankingId, parse(newRelease, {}));
}

/** One that takes nominations, one that takes ballots, and one whose vote is closed, with ballots of nobody. */
export async function aRankingOfEach(db: Db, viewer: Viewer, spaceId: string) {
	const rankings = await aRanking(db, viewer, spaceId);
	const tools = await named(db, viewer, rankings, ['Notes', 'Films']);
	const { nominees } = await readRanking(db, viewer, rankings);
	const open = await anOpenRanking(db, viewer, spaceId, { title: 'Open' });
	const [counted, released] = [await aClosedRanking(db, viewer, spaceId), await aClosedRanking(db, viewer, spaceId)];
	const release = await releaseResult(db, viewer, released, parse(newRelease, {}));
	const guide = await aGuide(db, viewer, spaceId);
	const nominations = nominees[0]!.nominations[0]!.id;
	return {
		...{ rankings, nominations, tools: tools.Notes!, otherTool: tools.Films! },
		...{ polls: open.id, choices: open.tools.Notes!, counted, released, release, ...guide }
	};
}

/** One whose vote is closed, with five ballots of nobody. */
export async function aClosedRanking(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	more: Parameters<typeof anOpenRanking>[3] = {}
): Promise<string> {
	const { id } = await anOpenRanking(db, viewer, spaceId, { title: 'Counted', ...more });
	await db.execute(sql`update ranking_box set ballots = ${'1\n1,2\n2\n3\n3,1'} where ranking_id = ${id}`);
	await changeStatus(db, viewer, id, 'closed');
	return id;
}

/** The Guide of a ranking, with an entry, an edition, and nobody let in. */
async function aGuide(db: Db, viewer: Viewer, spaceId: string) {
	const guided = await aClosedRanking(db, viewer, spaceId, { title: 'Guided' });
	await releaseResult(db, viewer, guided, parse(newRelease, {}));
	await beginGuide(db, viewer, guided, spaceId);
	const { lines } = await readGuide(db, viewer, guided);
	await writeEntry(db, viewer, lines[0]!.toolId, parse(entryEdit, { summary: 'It helps.' }));
	const editions = newId();
	await db.execute(sql`insert into guide_edition (id, series_id, number, name, ranking_id, list_hash, hash, content, pdf, pdf_hash, pages)
		values (${editions}, ${guided}, 1, 'Beta', ${guided}, '', '', '{}', '%PDF-', '', 1)`);
	return { guided, guideEntry: lines[0]!.toolId, unwritten: lines[1]!.toolId, editions };
}
