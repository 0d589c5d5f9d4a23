import { isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso } from '#src/core/items/server/present.ts';
import { array, rows, row, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { forbidden, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { AskingLine, Reason, Standing } from '../asking.ts';
import { canOversee } from './policy.ts';
import { standings } from './standing.ts';
import { reasonsOf } from './tasks.ts';

/** Below this many people nothing is told of them. */
export const FEWEST = 5;

interface LineRow {
	id: string;
	item_id: string;
	title: string;
	audience: AskingLine['audience'];
	space_id: string | null;
	space: string | null;
	named: number;
	asked_by: string;
	due_on: string | null;
	due_days: number | null;
	created_at: string;
	ended_at: string | null;
}

/** The askings that the viewer is responsible for, the newest first. @param itemId of one check only */
export async function listAskings(db: Db, viewer: Viewer, itemId?: string, now = new Date()): Promise<AskingLine[]> {
	const mine = [...viewer.memberships].filter(([, role]) => role === 'steward').map(([id]) => id);
	const which = isAdmin(viewer)
		? sql`true`
		: sql`(a.asked_by = ${viewer.id} or a.space_id = any(${array(mine, 'uuid')}))`;
	return present(
		db,
		await lines(db, viewer, sql`${which} and ${itemId ? sql`a.item_id = ${itemId}` : sql`true`}`),
		now
	);
}

const lines = (db: Db, viewer: Viewer, which: SQL) =>
	rows<LineRow>(
		db,
		sql`select a.id, a.item_id, i.title, a.audience, a.space_id, s.name as space, a.asked_by, a.due_on::text, a.due_days,
				a.created_at, a.ended_at, (select count(*)::int from asking_person ap where ap.asking_id = a.id) as named
			from asking a join item i on i.id = a.item_id left join space s on s.id = a.space_id
			where ${visibleItems(viewer, 'i')} and ${which} order by a.ended_at is not null, a.created_at desc limit 100`
	);

async function present(db: Db, found: LineRow[], now: Date): Promise<AskingLine[]> {
	const ids = found.map(({ id }) => id);
	const reasons = await reasonsOf(db, ids);
	const counts = ids.length
		? await rows<{ asking_id: string; asked: number; done: number }>(
				db,
				sql`select asking_id, count(*)::int as asked, (count(*) filter (where state = 'done'))::int as done
					from (${standings(now, sql`a.id = any(${array(ids, 'uuid')})`)}) st group by asking_id`
			)
		: [];
	return found.map((line) => {
		const { asked = 0, done = 0 } = counts.find(({ asking_id }) => asking_id === line.id) ?? {};
		return {
			...reasons.get(line.id)!,
			check: { id: line.item_id, title: line.title },
			audience: line.audience,
			of: audienceInWords(line),
			...{ dueOn: line.due_on, dueDays: line.due_days, at: iso(line.created_at) },
			endedAt: line.ended_at && iso(line.ended_at),
			standing: standingOf(asked, done)
		};
	});
}

function audienceInWords({ audience, space, named }: LineRow): string {
	if (audience === 'people') return named === 1 ? '1 person' : `${named} people`;
	return audience === 'space' ? `Members of ${space}` : 'Everybody';
}

/** Neither those who passed nor those who have not are told of while they are fewer than five: either would name people. */
export function standingOf(asked: number, passed: number): Standing {
	const open = asked - passed;
	if (asked < 2 * FEWEST && (passed < FEWEST || open < FEWEST))
		return { asked, passed: null, words: 'Too few people to say how many have passed.' };
	if (passed < FEWEST) return { asked, passed: null, words: `Fewer than ${FEWEST} of ${asked} have passed so far.` };
	if (open < FEWEST) return { asked, passed: null, words: `All of ${asked} have passed, or all but a few.` };
	return { asked, passed, words: `${passed} of ${asked} have passed.` };
}

/** What somebody sees of an asking: the reason, and whether they are responsible for it. */
export interface AskingPage {
	reason: Reason;
	check: { id: string; title: string };
	/** For those responsible only. */
	line: AskingLine | null;
	/** Who has not passed yet: only where the law names people, and for those responsible only. */
	waiting: { id: string; name: string; dueOn: string; isLate: boolean }[] | null;
}

/** @throws Failure not_found for whoever is neither asked nor responsible */
export async function readAsking(db: Db, viewer: Viewer, id: string, now = new Date()): Promise<AskingPage> {
	const found = isId(id)
		? await row<{
				asked_by: string;
				space_id: string | null;
				is_asked: boolean;
				names: boolean;
				item_id: string;
				title: string;
			}>(
				db,
				sql`select a.asked_by, a.space_id, a.legal_names as names, i.id as item_id, i.title,
						exists (select 1 from (${standings(now, sql`a.id = ${id} and p.id = ${viewer.id}`)}) st) as is_asked
					from asking a join item i on i.id = a.item_id where a.id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	const oversees = found && canOversee(viewer, { askedBy: found.asked_by, spaceId: found.space_id });
	if (!found || (!oversees && !found.is_asked)) throw notFound('This does not exist, or is not yours to see.');
	const reason = (await reasonsOf(db, [id])).get(id)!;
	const check = { id: found.item_id, title: found.title };
	if (!oversees) return { reason, check, line: null, waiting: null };
	const [line] = await present(db, await lines(db, viewer, sql`a.id = ${id}`), now);
	return { reason, check, line: line!, waiting: found.names ? await whoIsWaitedFor(db, viewer, id, now) : null };
}

/**
 * Who has not passed yet. The law must name people, and they were told so when they were asked.
 * @throws Failure forbidden where it does not
 */
export async function whoIsWaitedFor(db: Db, viewer: Viewer, id: string, now = new Date()) {
	const found = isId(id)
		? await row<{ asked_by: string; space_id: string | null; names: boolean }>(
				db,
				sql`select asked_by, space_id, legal_names as names from asking where id = ${id}`
			)
		: undefined;
	if (!found || !canOversee(viewer, { askedBy: found.asked_by, spaceId: found.space_id }))
		throw notFound('This does not exist, or is not yours to see.');
	if (!found.names) throw forbidden('The law behind it does not name people: how far each of them is stays theirs.');
	const waiting = await rows<{ id: string; name: string; due_on: string; late: boolean }>(
		db,
		sql`select p.id, p.name, st.due_on::text, st.due_at + interval '1 day' <= ${now.toISOString()}::timestamptz as late
			from (${standings(now, sql`a.id = ${id}`)}) st join person p on p.id = st.person_id
			where st.state <> 'done' order by p.name, p.id limit 1000`
	);
	return waiting.map(({ id, name, due_on, late }) => ({ id, name, dueOn: due_on, isLate: late }));
}
