import type { OwnList } from '#src/core/export/server/own.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';

/** What a person wrote about causes, for their archive; needs they stated are in it as items. */
export const ownCauses: OwnList = {
	...{ name: 'causes', about: 'what you wrote about the causes of problems at work' },
	async *list(db: Db, viewer) {
		yield* await rows(
			db,
			sql`select c.need_id, i.title, c.cause, c.answer, c.shows from need_cause c join item i on i.id = c.need_id
				where c.written_by = ${viewer.id} order by c.need_id, c.cause`
		);
	}
};
