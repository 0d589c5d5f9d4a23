import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';

export interface SimilarQuestion {
	id: string;
	title: string;
	answerCount: number;
	solved: boolean;
}

/** Questions the viewer may read whose titles are much like this one, the nearest first. */
export async function similarQuestions(db: Db, viewer: Viewer, title: string, limit = 5): Promise<SimilarQuestion[]> {
	const asked = title.replaceAll('\0', '').slice(0, 200);
	if (asked.trim().length < 8) return [];
	const found = await rows<{ id: string; title: string; answer_count: number; solved: boolean }>(
		db,
		sql`select i.id, i.title, q.answer_count, q.status = 'answered' as solved
			from item i join question q on q.item_id = i.id
			where i.title % ${asked} and i.state = 'open' and q.status <> 'duplicate' and ${visibleItems(viewer, 'i')}
			order by similarity(i.title, ${asked}) desc limit ${limit}`
	);
	return found.map(({ id, title, answer_count, solved }) => ({ id, title, answerCount: answer_count, solved }));
}
