import type { Viewer } from '#src/core/access/server/viewer.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { movedInWords, type Aim, type AimReview, type AimState, type CommunityPlan, type Scope } from '../aim.ts';
import { scopeOf } from './scope.ts';

/** The plan of a space or an area, with aims that a figure of the work shows before others. @throws Failure not_found, forbidden */
export async function readCommunityPlan(db: Db, viewer: Viewer, of: Scope): Promise<CommunityPlan> {
	const { scope, canWrite } = await scopeOf(db, viewer, of);
	const column = of.kind === 'space' ? sql`p.space_id` : sql`p.area_id`;
	const plan = await row<{ id: string; purpose: string; version: number; by: string | null }>(
		db,
		sql`select p.id, p.purpose, p.version, w.name as by from community_plan p left join person w on w.id = p.written_by
			where ${column} = ${of.id}`
	);
	const aims = plan ? await aimsOf(db, viewer, plan.id) : [];
	return {
		...{ scope, canWrite, purpose: plan?.purpose ?? '', version: plan?.version ?? 0, writtenBy: plan?.by ?? null },
		aims: aims.sort((one, other) => weight(one) - weight(other))
	};
}

/** What goes on stands before what is over, and what a figure of the work shows before what only people judge. */
const weight = ({ state, figure }: Aim) => (state === 'open' ? 0 : 2) + (figure && !figure.isActivity ? 0 : 1);

interface Row {
	id: string;
	title: string;
	seen: string;
	metric_id: string | null;
	baseline: number | null;
	baseline_on: string | null;
	target: number | null;
	review_on: string | null;
	due: boolean;
	quiet: boolean;
	state: AimState;
	version: number;
	reviews: AimReview[];
}

async function aimsOf(db: Db, viewer: Viewer, planId: string): Promise<Aim[]> {
	const found = await rows<Row>(
		db,
		sql`select a.id, a.title, a.seen, a.metric_id, a.baseline, a.baseline_on::text, a.target, a.review_on::text,
				a.state = 'open' and a.review_on <= current_date as due, a.state, a.version,
				exists (select from community_aim_quiet q where q.aim_id = a.id and q.person_id = ${viewer.id} and q.review_on = a.review_on) as quiet,
				(select coalesce(json_agg(json_build_object('id', r.id, 'seenOn', r.seen_on, 'value', r.value, 'state', r.state,
						'learnt', r.learnt, 'by', p.name) order by r.id desc), '[]')
					from community_review r left join person p on p.id = r.reviewed_by where r.aim_id = a.id) as reviews
			from community_aim a where a.plan_id = ${planId} order by a.review_on nulls last, a.id limit 200`
	);
	return Promise.all(found.map((one) => present(db, viewer, one)));
}

async function present(db: Db, viewer: Viewer, one: Row): Promise<Aim> {
	const figure = one.metric_id ? ((await figures().read(db, viewer, one.metric_id)) ?? null) : null;
	const { baseline, baseline_on: baselineOn, target } = one;
	const shown =
		figure && baseline !== null && baselineOn !== null && target !== null ? { baseline, baselineOn, target } : null;
	const hidden = one.metric_id !== null && !figure;
	return {
		...{ id: one.id, title: one.title, seen: one.seen, state: one.state, version: one.version, figure, hidden },
		...(shown ?? { baseline: null, baselineOn: null, target: null }),
		moved: shown && movedInWords(shown, figure!.latest, viewer.language),
		...{ reviewOn: one.review_on, isDue: one.due ?? false, quiet: one.quiet },
		// What a figure that is not open to the viewer was on a day is as little open as the figure.
		reviews: one.reviews.map((review) => ({ ...review, value: hidden ? null : review.value }))
	};
}

export interface AimTask {
	title: string;
	href: string;
	/** `2030-03-12` */
	reviewOn: string;
}

/** Aims whose day of review has come, for those who look after them: not for who does not want to see it. */
export async function aimTasksOf(db: Db, viewer: Viewer): Promise<AimTask[]> {
	const own = [...viewer.memberships].filter(([, role]) => role === 'steward').map(([id]) => id);
	const tended = viewer.readableSpaces.filter((id) => viewer.tended.has(id));
	const found = await rows<{
		id: string;
		title: string;
		area_id: string | null;
		slug: string | null;
		review_on: string;
	}>(
		db,
		sql`select a.id, a.title, p.area_id, s.slug, a.review_on::text
			from community_aim a join community_plan p on p.id = a.plan_id left join space s on s.id = p.space_id
			where a.state = 'open' and a.review_on <= current_date and s.archived_at is null
				and (s.id = any(${array([...own, ...tended], 'uuid')})
					or (a.created_by = ${viewer.id} and (p.area_id is not null or s.id = any(${array(viewer.readableSpaces, 'uuid')})))
					or exists (select from area_person x where x.area_id = p.area_id and x.person_id = ${viewer.id} and x.accepted_at is not null))
				and not exists (select from community_aim_quiet q
					where q.aim_id = a.id and q.person_id = ${viewer.id} and q.review_on = a.review_on)
			order by a.review_on, a.id limit 5`
	);
	return found.map(({ id, title, area_id, slug, review_on }) => ({
		...{ title, reviewOn: review_on },
		href: `${slug === null ? `/community/${area_id}` : `/spaces/${encodeURIComponent(slug)}/community`}/plan#aim-${id}`
	}));
}
