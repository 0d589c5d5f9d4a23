import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { givenBackThisYear } from '#src/checks/attempts/server/support.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { followTarget } from '#src/core/items/actions-input.ts';
import { isFollowing, startFollowing, stopFollowing } from '#src/core/items/server/follows.ts';
import { isWorking } from '#src/core/people/hours.ts';
import { readPerson } from '#src/core/people/server/profiles.ts';
import { timeIn } from '#src/core/people/words.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const person = await readPerson(db, viewer, params.id);
	const now = new Date();
	return {
		...{ person, working: !person.away && isWorking(person, now), localTime: timeIn(person.timeZone, now) },
		own: person.id === viewer.id,
		givenBack: person.id === viewer.id ? await givenBackThisYear(db, viewer) : 0,
		following: await isFollowing(db, viewer, target(person.id))
	};
};

const target = (id: string) => parse(followTarget, { targetKind: 'person', target: id });

export const actions: Actions = {
	follow: ({ request, locals, params }) =>
		act(request, async () => startFollowing(app().db, requireViewer(locals.viewer), target(params.id))),
	unfollow: ({ request, locals, params }) =>
		act(request, async () => stopFollowing(app().db, requireViewer(locals.viewer), target(params.id)))
};
