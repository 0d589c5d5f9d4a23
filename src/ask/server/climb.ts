import { eq } from 'drizzle-orm';
import { hoursOf, isAway } from '#src/core/people/server/presence.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { LAST_STEP, nextLook, type Rhythm } from '../climb.ts';
import { peopleWhoMayKnow } from './experts.ts';
import { question, questionAsk } from './schema.ts';

/** Questions looked at in one run at most; the next run goes on. */
const BATCH = 500;

/** More people than this are not told at one step. */
const CROWD = 500;

interface Waiting {
	id: string;
	step: number;
	since: string;
	answered: boolean;
	space_id: string;
	title: string;
	tags: string[];
	/** Null where nobody may know: then the asker is treated as everybody else. */
	asker_id: string | null;
}

/** Lets unanswered questions climb that are due, one transaction each. @returns how many were looked at */
export async function climbDue(db: Db, now = new Date()): Promise<number> {
	let looked = 0;
	while (looked < BATCH && (await db.transaction((tx) => climbNext(tx, now)))) looked += 1;
	return looked;
}

async function climbNext(tx: Db, now: Date): Promise<boolean> {
	const waiting = await row<Waiting>(
		tx,
		sql`select q.item_id as id, q.climb_step as step, q.climb_since as since, i.space_id, i.title, i.tags,
				q.answer_count > 0 or i.state <> 'open' as answered,
				case when i.anonymous then null else i.author_id end as asker_id
			from question q join item i on i.id = q.item_id
			where q.status = 'open' and q.climb_at <= ${now.toISOString()}::timestamptz
			order by q.climb_at limit 1 for update of q skip locked`
	);
	if (!waiting) return false;
	if (waiting.answered || waiting.step >= LAST_STEP) await plan(tx, waiting.id, { climbAt: null });
	else await climb(tx, waiting, now);
	return true;
}

async function climb(tx: Db, waiting: Waiting, now: Date): Promise<void> {
	const { id, step } = waiting;
	const next = await audience(tx, waiting, step + 1, now);
	const told = await rhythms(tx, await audience(tx, waiting, step, now), now);
	const look = nextLook(step, new Date(waiting.since), told, await rhythms(tx, next, now), now);
	if (look > now) return plan(tx, id, { climbAt: look });
	await plan(tx, id, { climbStep: step + 1, climbSince: now, climbAt: step + 1 < LAST_STEP ? now : null });
	if (next.length === 0) return;
	if (step + 1 === 2) {
		await tx
			.insert(questionAsk)
			.values(next.map((personId) => ({ questionId: id, personId })))
			.onConflictDoNothing();
	}
	await emit(tx, 'question.climbed', { questionId: id, step: step + 1, personIds: next });
}

async function plan(tx: Db, id: string, change: Partial<typeof question.$inferInsert>): Promise<void> {
	await tx.update(question).set(change).where(eq(question.itemId, id));
}

/** Who is told at a step: 0 the space, 1 followers of the tags, 2 a suggested person, 3 the stewards. */
async function audience(tx: Db, waiting: Waiting, step: number, now: Date): Promise<string[]> {
	if (step === 2) return suggested(tx, waiting, now);
	const { space_id: spaceId, asker_id: askerId } = waiting;
	const member = sql`exists (select 1 from space_member m where m.space_id = s.id and m.person_id = p.id`;
	const told = [
		sql`${member})`,
		sql`exists (select 1 from follow f where f.person_id = p.id and f.target_kind = 'tag' and f.target = any(${array(waiting.tags, 'text')}))`,
		sql`false`,
		sql`${member} and m.role = 'steward')`
	][step]!;
	const found = await rows<{ id: string }>(
		tx,
		sql`select p.id from person p join space s on s.id = ${spaceId}
			where p.deactivated_at is null and p.id is distinct from ${askerId}::uuid and ${told}
				and (s.access = 'open' or ${member})) limit ${CROWD}`
	);
	return found.map(({ id }) => id);
}

/** Whom climbing asked already, else the likeliest of those not asked yet. */
async function suggested(tx: Db, waiting: Waiting, now: Date): Promise<string[]> {
	if (waiting.step >= 2) {
		const asked = await rows<{ person_id: string }>(
			tx,
			sql`select person_id from question_ask where question_id = ${waiting.id} and asked_by is null`
		);
		return asked.map((ask) => ask.person_id);
	}
	const { id: questionId, space_id: spaceId, title, tags, asker_id: askerId } = waiting;
	const without = askerId ? [askerId] : [];
	const people = await peopleWhoMayKnow(tx, { spaceId, title, tags, questionId, without, at: now }, 5);
	return people
		.filter(({ asked }) => !asked)
		.slice(0, 1)
		.map(({ id }) => id);
}

/** The working hours of people, those alike counted together; whoever is on leave has no chance to answer and is left out. */
async function rhythms(tx: Db, people: string[], now: Date): Promise<Rhythm[]> {
	if (people.length === 0) return [];
	return rows<Rhythm>(
		tx,
		sql`select there.*, count(*)::int as people
			from (select ${hoursOf(sql`p`)} from person p where p.id = any(${array(people, 'uuid')})
				and not ${isAway(sql`p.id`, sql`${now.toISOString()}::timestamptz`)}) there
			group by 1, 2, 3, 4, 5`
	);
}
