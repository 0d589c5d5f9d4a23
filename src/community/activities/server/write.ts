import type { Viewer } from '#src/core/access/server/viewer.ts';
import { whoReads } from '#src/core/access/server/visibility.ts';
import { closeWith } from '#src/core/items/server/outcomes.ts';
import { iso } from '#src/core/items/server/present.ts';
import { once } from '#src/core/items/server/submission.ts';
import { createItem, editItem } from '#src/core/items/server/write.ts';
import { momentOf } from '#src/core/people/hours.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { record } from '#src/core/signals/server/record.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { ActivityEdit, Afterwards, NewActivity } from '../input.ts';
import { expectServed, moveMark } from './figure.ts';
import { keeps, lockActivity } from './record.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** An activity that was still to come is at another time. */
		'activity.moved': { itemId: string; actorId: string };
	}
}

/**
 * Plans an activity in the programme of a space.
 * @returns its id
 * @throws Failure forbidden for people outside the space; invalid for a runner, problem or figure that is not open
 */
export async function planActivity(db: Db, viewer: Viewer, input: NewActivity): Promise<string> {
	return db.transaction((tx) =>
		once(tx, viewer, input.submission, async () => {
			const { spaceId, title, bodyMd, tags } = input;
			const id = await createItem(tx, viewer, { kind: 'activity', spaceId, title, bodyMd, tags });
			const runnerId = input.runnerId ?? viewer.id;
			await expectReader(tx, spaceId, runnerId, 'runnerId');
			await expectServed(tx, viewer, input.needId, input.metricId);
			const at = timesOf(input, viewer.timeZone);
			await tx.execute(sql`insert into activity (item_id, way, place, link, for_whom, runner_id, begins_on, begins_at, ends_on,
					ends_at, zone, begins, ends, need_id, metric_id)
				values (${id}, ${input.way}, ${input.place}, ${input.link}, ${input.forWhom}, ${runnerId}, ${input.beginsOn},
					${at.beginsAt}, ${at.endsOn}, ${at.endsAt}, ${at.zone}, ${at.begins}, ${at.ends}, ${input.needId ?? null},
					${input.metricId ?? null})`);
			await record(tx, viewer.id, 'shared', { itemId: id, spaceId });
			return id;
		})
	);
}

/** Changes an activity. Who is reminded of it hears when it is at another time. @returns the new version @throws Failure conflict on a stale edit */
export async function editActivity(db: Db, viewer: Viewer, id: string, edit: ActivityEdit): Promise<number> {
	return db.transaction(async (tx) => {
		const before = await lockActivity(tx, viewer, id);
		const { title, bodyMd, tags, note, version: seen } = edit;
		const version = await editItem(tx, viewer, id, { title, bodyMd, tags, note, version: seen }, () => true);
		const runnerId = edit.runnerId ?? before.runner?.id ?? null;
		if (runnerId && runnerId !== before.runner?.id) await expectReader(tx, before.space_id, runnerId, 'runnerId');
		await expectServed(
			tx,
			viewer,
			edit.needId === before.need_id ? undefined : edit.needId,
			edit.metricId === before.metric_id ? undefined : edit.metricId
		);
		const at = timesOf(edit, edit.zone ?? before.zone);
		const moved = iso(before.begins) !== at.begins || iso(before.ends) !== at.ends;
		await tx.execute(sql`update activity set way = ${edit.way}, place = ${edit.place}, link = ${edit.link},
				for_whom = ${edit.forWhom}, runner_id = ${runnerId}, begins_on = ${edit.beginsOn}, begins_at = ${at.beginsAt},
				ends_on = ${at.endsOn}, ends_at = ${at.endsAt}, zone = ${at.zone}, begins = ${at.begins}, ends = ${at.ends},
				need_id = ${edit.needId ?? null}, metric_id = ${edit.metricId ?? null}, moves = moves + ${moved ? 1 : 0}
			where item_id = ${id}`);
		if (moved && before.stage === 'coming') {
			await tx.execute(sql`update activity_reminder set sent_at = null where item_id = ${id}`);
			await emit(tx, 'activity.moved', { itemId: id, actorId: viewer.id });
		}
		await moveMark(tx, viewer, before);
		return version;
	});
}

/** Says what came of it, where more of it is and who can be asked; followers hear of it the first time. */
export async function tellAfterwards(
	db: Db,
	viewer: Viewer,
	id: string,
	{ bodyMd, recording, askId }: Afterwards
): Promise<void> {
	await db.transaction(async (tx) => {
		const activity = await lockActivity(tx, viewer, id);
		if (activity.stage === 'coming') throw invalid({ bodyMd: 'can be told once it has begun' });
		if (askId) await expectReader(tx, activity.space_id, askId, 'askId');
		await closeWith(tx, viewer, id, { bodyMd }, () => keeps(viewer, activity));
		await tx.execute(
			sql`update activity set recording = ${recording}, ask_id = ${askId ?? null} where item_id = ${id}`
		);
	});
}

/** Nobody runs or answers for what they cannot open. */
async function expectReader(tx: Db, spaceId: string, personId: string, field: string): Promise<void> {
	const reads = await row(tx, sql`select 1 from (${whoReads([personId])}) w where ${spaceId}::uuid = any(w.readable)`);
	if (!reads) throw invalid({ [field]: 'must be somebody who reads the space' });
}

/** When it begins and ends, as calendars and clocks show it there, and as moments (ISO 8601). */
function timesOf(
	{ way, beginsOn, beginsAt, endsOn = beginsOn, endsAt, zone: wanted }: Omit<NewActivity, 'spaceId'>,
	zoneElse: string
) {
	const zone = wanted ?? zoneElse;
	const shown = (day: string, time: string, later = 0) =>
		new Date(momentOf(zone, Date.parse(`${day}T${time}:00Z`) + later)).toISOString();
	if (way === 'weeks') {
		const [begins, ends] = [shown(beginsOn, '00:00'), shown(endsOn, '00:00', 86_400_000)];
		return { beginsAt: null, endsAt: null, endsOn, zone, begins, ends };
	}
	const [begins, ends] = [shown(beginsOn, beginsAt!), shown(endsOn, endsAt!)];
	// Clocks that are changed in between can leave nothing of an hour.
	if (ends <= begins) throw invalid({ endsAt: 'must be after it begins' });
	return { beginsAt: beginsAt!, endsAt: endsAt!, endsOn, zone, begins, ends };
}
