import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isAway } from '#src/core/people/server/presence.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { singleTopics } from '../../insights/server/topics.ts';
import { weakPages } from '../../insights/server/weak-pages.ts';
import { spaceToTend } from '../../server/tended.ts';
import { CALL_DAYS, MOST_ASKED, PEACE_DAYS } from '../call.ts';
import type { NewCall } from '../input.ts';
import { communityCall, communityCalled } from './schema.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** People are asked for something; who and for what stands with the call. */
		'community.called': { callId: string; actorId: string };
	}
}

/**
 * Asks for what an insight names: whoever a topic hangs on to write it down, others to be a second, an author to
 * improve a page. Whom it goes to is found here, never sent along. The same is asked once in 30 days.
 * @returns the call's id
 * @throws Failure conflict when it was asked lately, or is not the case any more
 */
export async function makeCall(
	db: Db,
	viewer: Viewer,
	spaceId: string,
	call: NewCall,
	now = new Date()
): Promise<string> {
	await spaceToTend(db, viewer, spaceId);
	return db.transaction(async (tx) => {
		// One after the other, so that the same is not asked twice at once.
		await tx.execute(sql`select 1 from space where id = ${spaceId} for no key update`);
		await expectNotLately(tx, spaceId, call, now);
		const people = await whoIsAsked(tx, viewer, spaceId, call, now);
		const id = newId();
		await tx.insert(communityCall).values({ id, spaceId, ...call, byId: viewer.id, createdAt: now });
		if (people.length > 0)
			await tx.insert(communityCalled).values(people.map((personId) => ({ callId: id, personId })));
		await emit(tx, 'community.called', { callId: id, actorId: viewer.id });
		return id;
	});
}

const since = (now: Date, days: number) => sql`${now.toISOString()}::timestamptz - make_interval(days => ${days})`;

async function expectNotLately(tx: Db, spaceId: string, { kind, topic }: NewCall, now: Date): Promise<void> {
	const before = await row(
		tx,
		sql`select 1 from community_call where space_id = ${spaceId} and topic = ${topic} and kind = ${kind}
			and created_at > ${since(now, CALL_DAYS)}`
	);
	if (before) throw conflict(`This was asked already in the last ${CALL_DAYS} days. Give them time.`);
}

async function whoIsAsked(tx: Db, viewer: Viewer, spaceId: string, call: NewCall, now: Date): Promise<string[]> {
	if (call.kind === 'improve') return authorOf(tx, viewer, spaceId, call.topic, now);
	const [single] = await singleTopics(tx, viewer, spaceId, now, call.topic);
	if (!single) throw conflict('This topic does not hang on one person any more.');
	const { person } = single;
	if (call.kind === 'second') return mayBeSecond(tx, viewer, spaceId, call.topic, person.id, now);
	if (!person.isHere) throw conflict(`${person.name} is not here any more. Find a second instead.`);
	if (person.isYou) throw conflict('It is you whom this topic hangs on. Write it down.');
	return [await whoIsThere(tx, person, now)];
}

/** Who is on leave is asked nothing. @throws Failure conflict */
async function whoIsThere(tx: Db, { id, name }: { id: string; name: string }, now: Date): Promise<string> {
	const away = await row(tx, sql`select 1 where ${isAway(sql`${id}::uuid`, sql`${now.toISOString()}::timestamptz`)}`);
	if (away) throw conflict(`${name} is on leave. Ask when they are back.`);
	return id;
}

async function authorOf(tx: Db, viewer: Viewer, spaceId: string, itemId: string, now: Date): Promise<string[]> {
	const [page] = await weakPages(tx, viewer, spaceId, now, itemId);
	if (!page) throw conflict('This is not read by many while it helps few.');
	if (!page.author.isHere) throw conflict(`${page.author.name} is not here any more. Improve it yourself.`);
	if (page.author.isYou) throw conflict('You wrote it yourself. Improve it.');
	return [await whoIsThere(tx, page.author, now)];
}

/**
 * Who may like to answer about a topic too: it stands among what they can be asked about, they follow it, answered
 * about it, or read twice of it in the last 180 days. Those who answered it, were asked lately, or are on leave have peace. Whom it
 * finds is told to nobody, so that whoever asks does not learn who reads what.
 */
async function mayBeSecond(
	tx: Db,
	viewer: Viewer,
	spaceId: string,
	tag: string,
	without: string,
	now: Date
): Promise<string[]> {
	const inTopic: SQL = sql`i.space_id = ${spaceId} and i.tags @> array[${tag}] and i.parent_id is null and i.state = 'open'`;
	const found = await rows<{ id: string }>(
		tx,
		sql`with tie as (
				select id as person_id, 4 as weight from person where lower(${tag}) = any(select lower(t) from unnest(ask_me_about) t)
				union all select person_id, 3 from follow where target_kind = 'tag' and target = ${tag}
				union all select distinct a.author_id, 2 from item i join item a on a.parent_id = i.id and a.kind = 'answer'
					and a.state = 'open' and not a.anonymous where ${inTopic}
				union all (select r.actor_id, 1 from item i join signal r on r.item_id = i.id and r.verb = 'read'
					where ${inTopic} and r.at > ${since(now, 180)} group by r.actor_id having count(*) >= 2)
			)
			select p.id from (select person_id, sum(weight) as weight from tie group by person_id) tie
			join person p on p.id = tie.person_id and p.deactivated_at is null join space s on s.id = ${spaceId}
			where p.id <> all(${array([without, viewer.id], 'uuid')})
				and (s.access = 'open' or exists (select 1 from space_member m where m.space_id = s.id and m.person_id = p.id))
				and not ${isAway(sql`p.id`, sql`${now.toISOString()}::timestamptz`)}
				and not exists (select 1 from community_called d join community_call c on c.id = d.call_id and c.kind = 'second'
					where d.person_id = p.id and (c.created_at > ${since(now, PEACE_DAYS)}
						or d.answer is not null and c.space_id = ${spaceId} and c.topic = ${tag}))
			order by tie.weight desc, md5(p.id::text || ${now.toISOString()}) limit ${MOST_ASKED}`
	);
	return found.map(({ id }) => id);
}
