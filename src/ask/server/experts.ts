import { eq } from 'drizzle-orm';
import { allow, canRead, canWriteIn } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { awayNow, isAway } from '#src/core/people/server/presence.ts';
import { awayInWords, type Away } from '#src/core/people/words.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { isMasked } from '#src/core/items/server/masked.ts';
import { dayInWords } from '#src/platform/day.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import type { Expert } from '../experts.ts';
import type { PersonAsk } from '../input.ts';
import { lockQuestion } from './questions.ts';
import { questionAsk } from './schema.ts';

/** Nobody is asked by name more often than this in a week, so that a few do not get all. */
const ASKS_A_WEEK = 3;

/** Nor are more people than this asked by name for one question. */
const ASKS_A_QUESTION = 3;

export interface Topic {
	spaceId: string;
	title: string;
	tags: readonly string[];
	/** Once it stands: who was asked already is told so. */
	questionId?: string;
	/** Left out: the viewer, and whoever is known to ask. */
	without: readonly string[];
	/** When it is asked; now where it is left out. */
	at?: Date;
}

/**
 * People who may know, the likeliest first: who wants to be asked about it, and who gave
 * answers that were accepted or helped, to questions with its tags or much like it. Only
 * people who may read the space; only answers that everybody in it may read, so that the
 * reason gives nothing away. Who was asked much lately comes later, then not at all; nor does who is on leave, unless
 * they were asked before.
 */
export async function peopleWhoMayKnow(db: Db, topic: Topic, limit = 3): Promise<Expert[]> {
	const { spaceId, title, questionId = null, at = new Date() } = topic;
	const moment = sql`${at.toISOString()}::timestamptz`;
	const tags = array(topic.tags, 'text');
	const found = await rows<{
		id: string;
		name: string;
		image: string | null;
		headline: string;
		about: string | null;
		tag: string | null;
		on_tag: number;
		alike: number;
		asked: boolean;
		away: Away | null;
	}>(
		db,
		sql`with good as (
				select a.author_id, (select t from unnest(i.tags) t where t = any(${tags}) limit 1) as tag
				from question q
				join item i on i.id = q.item_id and i.state = 'open'
				join space place on place.id = i.space_id and (place.access = 'open' or place.id = ${spaceId})
				join item a on a.parent_id = i.id and a.kind = 'answer' and a.state = 'open' and not a.anonymous
				where i.kind = 'question' and (i.tags && ${tags} or i.title % ${title})
					and (a.id = q.accepted_answer_id or a.helped_count > 0)
				order by a.id desc limit 500
			), record as (
				select author_id, count(tag)::int as on_tag, (count(*) - count(tag))::int as alike,
					mode() within group (order by tag) as tag
				from good group by author_id
			), wish as (
				select p.id, min(t) as about, count(*)::int as n from person p, unnest(p.ask_me_about) t
				where lower(t) = any(${array(terms(title, topic.tags), 'text')}) group by p.id
			), candidate as (
				select p.id, p.name, p.image, p.headline, w.about, r.tag, coalesce(r.on_tag, 0) as on_tag,
					coalesce(r.alike, 0) as alike, coalesce(w.n, 0) as n,
					(select count(*) from question_ask x where x.person_id = p.id and x.created_at > now() - interval '7 days') as load,
					exists (select 1 from question_ask x where x.person_id = p.id and x.question_id = ${questionId}::uuid) as asked
				from person p left join record r on r.author_id = p.id left join wish w on w.id = p.id
				join space s on s.id = ${spaceId}
				where (r.author_id is not null or w.id is not null) and p.deactivated_at is null
					and p.id <> all(${array(topic.without, 'uuid')})
					and (s.access = 'open' or exists (select 1 from space_member m where m.space_id = s.id and m.person_id = p.id))
			)
			select candidate.*, ${awayNow(sql`candidate.id`, moment)} as away from candidate
			where (load < ${ASKS_A_WEEK} and not ${isAway(sql`candidate.id`, moment)}) or asked
			order by (2 * n + least(on_tag, 5) + least(alike, 3)) / (1.0 + load) desc, id limit ${limit}`
	);
	return found.map((one) => ({
		...{ id: one.id, name: one.name, image: one.image, headline: one.headline, asked: one.asked, away: one.away },
		reason: [reason(one), one.away && awayInWords(one.away, 'en')].filter(Boolean).join('. ')
	}));
}

function reason({
	on_tag,
	tag,
	about,
	alike
}: {
	on_tag: number;
	tag: string | null;
	about: string | null;
	alike: number;
}) {
	if (on_tag > 0) return `answered ${on_tag === 1 ? 'a question' : `${on_tag} questions`} on ${tag}`;
	if (about) return `wants to be asked about ${about}`;
	return `answered ${alike === 1 ? 'a question' : `${alike} questions`} like this`;
}

/** What a profile may name: tags, words and pairs of words, in singular and plural. */
function terms(title: string, tags: readonly string[]): string[] {
	const words = title.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}.+#-]*/gu) ?? [];
	const pairs = words.slice(1).map((word, index) => `${words[index]} ${word}`);
	const named = [...tags, ...words.filter((word) => word.length > 2), ...pairs];
	return [...new Set(named.flatMap((term) => [term, term.endsWith('s') ? term.slice(0, -1) : `${term}s`]))];
}

/** The same for a question that is being written, in a space the viewer may read. */
export async function peopleForTopic(
	db: Db,
	viewer: Viewer,
	{ space: spaceId, title, tags }: { space: string; title: string; tags: string[] }
): Promise<Expert[]> {
	if (!canRead(viewer, { spaceId })) throw notFound();
	if (title.trim().length < 8 && tags.length === 0) return [];
	const asked = title.replaceAll('\0', '').slice(0, 200);
	return peopleWhoMayKnow(db, { spaceId, title: asked, tags, without: [viewer.id] });
}

/** The same for a question that stands; people who answered it already are left out. */
export async function peopleForQuestion(db: Db, viewer: Viewer, questionId: string): Promise<Expert[]> {
	const asked = await row<{ space_id: string; title: string; tags: string[]; without: string[] }>(
		db,
		sql`select i.space_id, i.title, i.tags, array(
				select a.author_id::text from item a where a.parent_id = i.id and a.kind = 'answer' and not a.anonymous
			) || case when i.anonymous then '{}' else array[i.author_id::text] end as without
			from item i where i.id = ${questionId} and i.kind = 'question' and i.state = 'open'
				and i.space_id = any(${array(viewer.readableSpaces, 'uuid')})`
	);
	if (!asked) throw notFound();
	const { space_id: spaceId, title, tags } = asked;
	return peopleWhoMayKnow(db, { spaceId, title, tags, questionId, without: [...asked.without, viewer.id] });
}

/**
 * Asks somebody by name, once a question.
 * @throws Failure conflict when they, or enough others, have been asked already
 */
export async function askPerson(db: Db, viewer: Viewer, questionId: string, { personId }: PersonAsk): Promise<void> {
	await db.transaction(async (tx) => {
		const { asked, state } = await lockQuestion(tx, viewer, questionId);
		allow(canWriteIn(viewer, asked), 'Join the space to ask people in it.');
		if (state.status === 'answered' || state.status === 'duplicate')
			throw conflict('This question is settled already.');
		await expectReader(tx, asked.spaceId, personId);
		const before = await tx.select().from(questionAsk).where(eq(questionAsk.questionId, questionId));
		if (before.some((ask) => ask.personId === personId)) return;
		if (before.length >= ASKS_A_QUESTION) throw conflict('Three people have been asked. Give them time to answer.');
		await expectThere(tx, personId);
		if (await isBusy(tx, personId)) throw conflict('They have been asked often this week. Ask somebody else.');
		await tx.insert(questionAsk).values({ questionId, personId, askedBy: viewer.id });
		const masked = await isMasked(tx, viewer, questionId);
		await emit(tx, 'expert.asked', { questionId, personId, actorId: masked ? null : viewer.id });
	});
}

async function expectReader(tx: Db, spaceId: string, personId: string): Promise<void> {
	const reader = await row(
		tx,
		sql`select 1 from person p join space s on s.id = ${spaceId} where p.id = ${personId} and p.deactivated_at is null
			and (s.access = 'open' or exists (select 1 from space_member m where m.space_id = s.id and m.person_id = p.id))`
	);
	if (!reader) throw notFound('There is no such person who can read this question.');
}

async function expectThere(tx: Db, personId: string): Promise<void> {
	const found = await row<{ away: Away | null }>(
		tx,
		sql`select ${awayNow(sql`p.id`, sql`now()`)} as away from person p where p.id = ${personId}`
	);
	if (found?.away) throw conflict(`They are away until ${dayInWords(found.away.until)}. Ask somebody else.`);
}

async function isBusy(tx: Db, personId: string): Promise<boolean> {
	const asks = await row<{ n: number }>(
		tx,
		sql`select count(*)::int as n from question_ask where person_id = ${personId} and created_at > now() - interval '7 days'`
	);
	return asks!.n >= ASKS_A_WEEK;
}
