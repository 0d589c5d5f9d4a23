import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { CauseName } from '../causes.ts';
import { evidenceOf } from '../evidence/server/evidence.ts';
import type { CauseEdit, CostsEdit, NewPath, PathEdit } from '../input.ts';
import type { Analysis, CauseView, PathView } from '../need.ts';
import { keptRests, restsNow, sameRests } from '../rests/server/rests.ts';
import { worthInWords, worthOf, yearlyCost, type Costs } from '../worth.ts';
import { lastConclusion, contentOf, sameContent } from './content.ts';
import { editorsOf } from './editors.ts';
import { costsOf, lockNeed, needToWork, type NeedRecord } from './record.ts';
import { obstacles } from './obstacles.ts';

/** The analysis as those who work it out go on with it. @throws Failure not_found or forbidden */
export async function readAnalysis(db: Db, viewer: Viewer, id: string): Promise<Analysis> {
	const need = await needToWork(db, viewer, id);
	const costs = costsOf(need);
	const [causes, paths, editors, conclusion] = [
		await causesOf(db, id),
		await pathsOf(db, id, costs),
		await editorsOf(db, id),
		await lastConclusion(db, id)
	];
	const now = contentOf(need, causes, paths, conclusion?.content.summary ?? '');
	return {
		...{ id, title: need.title, who: need.who, yearly: yearlyCost(costs), causes, paths, editors, conclusion },
		costs: { ...costs, noQuick: need.no_quick, version: need.costs_version },
		evidence: await evidenceOf(db, viewer, id),
		open: obstacles(causes),
		isChanged:
			conclusion !== null &&
			(!sameContent(now, conclusion.content) || (await restsChanged(db, viewer, id, conclusion.id)))
	};
}

/** Whether it would rest on something else than it did; of those recorded before that was kept, nobody knows. */
async function restsChanged(db: Db, viewer: Viewer, id: string, conclusionId: string): Promise<boolean> {
	const kept = await keptRests(db, conclusionId);
	return kept !== null && !sameRests(await restsNow(db, viewer, id), kept);
}

/** What was found out about each cause so far. */
export const causesOf = (db: Db, needId: string): Promise<CauseView[]> =>
	rows<CauseView>(
		db,
		sql`select c.cause, c.answer, c.shows, c.version, p.name as by from need_cause c join person p on p.id = c.written_by
			where c.need_id = ${needId} order by c.cause`
	);

type PathRow = Omit<PathView, 'worth' | 'words'>;

/** What could be done, quick fixes first, then what costs least in its first year. */
export async function pathsOf(db: Db, needId: string, costs: Costs): Promise<PathView[]> {
	const found = await rows<PathRow>(
		db,
		sql`select id, cause, title, about, quick, money_once as "moneyOnce", money_month as "moneyMonth", hours_make as "hoursMake",
				minutes_each as "minutesEach", days, share, chosen, version
			from need_path where need_id = ${needId} order by id`
	);
	return found
		.map((path) => {
			const worth = worthOf(path, costs);
			return { ...path, worth, words: worthInWords(worth, costs) };
		})
		.sort((a, b) => Number(b.quick) - Number(a.quick) || a.worth.firstYear - b.worth.firstYear);
}

/** Says what the problem costs. @throws Failure conflict with the newer figures on a stale edit */
export async function writeCosts(db: Db, viewer: Viewer, id: string, edit: CostsEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const need = await lockNeed(tx, viewer, id);
		if (need.costs_version !== edit.version) throw stale({ ...costsOf(need), version: need.costs_version });
		const { people = null, timesMonth = null, minutesEach = null, hourCost = null, otherMonth = null } = edit;
		await tx.execute(sql`update need set people = ${people}, times_month = ${timesMonth}, minutes_each = ${minutesEach},
			hour_cost = ${hourCost}, other_month = ${otherMonth}, currency = ${edit.currency}, costs_version = costs_version + 1
			where item_id = ${id}`);
		return need.costs_version + 1;
	});
}

/** Writes what was found out about one of the six causes. @throws Failure conflict with the newer text on a stale edit */
export async function writeCause(
	db: Db,
	viewer: Viewer,
	id: string,
	cause: CauseName,
	{ answer, shows, version }: CauseEdit
): Promise<number> {
	return db.transaction(async (tx) => {
		await lockNeed(tx, viewer, id);
		const current = (await causesOf(tx, id)).find((one) => one.cause === cause);
		if ((current?.version ?? 0) !== version) throw stale({ ...current });
		await tx.execute(sql`insert into need_cause (need_id, cause, answer, shows, written_by)
			values (${id}, ${cause}, ${answer}, ${shows}, ${viewer.id})
			on conflict (need_id, cause) do update set answer = excluded.answer, shows = excluded.shows,
				written_by = excluded.written_by, version = need_cause.version + 1`);
		return version + 1;
	});
}

/** Adds what could be done. @returns its id; the first one's for a form that is sent twice */
export async function addPath(db: Db, viewer: Viewer, id: string, { submission, ...path }: NewPath): Promise<string> {
	return db.transaction(async (tx) => {
		await lockNeed(tx, viewer, id);
		if (submission && !(await isFirst(tx, viewer, submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from need_path where need_id = ${id} and title = ${path.title} order by id desc limit 1`
			);
			if (first) return first.id;
		}
		const pathId = newId();
		await tx.execute(sql`insert into need_path (id, need_id, cause, title, about, quick, money_once, money_month, hours_make,
				minutes_each, days, share, chosen)
			values (${pathId}, ${id}, ${path.cause}, ${path.title}, ${path.about}, ${path.quick}, ${path.moneyOnce},
				${path.moneyMonth}, ${path.hoursMake}, ${path.minutesEach}, ${path.days}, ${path.share}, ${path.chosen})`);
		return pathId;
	});
}

/** Changes what could be done. @throws Failure conflict with the newer one on a stale edit */
export async function writePath(db: Db, viewer: Viewer, id: string, pathId: string, edit: PathEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const need = await lockNeed(tx, viewer, id);
		const current = await pathOf(tx, need, pathId);
		if (current.version !== edit.version) throw stale({ ...current });
		await tx.execute(sql`update need_path set cause = ${edit.cause}, title = ${edit.title}, about = ${edit.about},
			quick = ${edit.quick}, money_once = ${edit.moneyOnce}, money_month = ${edit.moneyMonth}, hours_make = ${edit.hoursMake},
			minutes_each = ${edit.minutesEach}, days = ${edit.days}, share = ${edit.share}, chosen = ${edit.chosen},
			version = version + 1 where id = ${pathId}`);
		return edit.version + 1;
	});
}

/** Takes a path away; conclusions recorded with it keep it. */
export async function removePath(db: Db, viewer: Viewer, id: string, pathId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const need = await lockNeed(tx, viewer, id);
		await pathOf(tx, need, pathId);
		await tx.execute(sql`delete from need_path where id = ${pathId}`);
	});
}

async function pathOf(tx: Db, need: NeedRecord, pathId: string): Promise<PathView> {
	const found = (await pathsOf(tx, need.id, costsOf(need))).find(({ id }) => id === pathId);
	if (!found) throw notFound('This path does not exist any more.');
	return found;
}

const stale = (current: Record<string, unknown>) =>
	conflict('Somebody changed this while you were writing. Yours is kept; see both below.', { current });
