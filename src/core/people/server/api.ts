import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { orgRoles } from '#src/core/access/roles.ts';
import { id, words } from '#src/core/items/input.ts';
import { away, newInvitation, newLeave, profile } from '../input.ts';
import { deactivatePerson, reactivatePerson, setRoles } from './admin.ts';
import { invite, openInvitations, revokeInvitation } from './invitations.ts';
import { endLeave, ownLeaves, takeLeave } from './leave.ts';
import { findPeople, ownProfile, PEOPLE_A_PAGE, readPerson, updateProfile } from './profiles.ts';

const tag = 'People';
const params = z.object({ id });
const line = z.object({ id, name: z.string(), headline: z.string(), askMeAbout: z.array(z.string()) });

export const peopleEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/people', tag, scope: 'read', summary: 'Colleagues' },
		description: 'By a part of the name or role, or a topic they can be asked about; pages are numbered from 0.',
		query: z.strictObject({
			q: words(60).default(''),
			page: z.coerce.number('must be a number').int().min(0).max(10_000).default(0)
		}),
		response: z.object({ items: z.array(line), next: z.number().nullable() }),
		run: async ({ db, viewer, query }) => {
			const found = await findPeople(db, viewer, query.q, query.page);
			const items = found
				.slice(0, PEOPLE_A_PAGE)
				.map(({ id, name, headline, askMeAbout }) => ({ id, name, headline, askMeAbout }));
			return { items, next: found.length > PEOPLE_A_PAGE ? query.page + 1 : null };
		}
	}),
	endpoint({
		...{ method: 'GET', path: '/people/{id}', tag, scope: 'read', summary: 'One colleague' },
		params,
		response: line.extend({
			timeZone: z.string(),
			workStart: z.number(),
			workEnd: z.number(),
			workDays: z.array(z.number()),
			active: z.boolean(),
			away: away.nullable(),
			spaces: z.array(z.object({ slug: z.string(), name: z.string() })),
			recent: z.array(z.object({ id, kind: z.string(), title: z.string(), at: z.string() }))
		}),
		run: ({ db, viewer, params }) => readPerson(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/profile', tag: 'Me', scope: 'write', summary: 'Change my profile' },
		body: profile,
		example: {
			body: {
				...{ name: 'Ada Okafor', headline: 'Till support', askMeAbout: ['till'], timeZone: 'Europe/Berlin' },
				...{ language: 'en', workStart: 540, workEnd: 1020, workDays: [1, 2, 3, 4, 5] }
			}
		},
		run: ({ db, viewer, body }) => updateProfile(db, viewer, body)
	}),
	endpoint({
		...{ method: 'PUT', path: '/people/{id}/roles', tag, scope: 'admin', summary: 'Give a person exactly these roles' },
		params,
		body: z.strictObject({ roles: z.array(z.enum(orgRoles)).max(orgRoles.length) }),
		example: { body: { roles: ['community_manager'] } },
		run: ({ db, viewer, params, body }) => setRoles(db, viewer, { personId: params.id, roles: body.roles })
	}),
	endpoint({
		...{ method: 'PUT', path: '/people/{id}/deactivation', tag, scope: 'admin', summary: 'Close an account' },
		params,
		run: ({ db, viewer, params }) => deactivatePerson(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/people/{id}/deactivation', tag, scope: 'admin', summary: 'Open a closed account' },
		params,
		run: ({ db, viewer, params }) => reactivatePerson(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'GET', path: '/me/profile', tag: 'Me', scope: 'read', summary: 'My profile' },
		response: z.object({
			name: z.string(),
			email: z.string(),
			image: z.string().nullable(),
			headline: z.string(),
			askMeAbout: z.array(z.string()),
			timeZone: z.string(),
			language: z.string(),
			workStart: z.number(),
			workEnd: z.number(),
			workDays: z.array(z.number())
		}),
		run: ({ db, viewer }) => ownProfile(db, viewer)
	}),
	endpoint({
		...{ method: 'GET', path: '/me/leaves', tag: 'Me', scope: 'read', summary: 'My leaves that are not over' },
		response: z.object({
			items: z.array(z.object({ id, from: z.iso.date(), until: z.iso.date(), word: z.string(), begun: z.boolean() }))
		}),
		run: async ({ db, viewer }) => ({ items: await ownLeaves(db, viewer) })
	}),
	endpoint({
		...{ method: 'POST', path: '/me/leaves', tag: 'Me', scope: 'write', status: 201, summary: 'Say that I am away' },
		description:
			'Both days are included, in my time zone. What overlaps or touches a leave becomes one with it; the answer names that one. Colleagues see the last day and `word`.',
		body: newLeave,
		response: z.object({ id }),
		example: { body: { from: '2030-12-24', until: '2031-01-02', word: 'Back on 3 January' } },
		run: async ({ db, viewer, body }) => ({ id: await takeLeave(db, viewer, body) })
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/leaves/{id}', tag: 'Me', scope: 'write', summary: 'Take a leave back' },
		description: 'Of one that has begun the days before today stay.',
		params,
		run: ({ db, viewer, params }) => endLeave(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'GET', path: '/invitations', tag, scope: 'admin', summary: 'Invitations that can still be used' },
		description: 'Admins see all, community managers their own. The links themselves are not kept.',
		response: z.object({
			items: z.array(
				z.object({
					id,
					email: z.string().nullable(),
					space: z.string().nullable(),
					by: z.string(),
					uses: z.number(),
					maxUses: z.number(),
					expiresAt: z.iso.datetime()
				})
			)
		}),
		run: async ({ db, viewer }) => {
			const open = await openInvitations(db, viewer);
			return { items: open.map((one) => ({ ...one, expiresAt: one.expiresAt.toISOString() })) };
		}
	}),
	endpoint({
		...{ method: 'POST', path: '/invitations', tag, scope: 'admin', status: 201, summary: 'Invite people' },
		description: 'With `email` by mail to one person. The answer is the only time the address of the link is shown.',
		secret: true,
		body: newInvitation.strict(),
		response: z.object({ link: z.url() }),
		example: {
			body: { maxUses: 10, days: 14 },
			response: { link: 'https://trellis.example.org/join/kq3vX0m2Yb7' }
		},
		run: async ({ db, viewer, body, origin }) => ({ link: `${origin}/join/${await invite(db, viewer, body)}` })
	}),
	endpoint({
		...{ method: 'DELETE', path: '/invitations/{id}', tag, scope: 'admin', summary: 'Take an invitation back' },
		params,
		run: ({ db, viewer, params }) => revokeInvitation(db, viewer, params.id)
	})
];
