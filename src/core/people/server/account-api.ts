import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { orgRoles } from '#src/core/access/roles.ts';
import { uploadOf } from '#src/core/files/server/upload.ts';
import { id, words } from '#src/core/items/input.ts';
import { invitationLink, organisationSettings } from '../input.ts';
import { listManagedPeople, PEOPLE_A_PAGE, readOrganisation, updateOrganisation } from './admin.ts';
import { acceptInvitation } from './invitations.ts';
import { setPhoto } from './profiles.ts';
import { endOtherSessions, endSession, mySessions } from './sessions.ts';

const time = z.iso.datetime();
const account = z.object({
	id,
	name: z.string(),
	email: z.string(),
	image: z.string().nullable(),
	roles: z.array(z.enum(orgRoles)),
	active: z.boolean()
});
const organisation = z.object({ name: z.string(), openDomains: z.array(z.string()) });

/** One's own account, and those of all for admins. */
export const accountEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'PUT', path: '/me/photo', tag: 'Me', scope: 'write', takes: 'file', summary: 'Change my photo' },
		description: 'As multipart form with the field `file`: PNG, JPEG, WebP, AVIF or GIF.',
		run: async ({ db, viewer, request }) => setPhoto(db, viewer, await uploadOf(request))
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/photo', tag: 'Me', scope: 'write', summary: 'Take my photo away' },
		run: ({ db, viewer }) => setPhoto(db, viewer, null)
	}),
	endpoint({
		...{ method: 'GET', path: '/me/sessions', tag: 'Me', scope: 'read', summary: 'Where I am signed in' },
		response: z.object({
			items: z.array(z.object({ id, userAgent: z.string(), createdAt: time, lastSeenAt: time }))
		}),
		run: async ({ db, viewer }) => ({
			items: (await mySessions(db, viewer)).map(({ id, userAgent, createdAt, lastSeenAt }) => ({
				...{ id, userAgent, createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() }
			}))
		})
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/sessions/{id}', tag: 'Me', scope: 'admin', summary: 'Sign out one browser' },
		params: z.object({ id }),
		run: ({ db, viewer, params }) => endSession(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/sessions', tag: 'Me', scope: 'admin', summary: 'Sign out every browser' },
		description: 'Personal tokens go on to work.',
		run: ({ db, viewer }) => endOtherSessions(db, viewer.id)
	}),
	endpoint({
		...{ method: 'POST', path: '/me/invitations', tag: 'Me', scope: 'write' },
		summary: 'Follow an invitation into a space',
		body: invitationLink,
		example: { body: { link: 'https://trellis.example.org/join/kq3vX0m2Yb7' } },
		run: ({ db, viewer, body }) => acceptInvitation(db, viewer, body.link)
	}),
	endpoint({
		...{ method: 'GET', path: '/accounts', tag: 'People', scope: 'admin', summary: 'Everybody with an account' },
		description: 'For admins: also those who left, with address and roles. Pages are numbered from 0.',
		query: z.strictObject({
			q: words(60).default(''),
			page: z.coerce.number('must be a number').int().min(0).max(10_000).default(0)
		}),
		response: z.object({ items: z.array(account), next: z.number().nullable() }),
		run: async ({ db, viewer, query }) => {
			const found = await listManagedPeople(db, viewer, query.q, query.page);
			return { items: found.slice(0, PEOPLE_A_PAGE), next: found.length > PEOPLE_A_PAGE ? query.page + 1 : null };
		}
	}),
	endpoint({
		...{ method: 'GET', path: '/organisation', tag: 'Organisation', scope: 'admin', summary: 'Its name and rules' },
		response: organisation,
		run: async ({ db, viewer }) => {
			const { name, openDomains } = await readOrganisation(db, viewer);
			return { name, openDomains };
		}
	}),
	endpoint({
		...{ method: 'PUT', path: '/organisation', tag: 'Organisation', scope: 'admin' },
		summary: 'Change its name, and the mail domains people may sign up from',
		body: organisationSettings.strict(),
		example: { body: { name: 'Harbour Works', openDomains: ['harbour.example'] } },
		run: ({ db, viewer, body }) => updateOrganisation(db, viewer, body)
	})
];
