import type { Viewer } from '#src/core/access/server/viewer.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { NewRanking, NewYear, RankingEdit } from '../input.ts';
import { rankingToCurate, type RankingRecord } from './record.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** A ranking takes ballots. */
		'ranking.opened': { itemId: string; actorId: string };
	}
}

/**
 * Begins a ranking in a space, the first of its series. It takes nominations at once.
 * @returns its id
 * @throws Failure forbidden for people outside the space
 */
export async function makeRanking(db: Db, viewer: Viewer, input: NewRanking): Promise<string> {
	return db.transaction((tx) =>
		once(tx, viewer, input.submission, () => {
			const id = newId();
			return insertRanking(tx, viewer, { ...input, id, seriesId: id });
		})
	);
}

async function insertRanking(
	tx: Db,
	viewer: Viewer,
	{
		id,
		seriesId,
		spaceId,
		title,
		bodyMd,
		tags,
		...more
	}: Omit<NewRanking, 'submission'> & { id: string; seriesId: string }
): Promise<string> {
	await createItem(tx, viewer, { id, kind: 'ranking', spaceId, title, bodyMd, tags });
	await tx.execute(sql`insert into ranking (item_id, series_id, year, most, places, closes_on)
		values (${id}, ${seriesId}, ${more.year}, ${more.most}, ${more.places}, ${more.closesOn ?? null}::date)`);
	await tx.execute(sql`insert into ranking_box (ranking_id) values (${id})`);
	await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
	return id;
}

/**
 * Changes what a ranking asks and how. Once it takes ballots, only its words and its last day.
 * @returns the new version
 * @throws Failure conflict with `current` on a stale edit; invalid for what may not change any more
 */
export async function editRanking(db: Db, viewer: Viewer, id: string, edit: RankingEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const ranking = await rankingToCurate(tx, viewer, id);
		await expectChangeable(tx, ranking, edit);
		const { title, bodyMd, tags, note, version: seen, year, most, places, closesOn = null } = edit;
		const version = await editItem(tx, viewer, id, { title, bodyMd, tags, note, version: seen });
		await tx.execute(sql`update ranking set year = ${year}, most = ${most}, places = ${places},
			closes_on = ${closesOn}::date where item_id = ${id}`);
		return version;
	});
}

async function expectChangeable(tx: Db, ranking: RankingRecord, edit: RankingEdit): Promise<void> {
	if (ranking.status !== 'nominating' && edit.most !== ranking.most)
		throw invalid({ most: 'stays as it is once the vote was opened' });
	if (ranking.status === 'closed' && (edit.closesOn ?? null) !== ranking.closes_on)
		throw invalid({ closesOn: 'stays as it is once the vote is closed' });
	if (edit.year === ranking.year) return;
	const taken = await row(
		tx,
		sql`select from ranking where series_id = ${ranking.series_id} and year = ${edit.year} and item_id <> ${ranking.item_id}`
	);
	if (taken) throw invalid({ year: 'is that of another edition' });
	const released = await row(tx, sql`select from ranking_release where ranking_id = ${ranking.item_id}`);
	if (released) throw invalid({ year: 'stays as it is once the result was released' });
}

/** So few tools are no choice. */
const FEWEST_NOMINEES = 2;

/** Opens the vote, which invites all in the space, or closes it for good. @throws Failure conflict for another order */
export async function changeStatus(db: Db, viewer: Viewer, id: string, status: 'voting' | 'closed'): Promise<void> {
	await db.transaction(async (tx) => {
		const ranking = await rankingToCurate(tx, viewer, id);
		if (ranking.status === status) return;
		if (status === 'voting') await expectReady(tx, ranking);
		else if (ranking.status === 'nominating') throw conflict('The vote was not open yet.');
		await tx.execute(sql`update ranking set status = ${status} where item_id = ${id}`);
		if (status === 'voting') await emit(tx, 'ranking.opened', { itemId: id, actorId: viewer.id });
	});
}

async function expectReady(tx: Db, { item_id, status }: RankingRecord): Promise<void> {
	// Who has seen how it stands could vote by it.
	if (status === 'closed') throw conflict('The vote is closed, and stays so.');
	const found = await row<{ tools: number; over: boolean }>(
		tx,
		sql`select (select count(distinct tool_id)::int from nomination where ranking_id = ${item_id}) as tools,
			coalesce(closes_on < current_date, false) as over from ranking where item_id = ${item_id}`
	);
	if (found!.over) throw conflict('The last day of the vote has passed: change that first.');
	if (found!.tools < FEWEST_NOMINEES) throw conflict('Two must be named at least before there is something to choose.');
}

/**
 * Begins the ranking of another year: what it asks and how stay, and results are compared.
 * @returns its id
 * @throws Failure invalid for a year that has one
 */
export async function beginYear(db: Db, viewer: Viewer, id: string, { year, submission }: NewYear): Promise<string> {
	return db.transaction((tx) =>
		once(tx, viewer, submission, async () => {
			const { series_id, space_id, title, most, places, ...last } = await rankingToCurate(tx, viewer, id);
			const taken = await row(tx, sql`select from ranking where series_id = ${series_id} and year = ${year}`);
			if (taken) throw invalid({ year: 'has its edition already' });
			const item = (await row<{ body_md: string; tags: string[] }>(
				tx,
				sql`select body_md, tags from item where id = ${id}`
			))!;
			const named = title.replaceAll(String(last.year), String(year));
			return insertRanking(tx, viewer, {
				...{ id: newId(), seriesId: series_id, spaceId: space_id, title: named, bodyMd: item.body_md, tags: item.tags },
				...{ year, most, places, closesOn: undefined }
			});
		})
	);
}
