import type { PageServerLoad } from './$types';
import { pageNumber } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { findPeople, PEOPLE_A_PAGE } from '#src/core/people/server/profiles.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const q = url.searchParams.get('q') ?? '';
	const number = pageNumber(url);
	const people = await findPeople(app().db, requireViewer(locals.viewer), q, number);
	return {
		q,
		people: people.slice(0, PEOPLE_A_PAGE),
		next: people.length > PEOPLE_A_PAGE ? String(number + 1) : null
	};
};
