import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { similarItems, tellingWords, type Concept } from '#src/core/search/server/search.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { conflict } from '#src/platform/server/errors.ts';
import type { SimilarQuestion } from '../question.ts';

/**
 * Questions the viewer may read that share the words that tell most with this title, the nearest first; after them
 * those whose titles look alike, for what was asked so lately that the index has it not yet.
 * @param options telling: the title's words, where they have been looked up
 */
export async function similarQuestions(
	db: Db,
	viewer: Viewer,
	title: string,
	{ limit = 5, alike = 0, telling }: { limit?: number; alike?: number; telling?: Concept[] } = {}
): Promise<SimilarQuestion[]> {
	const asked = title.replaceAll('\0', '').slice(0, 200);
	if (asked.trim().length < 8) return [];
	const near = await similarItems(db, viewer, telling ?? (await tellingWords(db, asked)), { limit: limit + 5 });
	const ids = near.map(({ id }) => id);
	const found = await rows<{ id: string; title: string; answer_count: number; solved: boolean }>(
		db,
		sql`select i.id, i.title, q.answer_count, q.status = 'answered' as solved
			from item i join question q on q.item_id = i.id
			where (i.id = any(${array(ids, 'uuid')}) or (i.kind = 'question' and i.title % ${asked})) and similarity(i.title, ${asked}) >= ${alike}
				and i.state = 'open' and q.status <> 'duplicate' and ${visibleItems(viewer, 'i')}
			order by array_position(${array(ids, 'uuid')}, i.id), similarity(i.title, ${asked}) desc limit ${limit}`
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
