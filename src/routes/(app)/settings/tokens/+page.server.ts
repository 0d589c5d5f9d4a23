import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { createToken, myTokens, newToken, revokeToken } from '#src/core/api/server/tokens.ts';
import { parse } from '#src/platform/server/parse.ts';

const tokenId = z.object({ id: z.uuid('is not an id') });

export const load: PageServerLoad = async ({ locals, setHeaders }) => {
	// The token stands in the answer once: no cache may keep it.
	setHeaders({ 'cache-control': 'no-store' });
	return { tokens: await myTokens(app().db, requireViewer(locals.viewer)) };
};

export const actions: Actions = {
	create: ({ request, locals }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const input = parse(newToken, values);
			const { token } = await createToken(app().db, viewer, input);
			return { made: token, name: input.name };
		}),
	end: ({ request, locals }) =>
		act(request, async (values) => {
			await revokeToken(app().db, requireViewer(locals.viewer), parse(tokenId, values).id);
			redirect(303, '/settings/tokens');
		})
};
