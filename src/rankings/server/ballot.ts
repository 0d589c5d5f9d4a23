import { allow, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import type { Ballot } from '../count.ts';
import type { NewBallot } from '../input.ts';
import { expectVoting, lockRanking, type RankingRecord } from './record.ts';
import { toolsOf } from './tools.ts';

/**
 * Casts a ballot: one a person, for good, since nothing that is kept says whose it is.
 * @throws Failure invalid for what is no choice of this ranking; conflict for a second ballot or a closed vote
 */
export async function vote(
	db: Db,
	viewer: Viewer,
	rankingId: string,
	{ choices, submission }: NewBallot
): Promise<void> {
	await db.transaction(async (tx) => {
		const ranking = await lockRanking(tx, viewer, rankingId);
		allow(canWriteIn(viewer, { spaceId: ranking.space_id }), 'Join the space to vote in it.');
		// The same form once more.
		if (submission && !(await isFirst(tx, viewer, submission)) && (await hasVoted(tx, viewer, rankingId))) return;
		expectVoting(ranking);
		const ballot = await readBallot(tx, ranking, choices);
		const first = await row(
			tx,
			sql`insert into ranking_voter (ranking_id, person_id) values (${rankingId}, ${viewer.id})
				on conflict do nothing returning ranking_id`
		);
		if (!first)
			throw conflict('You have voted already, and your first ballot counts. Nobody can find it to change it.');
		await intoBox(tx, rankingId, ballot);
	});
}

/** Whether somebody has voted. */
export async function hasVoted(db: Db, viewer: Viewer, rankingId: string): Promise<boolean> {
	const found = await row(
		db,
		sql`select from ranking_voter where ranking_id = ${rankingId} and person_id = ${viewer.id}`
	);
	return Boolean(found);
}

/** Choices as a ballot holds them, where each stands to be chosen. */
async function readBallot(tx: Db, { item_id, series_id, most }: RankingRecord, choices: string[]): Promise<Ballot> {
	if (choices.length > most) throw invalid({ choices: `may be ${most} at most` }, `Choose ${most} at most.`);
	const tools = await toolsOf(tx, series_id);
	const nominated = await rows<{ tool_id: string }>(
		tx,
		sql`select distinct tool_id from nomination where ranking_id = ${item_id}`
	);
	// A form may name what was merged while it was filled in.
	const standing = new Set(nominated.flatMap(({ tool_id }) => [tool_id, tools.rootIdOf(tool_id)]));
	const byId = new Map([...standing].map((id) => [id, tools.byId.get(id)]));
	const chosen = choices.map((choice) => byId.get(choice));
	if (chosen.some((tool) => !tool))
		throw invalid(
			{ choices: 'hold something that does not stand to be chosen' },
			'One of these does not stand to be chosen here.'
		);
	const twice = chosen.find((tool, at) => chosen.indexOf(tool) !== at);
	if (twice) throw invalid({ choices: `name ${twice.name} twice` }, `You chose ${twice.name} twice. Each counts once.`);
	return chosen.map((tool) => tool!.number);
}

/** Puts a ballot among the others, all of which are written anew in the order of their letters. */
async function intoBox(tx: Db, rankingId: string, ballot: Ballot): Promise<void> {
	const ballots = [...(await readBox(tx, rankingId)), ballot];
	const lines = ballots.map((one) => one.join(',')).sort();
	await tx.execute(sql`update ranking_box set ballots = ${lines.join('\n')} where ranking_id = ${rankingId}`);
}

/** All ballots of a ranking, in an order that says nothing. For counting alone. */
export async function readBox(db: Db, rankingId: string): Promise<Ballot[]> {
	const box = await row<{ ballots: string }>(db, sql`select ballots from ranking_box where ranking_id = ${rankingId}`);
	return (box?.ballots ?? '')
		.split('\n')
		.filter(Boolean)
		.map((line) => line.split(',').map(Number));
}

/** How many ballots were cast. */
export async function ballotsIn(db: Db, rankingId: string): Promise<number> {
	const found = await row<{ count: number }>(
		db,
		sql`select coalesce(cardinality(string_to_array(nullif(ballots, ''), chr(10))), 0) as count from ranking_box where ranking_id = ${rankingId}`
	);
	return found!.count;
}
