import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { percent } from '../meter.ts';
import { usualOf } from '../fall.ts';
import { closeQuarters } from '../pulse/server/pulse.ts';
import { ownReached } from './own.ts';
import { countWeeks, wholeWeeks } from './weeks.ts';

/** What reached a person is theirs to carry away; weeks are counted, and who looks after all hears of a fall. */
export function wireAutonomy(db: Db): void {
	exportsOwn(...ownReached);
	registerKinds([
		{
			...{ name: 'autonomy.fell', label: 'Less of what reaches people is their own choice', group: 'For stewards' },
			...{ choice: 'default', inPage: true, mail: 'digest', button: 'See what rose' },
			sentence: () => 'Less of what reaches people is their own choice'
		}
	]);
	subscribe('autonomy.fell', ({ id, week }) => tellOfFall(db, id, week));
	defineJob('autonomy.weeks', () => countWeeks(db), { cron: '40 2 * * *' });
	defineJob('autonomy.quarters', () => closeQuarters(db), { cron: '50 2 * * *' });
}

async function tellOfFall(db: Db, eventId: string, week: string): Promise<void> {
	const everybody = await row<{ id: string }>(db, sql`select id from space where kind = 'organisation'`);
	const weeks = await wholeWeeks(db, week);
	const [last, usual] = [weeks.at(-1), usualOf(weeks.slice(0, -1))];
	if (!everybody || !last || !usual) return;
	const note = `Last week ${percent(last.own / last.pushes)}, usually ${percent(usual.middle)}.`;
	await notify(
		db,
		{ eventId, kind: 'autonomy.fell', spaceId: everybody.id, actorId: null, note, at: '/autonomy/meter#fall' },
		sql`select person_id from org_role where role in ('admin', 'community_manager')`
	);
}
