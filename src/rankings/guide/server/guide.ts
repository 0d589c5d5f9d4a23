import { allow, canWriteIn, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { canCurate, rankingToCurate, type RankingRecord } from '../../server/record.ts';
import { newestRelease } from '../../server/release.ts';
import type { GuideLine, GuideView } from '../guide.ts';
import { accessTo } from './access.ts';
import { editionsOf } from './editions.ts';
import { listedTools } from './listed.ts';
import { guideOf, type GuideRecord } from './record.ts';

/**
 * Begins the Guide of a series of rankings.
 * @param spaceId the ranking's own space, where all who read the ranking read it, or another that the viewer is steward of
 */
export async function beginGuide(db: Db, viewer: Viewer, rankingId: string, spaceId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const ranking = await rankingToCurate(tx, viewer, rankingId);
		const mine = spaceId === ranking.space_id ? canWriteIn(viewer, { spaceId }) : isSteward(viewer, spaceId);
		allow(mine, 'Choose the space of the ranking, or one that you are steward of.');
		const begun = await rows(
			tx,
			sql`insert into guide (series_id, space_id) values (${ranking.series_id}, ${spaceId})
				on conflict do nothing returning series_id`
		);
		if (begun.length > 0) return;
		const now = await row<GuideRecord>(
			tx,
			sql`select series_id, space_id from guide where series_id = ${ranking.series_id}`
		);
		if (now!.space_id !== spaceId) throw conflict('The Guide is begun already, in another space.');
	});
}

/** The Guide of a ranking: its contents, its editions, and who reads the rest. @throws Failure not_found */
export async function readGuide(db: Db, viewer: Viewer, rankingId: string): Promise<GuideView> {
	const { ranking, guide } = await guideOf(db, viewer, rankingId);
	const about = { id: ranking.item_id, title: ranking.title, spaceId: ranking.space_id };
	const curates = canCurate(viewer, ranking);
	const nothing = { space: null, isApart: false, lines: [], editions: [], mine: [], access: [], people: [] };
	if (!guide) {
		const spaces = curates ? await possibleSpaces(db, viewer, ranking) : [];
		const may = { canRead: false, canWrite: false, canCurate: curates, canLetIn: false };
		return { ranking: about, ...nothing, ...may, spaces };
	}
	const isApart = guide.space_id !== ranking.space_id;
	const canLetIn = isApart && isSteward(viewer, guide.space_id);
	return {
		...{ ranking: about, isApart, spaces: [] },
		space: (await row<{ id: string; name: string; slug: string }>(
			db,
			sql`select id, name, slug from space where id = ${guide.space_id}`
		))!,
		lines: await linesOf(db, viewer, ranking, guide),
		editions: await editionsOf(db, viewer, guide),
		mine: isApart ? await accessTo(db, guide, viewer.id) : [],
		canRead: viewer.readableSpaces.includes(guide.space_id),
		canWrite: canWriteIn(viewer, { spaceId: guide.space_id }),
		...{ canCurate: curates, canLetIn, access: canLetIn ? await accessTo(db, guide) : [] },
		people: canLetIn ? await peopleToLetIn(db, ranking, guide) : []
	};
}

/** Where the viewer could begin it: the ranking's own space first. */
async function possibleSpaces(db: Db, viewer: Viewer, { space_id }: RankingRecord): Promise<GuideView['spaces']> {
	const spaces = await spacesToWriteIn(db, viewer);
	const others = spaces.filter(({ id }) => id !== space_id && isSteward(viewer, id));
	return [...spaces.filter(({ id }) => id === space_id), ...others].map(({ id, name }) => ({ id, name }));
}

const peopleToLetIn = (db: Db, ranking: RankingRecord, guide: GuideRecord): Promise<GuideView['people']> =>
	rows(
		db,
		sql`select p.id, p.name from space_member m join person p on p.id = m.person_id
			where m.space_id = ${ranking.space_id} and p.deactivated_at is null
				and not exists (select from space_member o where o.space_id = ${guide.space_id} and o.person_id = p.id)
			order by lower(p.name) limit 2000`
	);

/** The contents: every tool that is in the newest list or has an entry. */
async function linesOf(db: Db, viewer: Viewer, ranking: RankingRecord, guide: GuideRecord): Promise<GuideLine[]> {
	const listed = await listedTools(db, guide.series_id, await newestRelease(db, guide.series_id));
	const written = await rows<{ id: string; space_id: string }>(
		db,
		sql`select i.id, i.space_id from ranked_tool t join item i on i.id = t.id
			where t.series_id = ${guide.series_id} and i.kind = 'tool' and i.state = 'open'`
	);
	const entries = new Map(written.map(({ id, space_id }) => [id, space_id]));
	const isApart = guide.space_id !== ranking.space_id;
	return listed
		.filter(({ toolId, standing }) => standing || entries.has(toolId))
		.map(({ toolId, name, standing }) => {
			const at = entries.get(toolId);
			return {
				...{ toolId, name, place: standing?.place ?? null, tied: standing?.tied ?? false, written: at !== undefined },
				sample: isApart && at === ranking.space_id,
				canRead: at !== undefined && viewer.readableSpaces.includes(at)
			};
		});
}
