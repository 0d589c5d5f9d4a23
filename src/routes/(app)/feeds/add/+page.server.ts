import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { newSubscription, sought } from '#src/feeds/input.ts';
import { discoverFeeds, type Candidate } from '#src/feeds/server/discover.ts';
import { spacesToReadFor, subscribe } from '#src/feeds/server/subscribe.ts';
import { suggestFeeds } from '#src/feeds/server/suggest.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	const typed = url.searchParams.get('url') ?? '';

	const suggestions = typed ? [] : await suggestFeeds(app().db, viewer);
	return { typed, ...(await seek(typed)), suggestions, spaces: await spacesToReadFor(app().db, viewer) };
};

/** What is behind the address that was typed, or what is wrong with it, said at its field. */
async function seek(typed: string): Promise<{ candidates: Candidate[]; problem: string }> {
	if (!typed) return { candidates: [], problem: '' };
	try {
		const { url } = parse(sought, { url: typed });
		return { candidates: (await discoverFeeds(app().db, url)).candidates, problem: '' };
	} catch (error) {
		if (error instanceof Failure) return { candidates: [], problem: error.fields.url ?? error.message };
		throw error;
	}
}

export const actions: Actions = {
	default: ({ request, locals }) =>
		act(request, async (values) => {
			const id = await subscribe(app().db, requireViewer(locals.viewer), parse(newSubscription, values));
			redirect(303, `/feeds?subscription=${id}&show=all`);
		})
};
