import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { iso } from '#src/core/items/server/present.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { QUESTIONS_SHOWN, type Unanswered } from '../insight.ts';
import type { Clock } from './clock.ts';

/** Open questions of a space without a useful answer, the oldest first, and how many there are. */
export async function readUnanswered(db: Db, viewer: Viewer, spaceId: string, clock: Clock): Promise<Unanswered> {
	const found = await rows<{
		id: string;
		title: string;
		created_at: string;
		answers: number;
		needs_info: boolean;
		in_all: number;
	}>(
		db,
		sql`select i.id, i.title, i.created_at, q.answer_count as answers, q.status = 'needs_info' as needs_info,
				(count(*) over ())::int as in_all
			from question q join item i on i.id = q.item_id
			where q.status in ('open', 'needs_info') and q.useful_at is null and i.space_id = ${spaceId} and i.state = 'open'
				and ${visibleItems(viewer, 'i')}
			order by i.created_at, i.id limit ${QUESTIONS_SHOWN}`
	);
	const questions = found.map(({ created_at, needs_info, in_all: _inAll, ...question }) => ({
		...{ ...question, kind: 'question', href: `/questions/${question.id}`, at: iso(created_at) },
		...{ workMinutes: clock.worked(created_at), needsInfo: needs_info }
	}));
	return { questions, inAll: found[0]?.in_all ?? 0 };
}
