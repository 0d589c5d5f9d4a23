import { itemKinds } from '#src/core/items/kinds.ts';
import { registerKind } from '#src/core/search/server/kinds.ts';
import { sql } from '#src/platform/server/db.ts';

/** What can be found: every kind with a page of its own, and what stands beneath: answers and comments. */
export function registerKinds(): void {
	for (const { kind, label, plural, icon, weight } of itemKinds)
		registerKind({ kind, label, plural, icon, ...(weight && { weight }) });
	registerKind({
		...{ kind: 'answer', label: 'Answer', plural: 'Answers', icon: 'comment', weight: 1.1 },
		distinction: {
			when: sql`exists (select from question q where q.item_id = i.parent_id and q.accepted_answer_id = i.id)`,
			label: 'accepted answer'
		}
	});
	registerKind({ kind: 'outcome', label: 'Outcome', plural: 'Outcomes', icon: 'check', weight: 1.2 });
	registerKind({ kind: 'comment', label: 'Comment', plural: 'Comments', icon: 'comment', weight: 0.8 });
}
