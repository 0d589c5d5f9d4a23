import { exportsOwn } from '#src/core/export/server/own.ts';
import { registerKinds } from '#src/core/notify/kinds.ts';
import { notify } from '#src/core/notify/server/fan-out.ts';
import { subscribe } from '#src/core/signals/server/events.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { defineJob } from '#src/platform/server/jobs.ts';
import { drawDue } from './draw.ts';
import { ownEntries } from './own.ts';

/** Winners are drawn on their day, and all who entered hear of it. */
export function wirePrompts(db: Db): void {
	registerKinds([
		{
			...{ name: 'prompt.drawn', label: 'Winners of a prompt you entered', group: 'Replies to you', choice: 'self' },
			...{ inPage: true, mail: 'digest', button: 'See who won' },
			sentence: ({ title }) => `Winners of “${title}” are drawn`
		}
	]);
	subscribe('prompt.drawn', ({ id, itemId }) =>
		notify(
			db,
			{ eventId: id, kind: 'prompt.drawn', itemId, actorId: null, at: `/prompts/${itemId}#winners` },
			sql`select person_id from prompt_entry where prompt_id = ${itemId}
				union select author_id from item where id = ${itemId}`
		)
	);
	exportsOwn(...ownEntries);
	defineJob('prompts.draw', () => drawDue(db), { cron: '0 7 * * *' });
}
