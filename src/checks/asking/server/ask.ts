import { eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { usableGrounds } from '#src/core/grounds/server/grounds.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { NOTIFY_CHANNEL } from '#src/core/notify/server/fan-out.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import type { LaterDate, NewAsking } from '../input.ts';
import './events.ts';
import { canAsk, canOversee, type Audience } from './policy.ts';
import { asking, askingPerson } from './schema.ts';
import { standings } from './standing.ts';

/**
 * Asks people to pass a check. Those who have passed already, and whose proof still holds, have nothing to do.
 * @returns the asking's id; the first one's for a form that is sent twice
 * @throws Failure forbidden for whoever does not look after the people asked
 */
export async function askToPass(
	db: Db,
	viewer: Viewer,
	itemId: string,
	{ submission, people: named, ...input }: NewAsking,
	now = new Date()
): Promise<string> {
	return db.transaction(async (tx) => {
		const check = await checkToAsk(tx, viewer, itemId);
		if (input.dueOn && input.dueOn < now.toISOString().slice(0, 10)) throw invalid({ dueOn: 'must not lie behind us' });
		const people = input.audience === 'people' ? await peopleNamed(tx, named) : [];
		const spaceId = input.audience === 'space' ? input.spaceId! : null;
		allow(
			canAsk(viewer, await audienceOf(tx, input.audience, spaceId, people)),
			'Stewards ask the members of their spaces, managers those of their teams, and admins anybody.'
		);
		await expectGround(tx, viewer, input.analysisId);
		if (submission && !(await isFirst(tx, viewer, submission))) return askedBefore(tx, viewer, itemId);
		const id = newId();
		await tx.insert(asking).values({ id, itemId, askedBy: viewer.id, createdAt: now, ...input, spaceId });
		if (people.length > 0)
			await tx.insert(askingPerson).values(people.map((personId) => ({ askingId: id, personId, askedAt: now })));
		await everybodyReads(tx, id, check, now);
		await tellTasksChanged(tx, sql`select person_id from (${standings(now, sql`a.id = ${id}`)}) st`);
		await emit(tx, 'check.asked', { askingId: id, itemId });
		return id;
	});
}

/** An analysis counts where the viewer works at it, and its newest record found a lack of knowledge or skill. */
async function expectGround(tx: Db, viewer: Viewer, id: string | undefined): Promise<void> {
	if (id === undefined || (await usableGrounds(tx, viewer)).some((ground) => ground.id === id)) return;
	throw invalid({ analysisId: 'must be the newest record of an analysis that found a lack of knowledge or skill' });
}

/** The check, held so that it is not archived at the same moment. */
async function checkToAsk(tx: Db, viewer: Viewer, itemId: string) {
	const found = isId(itemId)
		? await row<{ title: string; state: string }>(
				tx,
				sql`select i.title, i.state from item i where i.id = ${itemId} and i.kind = 'check' and ${visibleItems(viewer, 'i')} for share`
			)
		: undefined;
	if (!found) throw notFound('This check does not exist, or is not open to you.');
	if (found.state !== 'open')
		throw invalid({ _: 'is archived: nobody can be asked to pass it' }, 'This check is archived.');
	return found;
}

/** Ids of people named by id or address; nobody is told which address belongs to somebody here. */
async function peopleNamed(tx: Db, named: string[]): Promise<string[]> {
	const found = await rows<{ id: string; email: string }>(
		tx,
		sql`select id, email from person where deactivated_at is null
			and (email = any(${array(named, 'text')}) or id::text = any(${array(named, 'text')}))`
	);
	const known = new Set(found.flatMap(({ id, email }) => [id, email]));
	const missing = named.filter((one) => !known.has(one));
	if (missing.length > 0) throw invalid({ people: `holds nobody who is here: ${missing.slice(0, 5).join(', ')}` });
	return found.map(({ id }) => id);
}

async function audienceOf(
	tx: Db,
	audience: Audience['audience'],
	spaceId: string | null,
	people: string[]
): Promise<Audience> {
	if (audience === 'everybody') return { audience };
	if (audience === 'space') {
		const found = await row<{ kind: string }>(tx, sql`select kind from space where id = ${spaceId}`);
		if (!found) throw invalid({ spaceId: 'is not a space' });
		return { audience, spaceId: spaceId!, isTeam: found.kind === 'team' };
	}
	const shared = await rows<{ id: string; kind: string }>(
		tx,
		sql`select s.id, s.kind from space s where ${people.length} =
			(select count(*) from space_member m where m.space_id = s.id and m.person_id = any(${array(people, 'uuid')}))`
	);
	return { audience, shared: shared.map(({ id, kind }) => ({ id, isTeam: kind === 'team' })) };
}

/** Nobody is asked for what they cannot open. */
async function everybodyReads(tx: Db, id: string, check: { title: string }, now: Date): Promise<void> {
	const found = await row<{ asked: number; wanted: number }>(
		tx,
		sql`select (select count(*)::int from (${standings(now, sql`a.id = ${id}`)}) st) as asked,
			(select case a.audience
				when 'people' then (select count(*)::int from asking_person ap where ap.asking_id = a.id)
				when 'space' then (select count(*)::int from space_member m join person p on p.id = m.person_id
					and p.deactivated_at is null where m.space_id = a.space_id)
				else (select count(*)::int from person where deactivated_at is null) end from asking a where a.id = ${id}) as wanted`
	);
	if (found!.asked < found!.wanted)
		throw invalid({
			audience: `holds ${found!.wanted - found!.asked} who cannot open “${check.title}”: it is in a space they are not in`
		});
}

const askedBefore = async (tx: Db, viewer: Viewer, itemId: string) =>
	(await row<{ id: string }>(
		tx,
		sql`select id from asking where item_id = ${itemId} and asked_by = ${viewer.id} order by created_at desc limit 1`
	))!.id;

/** Open pages of these people look again at once. @param people a query of person ids */
export async function tellTasksChanged(tx: Db, people: ReturnType<typeof sql>): Promise<void> {
	await tx.execute(sql`with line as (select person_id, (row_number() over () - 1) / 200 as chunk from (${people}) as one (person_id))
		select pg_notify(${NOTIFY_CHANNEL}, 'tasks ' || string_agg(person_id::text, ' ')) from line group by chunk`);
}

/** Gives more time. @throws Failure invalid for a day before the one that was promised */
export async function giveMoreTime(db: Db, viewer: Viewer, id: string, later: LaterDate): Promise<void> {
	await change(db, viewer, id, async (tx, current) => {
		const sooner =
			(later.dueOn && current.dueOn && later.dueOn < current.dueOn) ||
			(later.dueDays && current.dueDays && later.dueDays < current.dueDays);
		if (sooner) throw invalid({ [later.dueOn ? 'dueOn' : 'dueDays']: 'must not be sooner than was promised' });
		await tx
			.update(asking)
			.set({ dueOn: later.dueOn ?? null, dueDays: later.dueDays ?? null })
			.where(eq(asking.id, id));
	});
}

/** Asks no longer; again does no harm. */
export const endAsking = (db: Db, viewer: Viewer, id: string, now = new Date()): Promise<void> =>
	change(db, viewer, id, async (tx, { endedAt }) => {
		if (!endedAt) await tx.update(asking).set({ endedAt: now }).where(eq(asking.id, id));
	});

async function change(
	db: Db,
	viewer: Viewer,
	id: string,
	work: (tx: Db, current: typeof asking.$inferSelect) => Promise<void>
): Promise<void> {
	await db.transaction(async (tx) => {
		const [current] = await tx.select().from(asking).where(eq(asking.id, id)).for('update');
		if (!current || !canOversee(viewer, current)) throw notFound('This does not exist, or is not yours to see.');
		const people = sql`select person_id from (${standings(new Date(), sql`a.id = ${id}`)}) st`;
		await tellTasksChanged(tx, people);
		await work(tx, current);
		await emit(tx, 'check.asking_changed', { askingId: id, itemId: current.itemId });
	});
}
