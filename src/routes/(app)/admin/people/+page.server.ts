import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act, pageNumber } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { invitationId, newInvitation, personId, roleChange } from '#src/core/people/input.ts';
import {
	deactivatePerson,
	listManagedPeople,
	PEOPLE_A_PAGE,
	reactivatePerson,
	setRoles
} from '#src/core/people/server/admin.ts';
import { invite, openInvitations, revokeInvitation } from '#src/core/people/server/invitations.ts';
import { canManagePeople } from '#src/core/people/server/policy.ts';
import { spacesToWriteIn } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';
import { mailIsOn } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const q = url.searchParams.get('q') ?? '';
	const number = pageNumber(url);
	const invitations = await openInvitations(db, viewer);
	const people = canManagePeople(viewer) ? await listManagedPeople(db, viewer, q, number) : [];
	return {
		q,
		invitations,
		mayManage: canManagePeople(viewer),
		people: people.slice(0, PEOPLE_A_PAGE),
		next: people.length > PEOPLE_A_PAGE ? String(number + 1) : null,
		mySpaces: await spacesToWriteIn(db, viewer),
		mail: mailIsOn()
	};
};

type Work = (db: Db, viewer: Viewer, values: Record<string, string>) => Promise<void>;

const onPeople =
	(work: Work) =>
	({ request, locals, url }: RequestEvent) =>
		act(request, async (values) => {
			await work(app().db, requireViewer(locals.viewer), values);
			const q = url.searchParams.get('q');
			redirect(303, q ? `/admin/people?q=${encodeURIComponent(q)}` : '/admin/people');
		});

export const actions: Actions = {
	invite: ({ request, locals, url }) =>
		act(request, async (values) => {
			const input = parse(newInvitation, values);
			const secret = await invite(app().db, requireViewer(locals.viewer), input);
			return { link: `${url.origin}/join/${secret}`, mailedTo: mailIsOn() ? (input.email ?? null) : null };
		}),
	revoke: onPeople((db, viewer, values) => revokeInvitation(db, viewer, parse(invitationId, values).id)),
	roles: onPeople((db, viewer, values) => setRoles(db, viewer, parse(roleChange, values))),
	deactivate: onPeople((db, viewer, values) => deactivatePerson(db, viewer, parse(personId, values).personId)),
	reactivate: onPeople((db, viewer, values) => reactivatePerson(db, viewer, parse(personId, values).personId))
};
