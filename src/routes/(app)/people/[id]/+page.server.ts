import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { isWorking } from '#src/core/people/hours.ts';
import { readPerson } from '#src/core/people/server/profiles.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const person = await readPerson(app().db, viewer, params.id);
	return { person, working: isWorking(person, new Date()), own: person.id === viewer.id };
};
