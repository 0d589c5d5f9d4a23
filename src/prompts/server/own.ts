import type { OwnList } from '#src/core/export/server/own.ts';
import { rows, sql } from '#src/platform/server/db.ts';

/** What a person entered, for their archive. */
export const ownEntries: OwnList[] = [
	{
		...{ name: 'prompt-entries', about: 'entries to prompts' },
		async *list(db, viewer) {
			yield* await rows(
				db,
				sql`select e.prompt_id, i.title, e.id, e.answer, e.why, e.created_at, e.updated_at, e.aside from prompt_entry e
					join item i on i.id = e.prompt_id where e.person_id = ${viewer.id} order by e.id`
			);
		}
	}
];
