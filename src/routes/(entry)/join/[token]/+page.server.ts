import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { signIn } from '#src/app/server/identity.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { joining } from '#src/core/people/input.ts';
import { acceptInvitation, joinByInvitation, readInvitation } from '#src/core/people/server/invitations.ts';
import { countAttempt } from '#src/core/people/server/throttle.ts';
import { parse } from '#src/platform/server/parse.ts';

const perAddress = { attempts: 60, minutes: 15 };

export const load: PageServerLoad = async ({ params, locals, setHeaders, getClientAddress }) => {
	setHeaders({ 'cache-control': 'no-store' });
	await countAttempt(app().db, `join:${getClientAddress()}`, perAddress);
	return { invitation: await readInvitation(app().db, params.token), name: locals.viewer?.name };
};

export const actions: Actions = {
	join: (event) =>
		act(event.request, async (values) => {
			await countAttempt(app().db, `join:${event.getClientAddress()}`, perAddress);
			const personId = await joinByInvitation(app().db, event.params.token, parse(joining, values));
			await signIn(event, personId);
			redirect(303, '/');
		}),
	accept: ({ request, params, locals }) =>
		act(request, async () => {
			await acceptInvitation(app().db, requireViewer(locals.viewer), params.token);
			redirect(303, '/spaces');
		})
};
