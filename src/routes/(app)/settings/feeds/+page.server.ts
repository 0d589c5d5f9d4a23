import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { feedOf } from '#src/core/feed-out/input.ts';
import { createToken, myTokens, newToken, revokeToken } from '#src/core/api/server/tokens.ts';
import { endFeedKey, makeFeedKey, myFeedKeys } from '#src/core/feed-out/server/keys.ts';
import { feedSource } from '#src/core/feed-out/server/sources.ts';
import { parse } from '#src/platform/server/parse.ts';

/** How long an app stays signed in, in days. */
const DAYS = 366;

const addressId = z.object({ id: z.uuid('is not an id') });

export const load: PageServerLoad = async ({ locals, url, setHeaders }) => {
	// An address stands in the answer once: no cache may keep it.
	setHeaders({ 'cache-control': 'no-store' });
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const keys = await myFeedKeys(db, viewer);
	const wanted = await about(url);
	const made = keys.some(({ kind, target }) => kind === wanted?.kind && target === wanted.target);
	const apps = (await myTokens(db, viewer)).filter(({ scopes }) => scopes.includes('reader'));
	const server = `${url.origin}/api/greader.php`;
	return { wanted, made, apps, server, keys: keys.map((key) => ({ ...key, label: feedSource(key.kind).label })) };

	/** What shall be followed, where the page was opened for it. */
	async function about(address: URL) {
		if (!address.searchParams.has('kind')) return null;
		const of = parse(feedOf, Object.fromEntries(address.searchParams));
		const source = feedSource(of.kind);
		return { kind: of.kind, label: source.label, ...(await source.about(db, viewer, of.target)) };
	}
};

export const actions: Actions = {
	make: ({ request, locals, url }) =>
		act(request, async (values) => {
			const { title, atom, json, ics } = await makeFeedKey(
				app().db,
				requireViewer(locals.viewer),
				parse(feedOf, values),
				url.origin
			);
			return { title, atom, json, ics };
		}),
	app: ({ request, locals }) =>
		act(request, async ({ name }) => {
			const input = parse(newToken, { name, scopes: ['reader'], days: DAYS });
			return { app: input.name, password: (await createToken(app().db, requireViewer(locals.viewer), input)).token };
		}),
	endApp: ({ request, locals }) =>
		act(request, async (values) => {
			await revokeToken(app().db, requireViewer(locals.viewer), parse(addressId, values).id);
			redirect(303, '/settings/feeds');
		}),
	end: ({ request, locals }) =>
		act(request, async (values) => {
			await endFeedKey(app().db, requireViewer(locals.viewer), parse(addressId, values).id);
			redirect(303, '/settings/feeds');
		})
};
