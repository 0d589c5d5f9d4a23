import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { listQuestions, questionFilter } from '#src/ask/server/list.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { followTarget } from '#src/core/items/actions-input.ts';
import { followedTags, startFollowing, stopFollowing } from '#src/core/items/server/follows.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const viewer = requireViewer(locals.viewer);
	const filter = parse(questionFilter, { ...Object.fromEntries(url.searchParams), tag: params.tag });
	const [list, followed] = [await listQuestions(app().db, viewer, filter), await followedTags(app().db, viewer)];
	return { tag: filter.tag!, following: followed.includes(filter.tag!), ...list };
};

const target = (tag: string) => parse(followTarget, { targetKind: 'tag', target: tag });

export const actions: Actions = {
	follow: ({ request, locals, params }) =>
		act(request, async () => startFollowing(app().db, requireViewer(locals.viewer), target(params.tag))),
	unfollow: ({ request, locals, params }) =>
		act(request, async () => stopFollowing(app().db, requireViewer(locals.viewer), target(params.tag)))
};
