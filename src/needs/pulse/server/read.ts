import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { needOf, works } from '../../server/record.ts';
import type { PulseResult, PulseView } from '../pulse.ts';

/** Whom a pulse about the need `i` asks: the members of its space who do not work it out themselves. */
export const askedOf = sql`select m.person_id from space_member m join person ap on ap.id = m.person_id
	where m.space_id = i.space_id and ap.deactivated_at is null and m.person_id <> i.author_id
		and not exists (select from need_editor e where e.need_id = i.id and e.person_id = m.person_id)`;

/** How the pulse of a need stands. @throws Failure not_found */
export async function readPulse(db: Db, viewer: Viewer, needId: string): Promise<PulseView> {
	const need = await needOf(db, viewer, needId);
	const open = await row<{
		id: string;
		closes_on: string;
		asked: number;
		is_asked: boolean;
		mine: boolean | null;
		answered: number;
	}>(
		db,
		sql`select u.id, u.closes_on::text, u.asked, ${viewer.id}::uuid in (${askedOf}) as is_asked,
				(select a.answered from need_pulse_person a where a.pulse_id = u.id and a.person_id = ${viewer.id}) as mine,
				(select count(*)::int from need_pulse_person a where a.pulse_id = u.id and a.answered) as answered
			from need_pulse u join item i on i.id = u.need_id
			where u.need_id = ${needId} and u.closed_at is null and u.closes_on >= current_date`
	);
	return {
		open: open
			? {
					...{ id: open.id, closesOn: open.closes_on, asked: open.asked, you: standing(open) },
					answered: works(viewer, need) ? open.answered : null
				}
			: null,
		last: await lastPulse(db, needId)
	};
}

/** What came of the last pulse that has closed; null before. */
export async function lastPulse(db: Db, needId: string): Promise<PulseView['last']> {
	const last = await row<{ closed_at: string; asked: number; result: PulseResult | null }>(
		db,
		sql`select closed_at, asked, result from need_pulse where need_id = ${needId} and closed_at is not null
			order by closed_at desc limit 1`
	);
	return last ? { closedAt: new Date(last.closed_at).toISOString(), asked: last.asked, result: last.result } : null;
}

function standing({ is_asked, mine }: { is_asked: boolean; mine: boolean | null }) {
	if (mine !== null) return mine ? 'answered' : 'spared';
	return is_asked ? 'asked' : 'not_asked';
}

/** The pulses that wait for the viewer. */
export const pulsesFor = (db: Db, viewer: Viewer): Promise<{ id: string; title: string; closesOn: string }[]> =>
	rows(
		db,
		sql`select i.id, i.title, u.closes_on::text as "closesOn" from need_pulse u join item i on i.id = u.need_id
			where u.closed_at is null and u.closes_on >= current_date and i.state = 'open' and ${visibleItems(viewer, 'i')}
				and ${viewer.id}::uuid in (${askedOf})
				and not exists (select from need_pulse_person a where a.pulse_id = u.id and a.person_id = ${viewer.id})
			order by u.closes_on limit 5`
	);
