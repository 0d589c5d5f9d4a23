import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { Counted } from '../input.ts';

/** Whether what the viewer keeps is counted for colleagues. */
export async function isCounted(db: Db, viewer: Viewer): Promise<boolean> {
	return (await row(db, sql`select 1 from kept_uncounted where person_id = ${viewer.id}`)) === undefined;
}

/** Counts the viewer or not, from this moment on. */
export async function setCounted(db: Db, viewer: Viewer, { counted }: Counted): Promise<void> {
	await db.execute(
		counted
			? sql`delete from kept_uncounted where person_id = ${viewer.id}`
			: sql`insert into kept_uncounted (person_id) values (${viewer.id}) on conflict do nothing`
	);
}
