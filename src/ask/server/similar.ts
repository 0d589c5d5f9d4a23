import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import type { SimilarQuestion } from '../question.ts';

/** Questions the viewer may read whose titles are much like this one, the nearest first. */
export async function similarQuestions(
	db: Db,
	viewer: Viewer,
	title: string,
	{ limit = 5, alike = 0 } = {}
): Promise<SimilarQuestion[]> {
	const asked = title.replaceAll('\0', '').slice(0, 200);
	if (asked.trim().length < 8) return [];
	const found = await rows<{ id: string; title: string; answer_count: number; solved: boolean }>(
		db,
		sql`select i.id, i.title, q.answer_count, q.status = 'answered' as solved
			from item i join question q on q.item_id = i.id
			where i.title % ${asked} and similarity(i.title, ${asked}) >= ${alike} and i.state = 'open' and q.status <> 'duplicate' and ${visibleItems(viewer, 'i')}
			order by similarity(i.title, ${asked}) desc limit ${limit}`
	);
	return found.map(({ id, title, answer_count, solved }) => ({ id, title, answerCount: answer_count, solved }));
}

/** So alike that the question has probably been asked. */
const ALIKE = 0.6;

/**
 * Holds a question back once when it has probably been asked, for whoever has not seen that yet.
 * @throws Failure conflict with `details.similar`
 */
export async function expectNotAsked(db: Db, viewer: Viewer, title: string): Promise<void> {
	const similar = await similarQuestions(db, viewer, title, { alike: ALIKE });
	if (similar.length > 0) throw conflict('This may have been answered already.', { similar });
}
