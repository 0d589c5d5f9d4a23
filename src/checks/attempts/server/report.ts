import { allow, hasOrgRole, isMember } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { readCheck } from '../../server/read.ts';
import type { CheckView } from '../../check.ts';
import type { ReportView } from '../support.ts';

/** Below so many nothing is told: a sum would be a person. */
export const FEWEST = 5;

/** Who writes the check, looks after its space, or manages people in it. */
export const canReport = (viewer: Viewer, { canEdit, bankId, space }: CheckView): boolean =>
	canEdit || bankId !== null || (hasOrgRole(viewer, 'people_manager') && isMember(viewer, space.id));

/** Of each person the last attempt that was settled. */
const lastAttempts = (
	checkId: string
) => sql`select distinct on (a.person_id) a.id, a.person_id, a.state from check_attempt a
	where a.item_id = ${checkId} and a.state in ('passed', 'failed') order by a.person_id, a.settled_at desc`;

/**
 * Who still needs help, by what they should be able to do: how many, never who. For whoever writes the check, the
 * stewards of its space, and managers of people in it.
 * @throws Failure not_found or forbidden
 */
export async function readReport(db: Db, viewer: Viewer, checkId: string): Promise<ReportView> {
	const check = await readCheck(db, viewer, checkId);
	allow(canReport(viewer, check), 'The report is for those who write the check or look after its people.');
	const sums = await row<{ people: number; passed: number; test_outs: number; given_back: number }>(
		db,
		sql`select count(distinct person_id)::int as people, count(distinct person_id) filter (where state = 'passed')::int as passed,
				count(distinct person_id) filter (where state = 'passed' and test_out)::int as test_outs,
				coalesce(sum(given_back), 0)::int as given_back
			from check_attempt where item_id = ${checkId} and state in ('passed', 'failed')`
	);
	const objectives = await rows<{ title: string; people: number; need: number }>(
		db,
		sql`with last as (${lastAttempts(checkId)})
			select o.title, count(distinct l.person_id)::int as people,
				count(distinct l.person_id) filter (where l.state = 'failed' and q.points < 0.9999)::int as need
			from check_draw d join objective o on o.id = d.objective_id
			left join bank_question b on b.objective_id = o.id
			left join (attempt_question q join last l on l.id = q.attempt_id) on q.question_id = b.id
			where d.item_id = ${checkId} group by o.id, o.title, d.position order by d.position`
	);
	const enough = sums!.people >= FEWEST;
	return {
		check: { id: check.id, title: check.title },
		people: enough ? sums!.people : null,
		passed: enough ? sums!.passed : null,
		testOuts: enough ? sums!.test_outs : null,
		givenBack: enough ? sums!.given_back : null,
		objectives: objectives.map(({ title, people, need }) => ({
			title,
			...(people >= FEWEST ? { of: people, needHelp: need } : { of: null, needHelp: null })
		}))
	};
}
