import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { lineColumns, lineTables, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { iso } from '#src/core/items/server/present.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import {
	whenInWords,
	yoursInWords,
	type ActivityRow,
	type ActivityView,
	type Named,
	type Stage,
	type Way
} from '../activity.ts';
import type { ActivityFilter } from '../input.ts';
import { needOf, servedFigure } from './figure.ts';
import { activityOf, keeps, personOf, stageNow } from './record.ts';

/** An activity with what it is for, what came of it and its comments. @throws Failure not_found */
export async function readActivity(db: Db, viewer: Viewer, id: string): Promise<ActivityView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'activity');
	const one = await activityOf(db, viewer, id);
	const [begins, ends] = [iso(one.begins), iso(one.ends)];
	return {
		...item,
		...{ way: one.way, place: one.place, link: one.link, forWhom: one.for_whom, runner: one.runner, stage: one.stage },
		...{ beginsOn: one.begins_on, beginsAt: one.begins_at, endsOn: one.ends_on, endsAt: one.ends_at, zone: one.zone },
		...{ begins, ends, when: whenInWords(one, begins, ends, viewer.language) },
		yours: yoursInWords(one, begins, ends, viewer.language, viewer.timeZone),
		...{ recording: one.recording, ask: one.ask, reminder: one.reminder, canKeep: keeps(viewer, one) },
		need: await needOf(db, viewer, one.need_id),
		figure: await servedFigure(db, viewer, one)
	};
}

interface Line extends LineRow {
	way: Way;
	place: string;
	zone: string;
	begins: string;
	ends: string;
	for_whom: string;
	runner: Named | null;
	stage: Stage;
	served_kind: string | null;
	served_id: string | null;
	served_title: string | null;
}

/** A programme: what is coming or going on, the next first; or what is over, the last first. */
export async function listActivities(db: Db, viewer: Viewer, { space, show, cursor, limit }: ActivityFilter) {
	const after = decodeCursor(cursor, 'time', 'id');
	const key = show === 'past' ? sql`(a.begins, i.id) <` : sql`(a.begins, i.id) >`;
	const order = show === 'past' ? sql`a.begins desc, i.id desc` : sql`a.begins, i.id`;
	const found = await rows<Line>(
		db,
		sql`select ${lineColumns}, a.way, a.place, a.zone, a.begins, a.ends, a.for_whom, ${personOf(sql`a.runner_id`)} as runner, ${stageNow},
				v.kind as served_kind, v.id as served_id, v.title as served_title
			from ${lineTables} join activity a on a.item_id = i.id
			left join item v on v.id = coalesce(a.need_id, a.metric_id) and ${visibleItems(viewer, 'v')}
			where i.state = 'open' and ${visibleItems(viewer, 'i')} and ${space ? sql`i.space_id = ${space}` : sql`true`}
				and ${show === 'past' ? sql`a.ends <= now()` : sql`a.ends > now()`}
				and ${after ? sql`${key} (${after[0]!}::timestamptz, ${after[1]!}::uuid)` : sql`true`}
			order by ${order} limit ${limit + 1}`
	);
	const { items, next } = toPage(found, limit, (last) => [String(last.begins), last.id]);
	return { items: items.map((line) => present(viewer, line)), next };
}

function present(viewer: Viewer, line: Line): ActivityRow {
	const [begins, ends] = [iso(line.begins), iso(line.ends)];
	const place = line.served_kind === 'need' ? 'needs' : 'figures';
	return {
		...presentLine(viewer, line),
		...{ way: line.way, place: line.place, forWhom: line.for_whom, runner: line.runner, stage: line.stage },
		...{ begins, ends, when: whenInWords(line, begins, ends, viewer.language) },
		serves: line.served_id ? { title: line.served_title!, href: `/${place}/${line.served_id}` } : null
	};
}

/** What the form that changes an activity begins with. @throws Failure not_found or forbidden */
export async function activityToEdit(db: Db, viewer: Viewer, id: string) {
	const one = await activityOf(db, viewer, id);
	allow(keeps(viewer, one), 'Who planned or runs it changes it, and those who look after the space.');
	return {
		...{ id, spaceId: one.space_id, title: one.title, bodyMd: one.body_md, tags: one.tags, version: one.version },
		...{ way: one.way, place: one.place, link: one.link, forWhom: one.for_whom, runnerId: one.runner?.id ?? null },
		...{ beginsOn: one.begins_on, beginsAt: one.begins_at, endsOn: one.ends_on, endsAt: one.ends_at, zone: one.zone },
		...{ needId: one.need_id, metricId: one.metric_id }
	};
}

/** Who may run something in a space, members first. */
export const possibleRunners = (db: Db, viewer: Viewer, spaceId: string): Promise<Named[]> =>
	viewer.readableSpaces.includes(spaceId)
		? rows<Named>(
				db,
				sql`select p.id, p.name from space_member m join person p on p.id = m.person_id
					where m.space_id = ${spaceId} and p.deactivated_at is null
					order by p.id <> ${viewer.id}, lower(p.name), p.id limit 500`
			)
		: Promise.resolve([]);
