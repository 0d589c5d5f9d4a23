import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act, pageNumber } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { invitationId, newInvitation } from '#src/core/people/input.ts';
import { invitationsInto, invite, revokeInvitation } from '#src/core/people/server/invitations.ts';
import { canInvite } from '#src/core/people/server/policy.ts';
import { newMember, requestAnswer, spaceRole } from '#src/core/spaces/input.ts';
import { findToAdd, listMembers, listRequests, MEMBERS_A_PAGE } from '#src/core/spaces/server/directory.ts';
import { addMember, answerRequest, removeMember, setSpaceRole } from '#src/core/spaces/server/members.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { mailIsOn } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const space = await spaceBySlug(db, viewer, params.slug);
	const number = pageNumber(url);
	const members = await listMembers(db, viewer, space, number);
	const q = url.searchParams.get('q')?.trim() ?? '';
	return {
		members: members.slice(0, MEMBERS_A_PAGE),
		next: members.length > MEMBERS_A_PAGE ? String(number + 1) : null,
		requests: await listRequests(db, viewer, space),
		q,
		found: await findToAdd(db, viewer, space, q),
		invitations: await invitationsInto(db, viewer, space),
		admits: canInvite(viewer),
		mail: mailIsOn()
	};
};

type Work = (db: Db, viewer: Viewer, spaceId: string, values: Record<string, string>) => Promise<void>;

const onMembers =
	(work: Work) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const space = await spaceBySlug(app().db, viewer, params.slug);
			await work(app().db, viewer, space.id, values);
			redirect(303, `/spaces/${encodeURIComponent(params.slug)}/members`);
		});

export const actions: Actions = {
	invite: ({ request, locals, params, url }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const { id } = await spaceBySlug(app().db, viewer, params.slug);
			const input = { ...parse(newInvitation, values), spaceId: id };
			const secret = await invite(app().db, viewer, input);
			return { link: `${url.origin}/join/${secret}`, mailedTo: mailIsOn() ? (input.email ?? null) : null };
		}),
	revoke: onMembers((db, viewer, _space, values) => revokeInvitation(db, viewer, parse(invitationId, values).id)),
	answer: onMembers((db, viewer, id, values) => answerRequest(db, viewer, id, parse(requestAnswer, values))),
	add: onMembers((db, viewer, id, values) => addMember(db, viewer, id, parse(newMember, values))),
	role: onMembers((db, viewer, id, values) => setSpaceRole(db, viewer, id, parse(spaceRole, values))),
	remove: onMembers((db, viewer, id, values) => removeMember(db, viewer, id, parse(newMember, values)))
};
