import { taskInWords } from '#src/checks/asking/day.ts';
import { tasksOf } from '#src/checks/asking/server/tasks.ts';
import { reviewsOf } from '#src/checks/attempts/server/review.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { myPrompts } from '#src/work/server/prompts.ts';
import { goneIn, QUESTION } from '#src/work/prompt.ts';
import { newcomerWaiting } from '#src/community/insights/server/on-home.ts';
import { aimTasksOf } from '#src/community/aims/server/read.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { decodeCursor, toPage } from '#src/core/api/server/page.ts';
import { itemAddress } from '#src/core/items/address.ts';
import type { Author } from '#src/core/items/author.ts';
import { iso, presentAuthor, type AuthorColumns } from '#src/core/items/server/present.ts';
import { plainText } from '#src/core/items/server/render.ts';
import type { Following } from '#src/drips/drip.ts';
import { myFollowing } from '#src/drips/server/follow.ts';
import { needTasksOf } from '#src/needs/plan/server/read.ts';
import { autonomyPulseFor } from '#src/autonomy/pulse/server/pulse.ts';
import { pulsesFor } from '#src/needs/pulse/server/read.ts';
import { dayInWords } from '#src/platform/day.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';

/** One thing in the stream, with what became of it since the viewer last looked. */
export interface StreamEntry {
	id: string;
	kind: string;
	title: string;
	excerpt: string;
	href: string;
	space: string;
	author: Author;
	at: string;
	isNew: boolean;
	answers: number;
	helped: number;
}

export interface Todo {
	title: string;
	href: string;
	/** Why it is asked of the viewer. */
	why: string;
	/** Where a form is sent that hides it for a week, if it can be. */
	hide?: string;
}

export interface TipLine {
	title: string;
	href: string;
	series: string;
}

export interface HelpedLine {
	title: string;
	href: string;
	note: string;
	minutes: number | null;
	isMine: boolean;
	at: string;
}

export interface Home {
	stream: StreamEntry[];
	next: string | null;
	todo: Todo[];
	helped: HelpedLine[];
	/** The next tip of each series that the viewer follows. */
	tips: TipLine[];
	/** What a newcomer may want to do first. */
	starts: { hasSpaces: boolean; isAskedAbout: boolean; hasWritten: boolean };
}

const PAGE = 12;
const PULSE = '/autonomy/pulse';
const PULSE_WHY = 'Once a quarter, half a minute, without your name; there you can leave it out for good';

/** What is new where the viewer belongs, what waits for them and is asked of them, and what helped. */
export async function readHome(db: Db, viewer: Viewer, cursor?: string): Promise<Home> {
	const [{ stream, next }, beside, tasks, reviews, following, pulses, prompts, plans, aims, newcomer, mine] =
		await Promise.all([
			readStream(db, viewer, cursor),
			readBeside(db, viewer),
			tasksOf(db, viewer),
			reviewsOf(db, viewer),
			myFollowing(db, viewer),
			pulsesFor(db, viewer),
			myPrompts(db, viewer),
			needTasksOf(db, viewer),
			aimTasksOf(db, viewer),
			newcomerWaiting(db, viewer),
			autonomyPulseFor(db, viewer)
		]);
	const asked = tasks.map((task) => ({ ...lineOf(task), why: taskInWords(task, viewer.language) }));
	const shown = reviews.slice(0, 5).map(({ id, title, person }) => ({
		...{ title: `What ${person} shows for “${title}”`, href: `/attempts/${id}/review` },
		why: 'You are named to look at it'
	}));
	const said = pulses.map(({ id, title }) => ({
		...{ title, href: `/needs/${id}/pulse` },
		why: 'How is it with your work? A minute, without your name'
	}));
	const planned = plans.map(({ kind, byOn, ...line }) => ({
		...line,
		why: `${kind === 'step' ? 'Yours in a plan' : 'Its plan is to be looked at again'}, by ${dayInWords(byOn, viewer.language)}`
	}));
	const aimed = aims.map(({ reviewOn, ...line }) => ({
		...line,
		why: `An aim of a community is to be looked at again, since ${dayInWords(reviewOn, viewer.language)}`
	}));
	// One at a time, and after all that is really asked.
	const closed = prompts.slice(0, 1).map((prompt) => ({
		...{ title: prompt.title, href: '/work#prompts' },
		why: `Closed. ${QUESTION} Half a minute, for yourself; ${goneIn(prompt, Date.now())}`
	}));
	const waits = (newcomer ? [newcomer] : []).map(({ slug, space, name, days }) => {
		const href = `/spaces/${encodeURIComponent(slug)}/community`;
		const why = `The first words of ${name} there have waited ${days === 1 ? 'a working day' : `${days} working days`} for a reply`;
		return { title: `Somebody new in ${space} waits`, href, why, hide: `${href}?/hush` };
	});
	const chooses = mine.isAsked
		? [
				{
					...lineOf({ title: 'Two lines about what reaches you', href: PULSE }),
					why: PULSE_WHY,
					hide: `${PULSE}?/hush`
				}
			]
		: [];
	const todo = [...asked, ...shown, ...said, ...planned, ...aimed, ...beside.todo, ...waits, ...closed, ...chooses];
	return { stream, next, ...beside, tips: tipsOf(following), todo };
}

/** One line each, and three at most: it is no list to be worked off. */
const tipsOf = (following: Following[]): TipLine[] =>
	following
		.flatMap(({ drip, next, coming }) =>
			next && !coming.pausedUntil
				? [{ title: next.name, href: `/drips/${drip.id}/tips/${next.id}`, series: drip.name }]
				: []
		)
		.slice(0, 3);

const lineOf = ({ title, href }: { title: string; href: string }) => ({ title, href });

interface StreamRow extends AuthorColumns {
	id: string;
	kind: string;
	title: string;
	opening: string;
	space: string;
	active_at: string;
	is_new: boolean;
	answers: number;
	helped_count: number;
}

/** Items of the viewer's spaces, each once: what they have not seen first, then the newest. */
async function readStream(db: Db, viewer: Viewer, cursor?: string) {
	const after = decodeCursor(cursor, 'flag', 'time', 'id');
	const found = await rows<StreamRow>(
		db,
		sql`with line as (
				select i.id, i.kind, i.title, left(i.body_html, 700) as opening, i.space_id, i.active_at, i.helped_count,
					i.author_id, i.anonymous,
					i.author_id <> ${viewer.id} and i.active_at > now() - interval '14 days' and coalesce(seen.at < i.active_at, true) as is_new
				from item i left join seen on seen.item_id = i.id and seen.person_id = ${viewer.id}
				where i.parent_id is null and i.state = 'open' and i.title <> '' and ${visibleItems(viewer, 'i')}
					and i.space_id = any(${array([...viewer.memberships.keys()], 'uuid')})
					and i.active_at > now() - interval '180 days'
				order by i.active_at desc limit 500
			)
			select line.*, s.name as space, p.name as author_name, p.image as author_image,
				(select count(*)::int from item a where a.parent_id = line.id and a.kind = 'answer' and a.state = 'open') as answers
			from line join space s on s.id = line.space_id join person p on p.id = line.author_id
			where ${after ? sql`(line.is_new, line.active_at, line.id) < (${after[0]!}::boolean, ${after[1]!}::timestamptz, ${after[2]!}::uuid)` : sql`true`}
			order by line.is_new desc, line.active_at desc, line.id desc limit ${PAGE + 1}`
	);
	const { items, next } = toPage(found, PAGE, (last) => [String(last.is_new), String(last.active_at), last.id]);
	return { stream: items.map((line) => presentEntry(viewer, line)), next };
}

const presentEntry = (viewer: Viewer, line: StreamRow): StreamEntry => ({
	...{ id: line.id, kind: line.kind, title: line.title, space: line.space, excerpt: plainText(line.opening, 150) },
	href: itemAddress({ id: line.id, kind: line.kind, rootId: line.id, rootKind: line.kind }),
	author: presentAuthor(viewer, line),
	...{ at: iso(line.active_at), isNew: line.is_new, answers: line.answers, helped: line.helped_count }
});

interface TodoRow {
	id: string;
	kind: string;
	title: string;
	page_id: string;
	page_kind: string;
	reason: 'asked' | 'needs_info' | 'outdated' | 'steward' | 'knows' | 'helps';
}

interface HelpedRow {
	id: string;
	kind: string;
	title: string;
	page_id: string;
	page_kind: string;
	note: string;
	minutes: number | null;
	mine: boolean;
	at: string;
}

const REASONS = {
	asked: 'You were asked by name',
	needs_info: 'Your question needs more information',
	outdated: 'A reader thinks this may be outdated',
	steward: 'May be outdated, in a space you look after',
	helps: 'About a check that you help with',
	knows: 'Unanswered, about something you know or follow'
};

async function readBeside(db: Db, viewer: Viewer): Promise<Pick<Home, 'todo' | 'helped' | 'starts'>> {
	const stewarded = [...viewer.memberships].filter(([, role]) => role === 'steward').map(([id]) => id);
	const found = await row<{
		todo: TodoRow[] | null;
		helped: HelpedRow[] | null;
		asked_about: boolean;
		written: boolean;
	}>(
		db,
		sql`with me as (select id, ask_me_about from person where id = ${viewer.id}),
			about as (
				select unnest(ask_me_about) as tag from me
				union select target from follow where person_id = ${viewer.id} and target_kind = 'tag'
			),
			task as (
				select a.question_id as id, 1 as rank, 'asked' as reason, a.created_at as at from question_ask a
					join question q on q.item_id = a.question_id
					where a.person_id = ${viewer.id} and q.status in ('open', 'needs_info')
						and not exists (select 1 from item x where x.parent_id = a.question_id and x.kind = 'answer' and x.author_id = ${viewer.id})
				union all
				select h.asked_id, 1, 'helps', i.created_at from check_help h join check_item c on c.item_id = h.check_id
					join question q on q.item_id = h.asked_id join item i on i.id = h.asked_id
					where c.expert_id = ${viewer.id} and q.status = 'open' and i.author_id <> ${viewer.id}
						and not exists (select 1 from item x where x.parent_id = h.asked_id and x.kind = 'answer' and x.author_id = ${viewer.id})
				union all
				select i.id, 2, 'needs_info', i.active_at from item i join question q on q.item_id = i.id
					where i.author_id = ${viewer.id} and q.status = 'needs_info'
				union all
				select i.id, 3 + (i.author_id <> ${viewer.id})::int, case when i.author_id = ${viewer.id} then 'outdated' else 'steward' end, min(f.created_at)
					from flag f join item i on i.id = f.item_id
					where f.settled_at is null and (i.author_id = ${viewer.id} or i.space_id = any(${array(stewarded, 'uuid')})) group by i.id
				union all
				(select i.id, 5, 'knows', i.created_at from item i join question q on q.item_id = i.id
					where q.status = 'open' and q.answer_count = 0 and i.author_id <> ${viewer.id}
						and i.tags && array(select tag from about) and ${visibleItems(viewer, 'i')}
					order by i.created_at desc limit 10)
			),
			todo as (
				select distinct on (i.id) i.id, i.kind, top.title, top.id as page_id, top.kind as page_kind, task.reason, task.rank, task.at
				from task join item i on i.id = task.id
				left join item up on up.id = i.parent_id
				join item top on top.id = coalesce(up.parent_id, i.parent_id, i.id)
				where i.state = 'open' and ${visibleItems(viewer, 'i')} order by i.id, task.rank
			),
			helped_line as (
				select i.id, i.kind, top.title, top.id as page_id, top.kind as page_kind, h.note, h.minutes_saved as minutes,
					i.author_id = ${viewer.id} as mine, h.created_at as at
				from helped h join item i on i.id = h.item_id
				left join item up on up.id = i.parent_id
				join item top on top.id = coalesce(up.parent_id, i.parent_id, i.id)
				where h.person_id <> ${viewer.id} and h.created_at > now() - interval '60 days' and i.state = 'open'
					and ${visibleItems(viewer, 'i')}
					and (i.author_id = ${viewer.id} or i.space_id = any(${array([...viewer.memberships.keys()], 'uuid')}))
				order by (h.note <> '') desc, h.created_at desc limit 5
			)
			select (select json_agg(t order by t.rank, t.at desc) from (select * from todo order by rank, at desc limit 5) t) as todo,
				(select json_agg(l order by l.mine desc, l.at desc) from helped_line l) as helped,
				(select cardinality(ask_me_about) > 0 from me) as asked_about,
				exists (select 1 from item where author_id = ${viewer.id}) as written`
	);
	const { todo, helped, asked_about, written } = found!;
	return {
		todo: (todo ?? []).map((line) => ({ title: line.title, href: addressOf(line), why: REASONS[line.reason] })),
		helped: (helped ?? []).map((line) => ({
			...{ title: line.title, href: addressOf(line), note: line.note, minutes: line.minutes },
			...{ isMine: line.mine, at: iso(line.at) }
		})),
		starts: { hasSpaces: viewer.memberships.size > 1, isAskedAbout: asked_about, hasWritten: written }
	};
}

const addressOf = ({
	id,
	kind,
	page_id,
	page_kind
}: {
	id: string;
	kind: string;
	page_id: string;
	page_kind: string;
}) => itemAddress({ id, kind, rootId: page_id, rootKind: page_kind });
