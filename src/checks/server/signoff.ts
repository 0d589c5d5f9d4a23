import { allow, canWriteIn, hasOrgRole, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { lockItem } from '#src/core/items/server/write.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { SignOff } from '../check.ts';
import type { SignOffNote } from '../input.ts';

/** Who answers for it that a check asks for what the job asks for: stewards of its space, and its managers. */
export const canSignOff = (viewer: Viewer, { spaceId }: { spaceId: string }): boolean =>
	canWriteIn(viewer, { spaceId }) && (isSteward(viewer, spaceId) || hasOrgRole(viewer, 'people_manager'));

/** What would be signed now: the bar, what is drawn, and each question that can be drawn with its version. */
const signedNow = sql`(select jsonb_build_object('passPercent', c.pass_percent,
	'draws', (select coalesce(jsonb_agg(jsonb_build_array(d.objective_id, d.draws) order by d.objective_id), '[]')
		from check_draw d where d.item_id = c.item_id),
	'questions', (select coalesce(jsonb_agg(jsonb_build_array(q.id, q.version) order by q.id), '[]')
		from check_draw d join bank_question q on q.objective_id = d.objective_id and q.state = 'ready'
		where d.item_id = c.item_id)))`;

/** Signs off that a check is valid, as it stands now; earlier ones are kept. @throws Failure not_found or forbidden */
export async function signOff(db: Db, viewer: Viewer, itemId: string, { note }: SignOffNote): Promise<void> {
	await db.transaction(async (tx) => {
		const item = await lockItem(tx, viewer, itemId, 'check');
		allow(canSignOff(viewer, item), 'Stewards of its space, and managers in it, sign a check off.');
		await tx.execute(sql`insert into check_signoff (id, item_id, signed_by, note, signed)
			select ${newId()}, c.item_id, ${viewer.id}, ${note}, ${signedNow} from check_item c where c.item_id = ${itemId}`);
	});
}

interface Row {
	name: string;
	person_id: string;
	note: string;
	signed_at: string;
	questions: number;
	current: boolean;
}

/** The newest sign-off of a check, and whether anything has changed since. */
export async function signOffOf(db: Db, itemId: string): Promise<SignOff | null> {
	const found = await row<Row>(
		db,
		sql`select p.name, p.id as person_id, s.note, s.signed_at, jsonb_array_length(s.signed -> 'questions') as questions,
				s.signed = ${signedNow} as current
			from check_signoff s join person p on p.id = s.signed_by join check_item c on c.item_id = s.item_id
			where s.item_id = ${itemId} order by s.signed_at desc, s.id desc limit 1`
	);
	if (!found) return null;
	const { name, person_id: id, note, questions, current } = found;
	return { by: { id, name }, at: iso(found.signed_at), note, questions, current };
}
