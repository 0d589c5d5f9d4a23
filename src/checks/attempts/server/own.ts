import type { Viewer } from '#src/core/access/server/viewer.ts';
import { plainText } from '#src/core/items/server/render.ts';
import { iso } from '#src/core/items/server/present.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { inWords } from '../words.ts';
import { readAttempt } from './read.ts';

/** All attempts of the viewer for their archive, as their own pages show them: what was asked and answered, never the key. */
export async function* ownAttempts(db: Db, viewer: Viewer): AsyncGenerator<unknown> {
	const found = await rows<{ id: string; started_at: string; submitted_at: string | null }>(
		db,
		sql`select id, started_at, submitted_at from check_attempt where person_id = ${viewer.id} order by started_at, id`
	);
	for (const { id, started_at, submitted_at } of found) {
		const attempt = await readAttempt(db, viewer, id);
		const points = attempt.state === 'open' ? {} : { points: attempt.points, most: attempt.most };
		yield {
			...{ id, check: attempt.check.title, number: attempt.number, state: attempt.state, ...points },
			...{ started_at: iso(started_at), submitted_at: submitted_at && iso(submitted_at) },
			questions: attempt.questions.map((question) => ({
				...{ asked: plainText(question.promptHtml), answered: inWords(question, question.answer) },
				...('noteHtml' in question && { points: question.points, note: plainText(question.noteHtml) })
			}))
		};
	}
}
