import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { figures } from '#src/core/figures/server/figures.ts';
import { itemKind } from '#src/core/items/kinds.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { recommended, starterHref, starters, type Option } from '../../options/catalogue.ts';
import { listOptions, optionsById } from '../../options/server/options.ts';
import { lastConclusion } from '../../server/content.ts';
import { needOf, works, type NeedRecord } from '../../server/record.ts';
import type { Plan, PlanPage, Review, Step, Verdict } from '../plan.ts';
import { planOf, type PlanRecord } from './record.ts';

/** The plan of a need, and what fits its causes. @throws Failure not_found */
export async function readPlan(db: Db, viewer: Viewer, needId: string): Promise<PlanPage> {
	const need = await needOf(db, viewer, needId);
	const [conclusion, plan, all] = [
		await lastConclusion(db, needId),
		await planOf(db, needId),
		await listOptions(db, viewer)
	];
	const found = (conclusion?.content.causes ?? [])
		.filter(({ answer }) => answer === 'yes' || answer === 'partly')
		.map(({ cause }) => cause);
	return {
		need: { id: need.id, title: need.title, spaceId: need.space_id },
		plan: plan ? await present(db, viewer, need, plan) : null,
		isConcluded: conclusion?.decision === 'act',
		canWork: works(viewer, need),
		options: recommended(all, found)
	};
}

async function present(db: Db, viewer: Viewer, need: NeedRecord, plan: PlanRecord): Promise<Plan> {
	const kept = plan.metric_id ? await figures().read(db, viewer, plan.metric_id) : undefined;
	const funds = plan.funds_id
		? await row<{ id: string; title: string }>(
				db,
				sql`select i.id, i.title from item i where i.id = ${plan.funds_id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	return {
		owner: { id: plan.owner_id, name: plan.owner_name },
		...{ hypothesis: plan.hypothesis, figure: plan.figure, kept: kept ?? null, metricId: plan.metric_id },
		...{ baseline: plan.baseline, baselineOn: plan.baseline_on, baselineSource: plan.baseline_source },
		...{ target: plan.target, reviewOn: plan.review_on, currency: plan.currency, budget: plan.budget },
		...{ saves: plan.saves, funds: funds ?? null, fundsNote: plan.funds_note, version: plan.version },
		steps: await stepsOf(db, viewer, need),
		reviews: await reviewsOf(db, need.id)
	};
}

interface StepRow {
	id: string;
	option: string;
	title: string;
	owner_id: string;
	owner_name: string;
	by_on: string;
	made_id: string | null;
	made_kind: string | null;
	made_title: string | null;
	done_at: string | null;
	version: number;
}

async function stepsOf(db: Db, viewer: Viewer, need: NeedRecord): Promise<Step[]> {
	const found = await rows<StepRow>(
		db,
		sql`select t.id, t.option, t.title, t.owner_id, p.name as owner_name, t.by_on::text, t.made_id, t.made_kind,
				i.title as made_title, t.done_at, t.version
			from need_step t join person p on p.id = t.owner_id
			left join item i on i.id = t.made_id and ${visibleItems(viewer, 'i')}
			where t.need_id = ${need.id} order by t.done_at is not null, t.by_on, t.id`
	);
	const options = await optionsById(
		db,
		viewer,
		found.map(({ option }) => option)
	);
	return found.map((one) => {
		const mine = works(viewer, need) || one.owner_id === viewer.id;
		const option = options.get(one.option) ?? null;
		return {
			...{ id: one.id, option, title: one.title, byOn: one.by_on, version: one.version, canFinish: mine },
			owner: { id: one.owner_id, name: one.owner_name },
			made: madeOf(one),
			doneAt: one.done_at && new Date(one.done_at).toISOString(),
			begins: mine && !one.done_at && !one.made_id ? beginsOf(option, one, need) : []
		};
	});
}

function madeOf({ made_id, made_kind, made_title }: StepRow): Step['made'] {
	const kind = made_kind ? itemKind(made_kind) : undefined;
	if (!made_id || !kind) return null;
	// What is not an item yet is still being written: its own page says who may look.
	return made_title === null
		? { title: kind.label, href: made_kind === 'drip' ? `/${kind.place}/${made_id}/edit` : null }
		: { title: made_title, href: `/${kind.place}/${made_id}` };
}

const beginsOf = (option: Option | null, step: { id: string; title: string }, { id, space_id }: NeedRecord) =>
	(option?.starters ?? []).map((name) => ({
		label: starters[name].label,
		href: starterHref(name, step, { id, spaceId: space_id })
	}));

const reviewsOf = (db: Db, needId: string): Promise<Review[]> =>
	rows<Review & { verdict: Verdict }>(
		db,
		sql`select r.id, r.seen_on::text as "seenOn", r.value, r.verdict, r.says, p.name as by
			from need_review r join person p on p.id = r.reviewed_by where r.need_id = ${needId} order by r.id desc`
	);

export interface NeedTask {
	title: string;
	href: string;
	/** Until when; `2030-03-12`. */
	byOn: string;
	kind: 'step' | 'review';
}

/** What a viewer has to do in plans within a week: their steps, and the reviews they own. */
export const needTasksOf = (db: Db, viewer: Viewer): Promise<NeedTask[]> =>
	rows<NeedTask>(
		db,
		sql`select line.title, line.href, line.by_on::text as "byOn", line.kind from (
				select t.title, '/needs/' || i.id || '/plan' as href, t.by_on, 'step' as kind from need_step t join item i on i.id = t.need_id
					where t.owner_id = ${viewer.id} and t.done_at is null and t.by_on <= current_date + 7
						and i.state = 'open' and ${visibleItems(viewer, 'i')}
				union all
				select i.title, '/needs/' || i.id || '/plan#review', a.review_on, 'review' from need_plan a join item i on i.id = a.need_id
					where a.owner_id = ${viewer.id} and a.review_on <= current_date and i.state = 'open' and ${visibleItems(viewer, 'i')}
			) line order by line.by_on, line.title limit 10`
	);

/** What plans cost, what they are to save in a year, and what that pays for. */
export interface BudgetLine {
	id: string;
	title: string;
	currency: string;
	budget: number;
	saves: number;
	verdict: Verdict | null;
	funds: { id: string; title: string } | null;
	fundsNote: string;
	/** What other plans give to this one, in its own currency. */
	given: number;
}

/** The plans that the viewer may read; the dearest first. */
export async function readBudget(db: Db, viewer: Viewer): Promise<BudgetLine[]> {
	const found = await rows<Omit<BudgetLine, 'funds'> & { funds_id: string | null; funds_title: string | null }>(
		db,
		sql`select i.id, i.title, a.currency, a.budget, a.saves, a.funds_note as "fundsNote", f.id as funds_id, f.title as funds_title,
				(select r.verdict from need_review r where r.need_id = i.id order by r.id desc limit 1) as verdict,
				coalesce((select sum(g.saves) from need_plan g join item gi on gi.id = g.need_id
					where g.funds_id = i.id and g.currency = a.currency and gi.state = 'open' and ${visibleItems(viewer, 'gi')}), 0)::float8 as given
			from need_plan a join item i on i.id = a.need_id
			left join item f on f.id = a.funds_id and ${visibleItems(viewer, 'f')}
			where i.state = 'open' and i.space_id = any(${array(viewer.readableSpaces, 'uuid')}) and ${visibleItems(viewer, 'i')}
			order by a.budget desc, i.id limit 200`
	);
	return found.map(({ funds_id, funds_title, ...line }) => ({
		...line,
		funds: funds_id && funds_title ? { id: funds_id, title: funds_title } : null
	}));
}
