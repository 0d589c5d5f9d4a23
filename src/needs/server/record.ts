import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { lockItem } from '#src/core/items/server/write.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { Costs } from '../worth.ts';
import { canWork } from './policy.ts';

/** A need as the database has it, with what its item says. */
export interface NeedRecord {
	id: string;
	space_id: string;
	author_id: string;
	state: 'open' | 'archived';
	title: string;
	body_md: string;
	tags: string[];
	version: number;
	who: string;
	wanted: string;
	figure: string;
	people: number | null;
	times_month: number | null;
	minutes_each: number | null;
	hour_cost: number | null;
	other_month: number | null;
	currency: string;
	no_quick: string;
	costs_version: number;
	editor_ids: string[];
}

const NOT_FOUND = 'This need does not exist, or is not open to you.';

/** @throws Failure not_found, also for what the viewer may not read */
export async function needOf(db: Db, viewer: Viewer, id: string): Promise<NeedRecord> {
	const found = isId(id)
		? await row<NeedRecord>(
				db,
				sql`select i.id, i.space_id, i.author_id, i.state, i.title, i.body_md, i.tags, i.version, n.who, n.wanted, n.figure,
						n.people, n.times_month, n.minutes_each, n.hour_cost, n.other_month, n.currency, n.no_quick, n.costs_version,
						array(select e.person_id::text from need_editor e where e.need_id = i.id) as editor_ids
					from need n join item i on i.id = n.item_id where i.id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw notFound(NOT_FOUND);
	return found;
}

/** A need for those who work it out. @throws Failure not_found or forbidden */
export async function needToWork(db: Db, viewer: Viewer, id: string): Promise<NeedRecord> {
	const found = await needOf(db, viewer, id);
	allow(
		works(viewer, found),
		'Whoever stated it works it out, with those they asked along and the stewards of the space.'
	);
	return found;
}

/** The same, locked until the transaction ends. */
export async function lockNeed(tx: Db, viewer: Viewer, id: string): Promise<NeedRecord> {
	if (!isId(id)) throw notFound(NOT_FOUND);
	await lockItem(tx, viewer, id, 'need');
	return needToWork(tx, viewer, id);
}

/** Whether the viewer works it out. */
export const works = (
	viewer: Viewer,
	{ space_id, author_id, editor_ids }: Pick<NeedRecord, 'space_id' | 'author_id' | 'editor_ids'>
): boolean => canWork(viewer, { spaceId: space_id, authorId: author_id, editorIds: editor_ids });

type CostColumns = Pick<
	NeedRecord,
	'people' | 'times_month' | 'minutes_each' | 'hour_cost' | 'other_month' | 'currency'
>;

export const costsOf = (need: CostColumns): Costs => ({
	...{ people: need.people, timesMonth: need.times_month, minutesEach: need.minutes_each },
	...{ hourCost: need.hour_cost, otherMonth: need.other_month, currency: need.currency }
});
