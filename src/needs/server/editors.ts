import type { Viewer } from '#src/core/access/server/viewer.ts';
import { whoReads } from '#src/core/access/server/visibility.ts';
import { watch } from '#src/core/items/server/follows.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { Named } from '../need.ts';
import { lockNeed, needToWork } from './record.ts';

declare module '#src/core/signals/server/events.ts' {
	interface Events {
		/** Somebody was asked along to work a need out. */
		'need.editor_added': { itemId: string; personId: string; actorId: string };
	}
}

/** Who works a need out; whoever stated it comes first. */
export const editorsOf = (db: Db, needId: string): Promise<Named[]> =>
	rows<Named>(
		db,
		sql`select p.id, p.name from person p join item i on i.id = ${needId}
			where p.id = i.author_id or exists (select from need_editor e where e.need_id = i.id and e.person_id = p.id)
			order by p.id <> i.author_id, lower(p.name), p.id`
	);

export interface PossibleEditor extends Named {
	adviser: boolean;
}

/** Who could work it out with them: learning advisers who read the space, then its members. */
export async function possibleEditors(db: Db, viewer: Viewer, needId: string): Promise<PossibleEditor[]> {
	const { space_id } = await needToWork(db, viewer, needId);
	return rows<PossibleEditor>(
		db,
		sql`select p.id, p.name, r.role is not null as adviser
			from person p left join org_role r on r.person_id = p.id and r.role = 'learning_adviser'
			join space s on s.id = ${space_id}
			left join space_member m on m.space_id = s.id and m.person_id = p.id
			where p.deactivated_at is null and (m.person_id is not null or (r.role is not null and s.access = 'open'))
				and p.id <> (select author_id from item where id = ${needId})
				and not exists (select from need_editor e where e.need_id = ${needId} and e.person_id = p.id)
			order by adviser desc, lower(p.name), p.id limit 500`
	);
}

/** Asks somebody along; again changes nothing. @throws Failure invalid for whoever does not read the space */
export async function addEditor(db: Db, viewer: Viewer, needId: string, personId: string): Promise<void> {
	await db.transaction(async (tx) => {
		const { space_id, author_id } = await lockNeed(tx, viewer, needId);
		const reads = await row(
			tx,
			sql`select 1 from (${whoReads([personId])}) w where ${space_id}::uuid = any(w.readable)`
		);
		if (!reads) throw invalid({ person: 'must be somebody who reads the space' });
		if (personId === author_id) return;
		const added = await row(
			tx,
			sql`insert into need_editor (need_id, person_id) values (${needId}, ${personId}) on conflict do nothing returning 1`
		);
		if (!added) return;
		await watch(tx, personId, { targetKind: 'item', target: needId });
		await emit(tx, 'need.editor_added', { itemId: needId, personId, actorId: viewer.id });
	});
}

/** One of them works on it no more; what they wrote stays. Whoever stated it always may. */
export async function removeEditor(db: Db, viewer: Viewer, needId: string, personId: string): Promise<void> {
	await db.transaction(async (tx) => {
		await lockNeed(tx, viewer, needId);
		await tx.execute(sql`delete from need_editor where need_id = ${needId} and person_id = ${personId}`);
	});
}
