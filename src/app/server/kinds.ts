import { registerKind } from '#src/core/search/server/kinds.ts';

/** What can be found: every kind of item that has a place to be read. */
export function registerKinds(): void {
	registerKind({
		...{ kind: 'question', label: 'Question', plural: 'Questions', icon: 'ask' },
		href: ({ id }) => `/questions/${id}`
	});
	registerKind({
		...{ kind: 'answer', label: 'Answer', plural: 'Answers', icon: 'comment', weight: 1.1 },
		href: ({ id, rootId }) => `/questions/${rootId}#${id}`
	});
	registerKind({
		...{ kind: 'page', label: 'Page', plural: 'Pages', icon: 'edit' },
		href: ({ id }) => `/pages/${id}`
	});
}
