import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { readGrounds } from '#src/core/grounds/server/grounds.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { withSettings } from '#src/core/notify/server/on-its-way.ts';
import { noteOptIn, noteOptOut } from '#src/core/notify/server/opt-outs.ts';
import { notFound } from '#src/platform/server/errors.ts';
import type { Reason, Task } from '../asking.ts';
import type { QuietFor } from '../input.ts';
import { openTasks } from './standing.ts';

interface TaskRow {
	item_id: string;
	title: string;
	minutes: number;
	due_on: string;
	is_late: boolean;
	in_review: boolean;
	is_renewal: boolean;
	quiet_until: string | null;
	askings: string[];
}

/** The checks that are asked of the viewer and not done, the first last day first. */
export async function tasksOf(db: Db, viewer: Viewer, now = new Date()): Promise<Task[]> {
	const found = await rows<TaskRow>(
		db,
		sql`select t.item_id, i.title, c.minutes, t.due_on::text as due_on, t.in_review, t.is_renewal, t.askings,
				t.due_on < (${now.toISOString()}::timestamptz at time zone ${viewer.timeZone})::date as is_late,
				case when o.quiet_until = 'infinity' then '9999-12-31T00:00:00Z' else o.quiet_until end as quiet_until
			from (${openTasks(now, sql`p.id = ${viewer.id}`)}) t
			join item i on i.id = t.item_id join check_item c on c.item_id = i.id
			left join asking_told o on o.person_id = t.person_id and o.item_id = t.item_id
				and o.quiet_until > ${now.toISOString()}::timestamptz
			where ${visibleItems(viewer, 'i')} order by t.due_on, i.title, i.id limit 100`
	);
	const reasons = await reasonsOf(
		db,
		found.flatMap(({ askings }) => askings)
	);
	return found.map((line) => ({
		...{ id: line.item_id, title: line.title, href: `/checks/${line.item_id}`, minutes: line.minutes },
		...{ state: line.in_review ? 'in_review' : 'open', dueOn: line.due_on },
		...{ isLate: line.is_late, isRenewal: line.is_renewal, quietUntil: line.quiet_until && iso(line.quiet_until) },
		reasons: line.askings.flatMap((id) => reasons.get(id) ?? [])
	}));
}

interface ReasonRow extends Omit<Reason, 'legalText' | 'legalSource' | 'analysis'> {
	analysis_id: string | null;
	legalText: string | null;
	legalSource: string | null;
}

/** What stands behind some askings: for those who are asked, and those responsible. */
export async function reasonsOf(db: Db, ids: string[]): Promise<Map<string, Reason>> {
	if (ids.length === 0) return new Map();
	const found = await rows<ReasonRow>(
		db,
		sql`select a.id, a.legal_text as "legalText", a.legal_source as "legalSource", a.analysis_id, a.legal_names as "legalNames",
				a.renew_months as "renewMonths", a.qualities, p.name as "askedBy"
			from asking a join person p on p.id = a.asked_by where a.id = any(${array(ids, 'uuid')})`
	);
	const analyses = await readGrounds(
		db,
		found.flatMap(({ analysis_id }) => analysis_id ?? [])
	);
	return new Map(
		found.map(({ analysis_id, legalText, legalSource, ...line }) => {
			const analysis = analyses.find(({ id }) => id === analysis_id) ?? null;
			return [line.id, { ...line, legalText: legalText ?? '', legalSource: legalSource ?? '', analysis }];
		})
	);
}

const QUIET = { week: 7, month: 30 } as const;

/** No reminders of a check for a while, or at all. What is asked stays on Home and with the checks. */
export async function beQuietAbout(db: Db, viewer: Viewer, itemId: string, { for: length }: QuietFor): Promise<void> {
	const days = length === 'off' || length === 'always' ? undefined : QUIET[length];
	const until =
		length === 'off'
			? sql`null::timestamptz`
			: length === 'always'
				? sql`'infinity'::timestamptz`
				: sql`now() + make_interval(days => ${days}::int)`;
	await withSettings(db, viewer.id, async (tx) => {
		const kept = await rows(
			tx,
			sql`insert into asking_told (person_id, item_id, quiet_until)
				select ${viewer.id}, i.id, ${until} from item i where i.id = ${itemId} and i.kind = 'check' and ${visibleItems(viewer, 'i')}
				on conflict (person_id, item_id) do update set quiet_until = excluded.quiet_until returning 1`
		);
		if (kept.length === 0) throw notFound('This check does not exist, or is not open to you.');
		if (length === 'off') return noteOptIn(tx, viewer.id, { about: 'check', target: itemId });
		await noteOptOut(tx, viewer.id, { about: 'check', target: itemId, days });
		await tx.execute(sql`delete from notification where person_id = ${viewer.id} and item_id = ${itemId}
			and kind = 'check.asked' and mailed_at is null and read_at is null`);
	});
}
