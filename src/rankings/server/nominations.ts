import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { nameKey } from '../count.ts';
import type { NewNomination } from '../input.ts';
import type { Context, Nominee } from '../ranking.ts';
import { canCurate, expectNominating, lockRanking, rankingOf, type RankingRecord } from './record.ts';
import { toolsOf } from './tools.ts';

/** More would be no ballot that anybody reads. */
const MOST_TOOLS = 400;

/**
 * Names a tool with why and where it serves. A name that is known, however it is spelled, is the same tool.
 * @returns the nomination's id
 * @throws Failure conflict when it takes none any more, or for the same tool by the same person
 */
export async function nominate(db: Db, viewer: Viewer, rankingId: string, input: NewNomination): Promise<string> {
	return db.transaction(async (tx) => {
		const ranking = await lockRanking(tx, viewer, rankingId);
		allow(canWriteIn(viewer, { spaceId: ranking.space_id }), 'Join the space to name something.');
		expectNominating(ranking);
		const { name, why, context, submission } = input;
		const tool = await toolNamed(tx, ranking.series_id, name);
		const known = await row<{ id: string }>(
			tx,
			sql`select id from nomination where ranking_id = ${rankingId} and tool_id = ${tool} and person_id = ${viewer.id}`
		);
		const first = !submission || (await isFirst(tx, viewer, submission));
		if (known && first) throw conflict(`You have named ${name} already.`);
		if (known) return known.id;
		const id = newId();
		await tx.execute(sql`insert into nomination (id, ranking_id, tool_id, person_id, why, context)
			values (${id}, ${rankingId}, ${tool}, ${viewer.id}, ${why}, ${context})`);
		return id;
	});
}

/** The tool of a name in a series, made where there is none. */
async function toolNamed(tx: Db, seriesId: string, name: string): Promise<string> {
	const key = nameKey(name);
	const named = await row<{ tool_id: string }>(
		tx,
		sql`select tool_id from ranked_name where series_id = ${seriesId} and key = ${key}`
	);
	if (named) return (await toolsOf(tx, seriesId)).rootIdOf(named.tool_id);
	// Editions of other years may name something new just now.
	await tx.execute(sql`select from ranking where item_id = ${seriesId} for update`);
	const last = await row<{ number: number }>(
		tx,
		sql`select coalesce(max(number), 0)::int as number from ranked_tool where series_id = ${seriesId}`
	);
	if (last!.number >= MOST_TOOLS) throw invalid({ name: 'is one too many: there are 400 already' });
	const id = newId();
	await tx.execute(
		sql`insert into ranked_tool (id, series_id, number, name) values (${id}, ${seriesId}, ${last!.number + 1}, ${name})`
	);
	await tx.execute(
		sql`insert into ranked_name (series_id, key, name, tool_id) values (${seriesId}, ${key}, ${name}, ${id})`
	);
	return id;
}

/** Takes a nomination back: its person, or who looks after the ranking, while nominations are taken. */
export async function withdraw(db: Db, viewer: Viewer, rankingId: string, nominationId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const ranking = await lockRanking(tx, viewer, rankingId);
		const found = await row<{ person_id: string }>(
			tx,
			sql`select person_id from nomination where id = ${nominationId} and ranking_id = ${rankingId}`
		);
		if (!found) throw notFound('This nomination is gone.');
		allow(found.person_id === viewer.id || canCurate(viewer, ranking), 'Only who wrote it takes it back.');
		expectNominating(ranking);
		await tx.execute(sql`delete from nomination where id = ${nominationId}`);
	});
}

interface NominationRow {
	id: string;
	tool_id: string;
	person_id: string;
	person: string;
	why: string;
	context: Context;
}

/** What was named in a ranking, by name; what counts as another stands with it. */
export async function nomineesOf(db: Db, viewer: Viewer, { item_id, series_id }: RankingKey): Promise<Nominee[]> {
	const tools = await toolsOf(db, series_id);
	const found = await rows<NominationRow>(
		db,
		sql`select n.id, n.tool_id, n.person_id, p.name as person, n.why, n.context
			from nomination n join person p on p.id = n.person_id where n.ranking_id = ${item_id} order by n.id`
	);
	const nominees = new Map<string, Nominee>();
	for (const { id, tool_id, person_id, person, why, context } of found) {
		const tool = tools.byId.get(tools.rootIdOf(tool_id))!;
		const nominee = nominees.get(tool.id) ?? { tool: { id: tool.id, name: tool.name }, nominations: [] };
		nominees.set(tool.id, nominee);
		const by = { id: person_id, name: person };
		nominee.nominations.push({ id, person: by, why, context, mine: person_id === viewer.id });
	}
	return [...nominees.values()].sort((a, b) => a.tool.name.localeCompare(b.tool.name, 'en'));
}

type RankingKey = Pick<RankingRecord, 'item_id' | 'series_id'>;

/** All names that a series knows, to be offered while one types. @throws Failure not_found */
export async function namesOf(db: Db, viewer: Viewer, rankingId: string): Promise<string[]> {
	const { series_id } = await rankingOf(db, viewer, rankingId);
	const found = await rows<{ name: string }>(
		db,
		sql`select name from ranked_name where series_id = ${series_id} order by lower(name)`
	);
	return found.map(({ name }) => name);
}
