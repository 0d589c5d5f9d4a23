import { saidOf, statementNames, type Tally } from '#src/autonomy/pulse/pulse.ts';
import { mondayOf } from '#src/platform/day.ts';
import { quarterAfter, quarterOf } from '#src/platform/quarter.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import type { Place } from './organisation.ts';

const WEEK = 7 * 86_400_000;

/** What people of the example were told in the last month, all of it read, and the shares of half a year. */
export async function addReached(tx: Db, places: readonly Place[], now: Date): Promise<void> {
	await tellRead(tx, now);
	await addSaid(tx, now);
	const monday = Date.parse(mondayOf(now));
	for (let ago = 26; ago >= 1; ago -= 1)
		await addWeek(tx, places, new Date(monday - ago * WEEK).toISOString().slice(0, 10), ago);
}

/** As the events would have told it: answers and comments to who wrote what they stand under, what is new to some members, surveys to all. */
async function tellRead(tx: Db, now: Date): Promise<void> {
	const at = sql`${now.toISOString()}::timestamptz`;
	const lastWeek = sql`${new Date(Date.parse(mondayOf(now)) - WEEK / 2).toISOString()}::timestamptz`;
	await tx.execute(sql`with told as (
			select up.author_id as person_id, case i.kind when 'answer' then 'question.answered' else 'item.commented' end as kind,
				'self' as choice, i.id, up.id as page_id, i.space_id, i.author_id, i.anonymous, i.created_at as at
			from item i join item up on up.id = i.parent_id and up.parent_id is null
			where i.kind in ('answer', 'comment') and i.author_id <> up.author_id
			union all
			select a.person_id, 'expert.asked', 'person', i.id, i.id, i.space_id, i.author_id, i.anonymous, i.created_at
			from question_ask a join item i on i.id = a.question_id where a.person_id <> i.author_id
			union all
			select m.person_id, 'item.new', 'self', i.id, i.id, i.space_id, i.author_id, i.anonymous, i.created_at
			from item i join space_member m on m.space_id = i.space_id
			where i.parent_id is null and i.kind in ('question', 'page', 'story') and m.person_id <> i.author_id
				and hashtext(m.person_id::text || i.title) % 4 = 0
			union all
			select m.person_id, 'survey.opened', 'organisation', i.id, i.id, i.space_id, i.author_id, false, ${lastWeek}
			from survey v join item i on i.id = v.item_id and v.status = 'open' join space_member m on m.space_id = i.space_id
			where m.person_id <> i.author_id
		)
		insert into notification (id, person_id, event_id, kind, item_id, page_id, space_id, actor_id, choice, created_at, read_at)
		select gen_random_uuid(), person_id, gen_random_uuid(), kind, id, page_id, space_id,
			case when not coalesce(anonymous, false) then author_id end, choice, at, least(at + interval '2 hours', ${at})
		from told where at > ${at} - interval '30 days' and at <= ${at}`);
}

/** The kinds of a usual week, in parts of a hundred; last week a survey took more of it. */
const USUAL = [
	...[
		{ kind: 'item.new', choice: 'self', part: 40 },
		{ kind: 'question.answered', choice: 'self', part: 18 }
	],
	...[
		{ kind: 'item.commented', choice: 'self', part: 17 },
		{ kind: 'expert.asked', choice: 'person', part: 9 }
	],
	...[
		{ kind: 'check.asked', choice: 'organisation', part: 5 },
		{ kind: 'survey.opened', choice: 'organisation', part: 2 }
	],
	{ kind: 'question.climbed', choice: 'default', part: 9 }
];

async function addWeek(tx: Db, places: readonly Place[], week: string, ago: number): Promise<void> {
	const wave = Math.round(6 * Math.sin(ago * 2.4));
	const parts = USUAL.map(({ part, ...one }) => {
		const more = one.kind === 'item.new' ? wave : one.kind === 'survey.opened' && ago === 1 ? 60 : 0;
		return { ...one, pushes: 3 * (part + more) };
	});
	const own = (some: typeof parts) =>
		some.reduce((sum, { choice, pushes }) => (choice === 'self' ? sum + pushes : sum), 0);
	const all = parts.reduce((sum, { pushes }) => sum + pushes, 0);
	const add = (spaceId: string | null, pushes: number, mine: number, receivers: number) =>
		tx.execute(sql`insert into push_week (week, space_id, pushes, own, receivers)
			values (${week}::date, ${spaceId}::uuid, ${pushes}, ${mine}, ${receivers}) on conflict do nothing`);
	await add(null, all, own(parts), 29);
	for (const [at, { id }] of places.entries()) {
		const pushes = Math.round(all / places.length);
		await add(id, pushes, Math.round((own(parts) / places.length) * (1 - at / 30)), at === 7 ? 4 : 20 - at);
	}
	for (const { kind, choice, pushes } of parts)
		await tx.execute(sql`insert into push_week_kind (week, kind, choice, pushes, receivers)
			values (${week}::date, ${kind}, ${choice}, ${pushes}, 24) on conflict do nothing`);
}

/** What people said in the two quarters before. */
async function addSaid(tx: Db, now: Date): Promise<void> {
	const tallies: Tally[] = [
		{ decide: [1, 3, 3, 9, 6], leave: [2, 5, 4, 7, 4] },
		{ decide: [0, 3, 2, 11, 7], leave: [1, 3, 3, 9, 7] }
	];
	for (const [at, tally] of tallies.entries()) {
		const said = Object.fromEntries(statementNames.map((name) => [name, saidOf(tally[name])]));
		const answered = tally.decide!.reduce((sum, count) => sum + count, 0);
		await tx.execute(sql`insert into autonomy_pulse (quarter, closed_at, result)
			values (${quarterAfter(quarterOf(now), -1 - at)}, now(), ${JSON.stringify({ answered, said })}::text::jsonb) on conflict do nothing`);
	}
}
