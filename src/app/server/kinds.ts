import { itemKinds } from '#src/core/items/kinds.ts';
import { registerKind } from '#src/core/search/server/kinds.ts';

/** What can be found: every kind with a page of its own, and answers at their question. */
export function registerKinds(): void {
	for (const { place, kind, label, plural, icon, weight } of itemKinds) {
		registerKind({ kind, label, plural, icon, ...(weight && { weight }), href: ({ id }) => `/${place}/${id}` });
	}
	registerKind({
		...{ kind: 'answer', label: 'Answer', plural: 'Answers', icon: 'comment', weight: 1.1 },
		href: ({ id, rootId }) => `/questions/${rootId}#${id}`
	});
}
