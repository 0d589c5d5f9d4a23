import { allow, canRead } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { canOffer } from '../../areas/server/policy.ts';
import { readArea } from '../../areas/server/read.ts';
import { canTend } from '../../server/policy.ts';
import type { CommunityPlan, Scope } from '../aim.ts';

export interface KnownScope {
	scope: CommunityPlan['scope'];
	canWrite: boolean;
	archived: boolean;
}

/** Whose plan it is, for whoever may read it: readers of the space, or who may know of the area. @throws Failure not_found, forbidden */
export async function scopeOf(db: Db, viewer: Viewer, { kind, id }: Scope): Promise<KnownScope> {
	if (kind === 'area') {
		const { name, mine } = await readArea(db, viewer, id);
		const canWrite = canOffer(viewer, mine?.state === 'shared');
		return { scope: { kind, id, name, href: `/community/${id}` }, canWrite, archived: false };
	}
	const space = await spaceById(db, viewer, id);
	allow(canRead(viewer, { spaceId: id }), 'Its members alone read this space.');
	const archived = space.archivedAt !== null;
	return {
		scope: { kind, id, name: space.name, href: `/spaces/${encodeURIComponent(space.slug)}` },
		...{ canWrite: canTend(viewer, { spaceId: id }) && !archived, archived }
	};
}

/** The same for those who look after it. @throws Failure not_found, forbidden, conflict for an archived space */
export async function scopeToWrite(db: Db, viewer: Viewer, of: Scope): Promise<KnownScope> {
	const found = await scopeOf(db, viewer, of);
	if (found.archived) throw conflict('This space is archived: nothing new is done in it.');
	allow(found.canWrite, 'Those who look after it write its plan.');
	return found;
}

/** An aim as the database has it. */
export interface AimRecord {
	id: string;
	plan_id: string;
	title: string;
	metric_id: string | null;
	baseline: number | null;
	baseline_on: string | null;
	review_on: string | null;
	state: 'open' | 'met' | 'not_met' | 'dropped';
	version: number;
	kind: Scope['kind'];
	scope_id: string;
}

/** @throws Failure not_found, also where its space or area is not open to the viewer */
export async function aimOf(db: Db, viewer: Viewer, id: string, lock = false): Promise<AimRecord> {
	const found = isId(id)
		? await row<AimRecord>(
				db,
				sql`select a.id, a.plan_id, a.title, a.metric_id, a.baseline, a.baseline_on::text, a.review_on::text, a.state, a.version,
						case when p.space_id is null then 'area' else 'space' end as kind, coalesce(p.space_id, p.area_id) as scope_id
					from community_aim a join community_plan p on p.id = a.plan_id where a.id = ${id} ${lock ? sql`for update of a` : sql``}`
			)
		: undefined;
	if (!found || !(await isOpen(db, viewer, found))) throw notFound('There is no such aim, or it is not open to you.');
	return found;
}

/** Where somebody may not read the space, its aims are not there for them. */
async function isOpen(db: Db, viewer: Viewer, { kind, scope_id: id }: AimRecord): Promise<boolean> {
	if (kind === 'space') return canRead(viewer, { spaceId: id });
	await readArea(db, viewer, id);
	return true;
}

/** An aim for those who look after its space or area, locked until the transaction ends. */
export async function aimToWrite(tx: Db, viewer: Viewer, id: string): Promise<AimRecord> {
	const aim = await aimOf(tx, viewer, id, true);
	await scopeToWrite(tx, viewer, { kind: aim.kind, id: aim.scope_id });
	return aim;
}
