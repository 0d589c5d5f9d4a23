import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemFilter, linePage, presentLine, type LineRow } from '#src/core/items/server/list.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import type { QuestionRow, QuestionStatus } from '../question.ts';

export const questionFilter = z.strictObject({
	...itemFilter.shape,
	/** `for_you`: unanswered ones with a tag the viewer follows or may be asked about. */
	show: z.enum(['newest', 'unanswered', 'for_you'], 'must be newest, unanswered or for_you').default('newest')
});
export type QuestionFilter = z.output<typeof questionFilter>;

interface Row extends LineRow {
	status: QuestionStatus;
	answer_count: number;
}

/** Questions the viewer may read, by last activity, the newest first. */
export const listQuestions = (db: Db, viewer: Viewer, filter: QuestionFilter) =>
	linePage<Row, QuestionRow>(
		db,
		viewer,
		filter,
		{
			columns: sql`q.status, q.answer_count`,
			join: sql`join question q on q.item_id = i.id`,
			where: sql`q.status <> 'duplicate' and ${shown(viewer, filter.show)}`
		},
		(line) => ({ ...presentLine(viewer, line), status: line.status, answerCount: line.answer_count })
	);

function shown(viewer: Viewer, show: QuestionFilter['show']) {
	const unanswered = sql`q.status in ('open', 'needs_info') and q.answer_count = 0`;
	const mine = sql`i.author_id <> ${viewer.id} and i.tags && array(
		select target from follow where person_id = ${viewer.id} and target_kind = 'tag'
		union select unnest(ask_me_about) from person where id = ${viewer.id})`;
	return { newest: sql`true`, unanswered, for_you: sql`${unanswered} and ${mine}` }[show];
}

/** Tags on questions the viewer may read, the most used first. */
export async function listTags(db: Db, viewer: Viewer, limit = 200): Promise<{ name: string; count: number }[]> {
	return rows(
		db,
		sql`select t.name, count(*)::int as count from item i, unnest(i.tags) as t (name)
			where i.kind = 'question' and i.state = 'open' and ${visibleItems(viewer, 'i')}
			group by t.name order by count desc, t.name limit ${limit}`
	);
}
