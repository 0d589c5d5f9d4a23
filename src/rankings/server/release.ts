import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { contentHash } from '#src/platform/server/content-hash.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { countBallots, movement, standings } from '../count.ts';
import type { NewRelease } from '../input.ts';
import { FEWEST_BALLOTS, type Release, type ResultContent } from '../ranking.ts';
import { readBox } from './ballot.ts';
import { rankingToCurate, type RankingRecord } from './record.ts';
import { isId } from '#src/platform/server/ids.ts';
import { toolsOf } from './tools.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** The result of a ranking was released for the first time. */
		'ranking.released': { itemId: string; actorId: string };
	}
}

/**
 * Counts a closed vote and freezes the result as a release that never changes. A later one says
 * what was put right; the earlier ones stay readable.
 * @returns the release's hash
 * @throws Failure conflict before the vote is closed, of too few ballots, or where nothing is new
 */
export async function releaseResult(
	db: Db,
	viewer: Viewer,
	id: string,
	{ note, submission }: NewRelease
): Promise<string> {
	return db.transaction(async (tx) => {
		const ranking = await rankingToCurate(tx, viewer, id);
		const last = await lastRelease(tx, id);
		if (submission && !(await isFirst(tx, viewer, submission)) && last) return last.hash;
		if (last && !note) throw invalid({ note: 'is needed: say in a line what was put right' });
		const content = { ...(await countedResult(tx, ranking)), note: last ? note : '' };
		if (last && contentHash({ ...content, note: '' }) === contentHash({ ...last.content, note: '' }))
			throw conflict('Nothing has changed since it was released last.');
		const hash = contentHash(content);
		await tx.execute(sql`insert into ranking_release (ranking_id, number, hash, content, released_by)
			values (${id}, ${(last?.number ?? 0) + 1}, ${hash}, ${JSON.stringify(content)}::text::jsonb, ${viewer.id})`);
		if (!last) await emit(tx, 'ranking.released', { itemId: id, actorId: viewer.id });
		return hash;
	});
}

/** A vote as it counts now. @throws Failure conflict before it is closed, or of too few ballots */
export async function countedResult(db: Db, ranking: RankingRecord): Promise<ResultContent> {
	if (ranking.status !== 'closed')
		throw conflict('The vote is still open: nobody sees how it stands until it is closed.');
	const ballots = await readBox(db, ranking.item_id);
	if (ballots.length < FEWEST_BALLOTS)
		throw conflict(`Fewer than ${FEWEST_BALLOTS} people voted: a result would tell what single people chose.`);
	const { title, year, most, places } = ranking;
	const tools = await toolsOf(db, ranking.series_id);
	const nameOf = (number: number) => tools.byNumber.get(number)!.name;
	const placed = standings(countBallots(ballots, most, tools.rootOf), nameOf, places);
	const earlier = await earlierReleases(db, ranking);
	const past = earlier.map(({ content }) => placesIn(content, tools.rootIdOf));
	const entries = placed.map(({ tool, ...standing }) => {
		const toolId = tools.byNumber.get(tool)!.id;
		return { ...standing, toolId, ...movement(toolId, standing.place, past) };
	});
	const before = earlier[0];
	return {
		...{ title, year, ballots: ballots.length, most, places, entries, note: '' },
		comparedWith: before ? { id: before.ranking_id, year: before.content.year, hash: before.hash } : null,
		off: [...(past[0] ?? [])]
			.filter(([toolId]) => !entries.some((entry) => entry.toolId === toolId))
			.map(([toolId, was]) => ({ toolId, name: tools.byId.get(toolId)!.name, was }))
			.sort((a, b) => a.was - b.was || a.name.localeCompare(b.name, 'en'))
	};
}

/** Places by tool; of several that are one by now, the best. */
function placesIn({ entries }: ResultContent, rootIdOf: (toolId: string) => string): Map<string, number> {
	const places = new Map<string, number>();
	for (const { toolId, place } of entries) {
		const root = rootIdOf(toolId);
		places.set(root, Math.min(place, places.get(root) ?? place));
	}
	return places;
}

interface ReleaseRow {
	ranking_id: string;
	number: number;
	hash: string;
	content: ResultContent;
	released_at: string;
}

/** The newest release of each edition before this one, the newest edition first. */
const earlierReleases = (db: Db, { series_id, year }: Pick<RankingRecord, 'series_id' | 'year'>) =>
	rows<ReleaseRow>(
		db,
		sql`select distinct on (r.year) l.* from ranking r join ranking_release l on l.ranking_id = r.item_id
			join item i on i.id = r.item_id
			where r.series_id = ${series_id} and r.year < ${year} and i.state <> 'removed' order by r.year desc, l.number desc`
	);

/** The newest release of a series: of its last year that has one. */
export interface SeriesRelease {
	rankingId: string;
	hash: string;
	content: ResultContent;
}

/** The list that a series has now; undefined before the first. */
export async function newestRelease(db: Db, seriesId: string): Promise<SeriesRelease | undefined> {
	const found = await row<ReleaseRow>(
		db,
		sql`select l.* from ranking r join ranking_release l on l.ranking_id = r.item_id join item i on i.id = r.item_id
			where r.series_id = ${seriesId} and i.state <> 'removed' order by r.year desc, l.number desc limit 1`
	);
	return found && { rankingId: found.ranking_id, hash: found.hash, content: found.content };
}

/** The newest release of a ranking, which is what it shows. */
export async function lastRelease(db: Db, rankingId: string): Promise<Release | undefined> {
	const found = await row<ReleaseRow>(
		db,
		sql`select * from ranking_release where ranking_id = ${rankingId} order by number desc limit 1`
	);
	return found && presentRelease(found);
}

export const presentRelease = ({ number, hash, content, released_at }: ReleaseRow): Release => ({
	...{ number, hash, content, releasedAt: new Date(released_at).toISOString() }
});

/** All releases of a ranking, the newest first. */
export async function releasesOf(db: Db, rankingId: string): Promise<Omit<Release, 'content'>[]> {
	const found = await rows<Omit<ReleaseRow, 'content'>>(
		db,
		sql`select number, hash, released_at from ranking_release where ranking_id = ${rankingId} order by number desc`
	);
	return found.map(({ number, hash, released_at }) => ({
		number,
		hash,
		releasedAt: new Date(released_at).toISOString()
	}));
}

export interface ReleaseView {
	ranking: { id: string; title: string };
	release: Release;
	/** The newest release, where this is an older one. */
	newer: { number: number; hash: string } | null;
}

/** A release as it was frozen, however long ago. @throws Failure not_found */
export async function readRelease(db: Db, viewer: Viewer, id: string, hash: string): Promise<ReleaseView> {
	const found = isId(id)
		? await row<ReleaseRow & { title: string }>(
				db,
				sql`select l.*, i.title from ranking_release l join item i on i.id = l.ranking_id
					where l.ranking_id = ${id} and l.hash = ${hash} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound('There is no such release, or it is not open to you.');
	const last = (await lastRelease(db, id))!;
	const newer = last.number > found.number ? { number: last.number, hash: last.hash } : null;
	return { ranking: { id, title: found.title }, release: presentRelease(found), newer };
}
