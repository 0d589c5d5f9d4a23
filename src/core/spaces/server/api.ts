import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id, words } from '#src/core/items/input.ts';
import { joinRequest, newSpace, requestAnswer, spaceSettings } from '../input.ts';
import { findToAdd, listMembers, listRequests, listSpaces, MEMBERS_A_PAGE, spaceHeader } from './directory.ts';
import {
	addMember,
	answerRequest,
	joinSpace,
	leaveSpace,
	removeMember,
	requestToJoin,
	setSpaceRole,
	withdrawRequest
} from './members.ts';
import { spaceById } from './read.ts';
import { archiveSpace, createSpace, updateSpace } from './write.ts';

const tag = 'Spaces';
const params = z.object({ id });
const oneMember = z.object({ id, personId: id });
const role = z.enum(['member', 'steward']);
const slug = z.object({ slug: z.string() });

const about = z.object({
	id,
	slug: z.string(),
	name: z.string(),
	purpose: z.string(),
	kind: z.enum(['organisation', 'team', 'community', 'interest']),
	access: z.enum(['open', 'closed', 'secret']),
	archived: z.boolean(),
	members: z.number(),
	role: role.nullable(),
	requested: z.boolean()
});

const example = { name: 'Boat engines', purpose: 'Everything that turns.', kind: 'community', access: 'open' };

export const spaceEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/spaces', tag, scope: 'read', summary: 'Spaces I may know of' },
		description: 'Secret spaces appear to their members only.',
		response: z.object({ items: z.array(about) }),
		run: async ({ db, viewer }) => ({ items: await listSpaces(db, viewer) })
	}),
	endpoint({
		...{ method: 'POST', path: '/spaces', tag, scope: 'write', status: 201, summary: 'Create a space' },
		body: newSpace,
		response: slug,
		example: { body: example, response: { slug: 'boat-engines' } },
		run: async ({ db, viewer, body }) => ({ slug: await createSpace(db, viewer, body) })
	}),
	endpoint({
		...{ method: 'GET', path: '/spaces/{id}', tag, scope: 'read', summary: 'One space' },
		params,
		response: about.extend({
			stewards: z.array(z.object({ id, name: z.string() })),
			allowAnonymous: z.boolean(),
			requests: z.number()
		}),
		run: async ({ db, viewer, params }) => spaceHeader(db, viewer, (await spaceById(db, viewer, params.id)).slug)
	}),
	endpoint({
		...{ method: 'PUT', path: '/spaces/{id}', tag, scope: 'write', summary: 'Change a space' },
		description: 'For stewards. A space that becomes secret gets a new address.',
		params,
		body: spaceSettings,
		response: slug,
		example: { body: { name: 'Boat engines', purpose: '', access: 'closed', allowAnonymous: true } },
		run: async ({ db, viewer, params, body }) => ({ slug: await updateSpace(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ method: 'PUT', path: '/spaces/{id}/archive', tag, scope: 'write', summary: 'Make a space read-only' },
		params,
		run: ({ db, viewer, params }) => archiveSpace(db, viewer, params.id, true)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/spaces/{id}/archive', tag, scope: 'write', summary: 'Open an archived space' },
		params,
		run: ({ db, viewer, params }) => archiveSpace(db, viewer, params.id, false)
	}),
	endpoint({
		...{ method: 'PUT', path: '/spaces/{id}/membership', tag, scope: 'write', summary: 'Join an open space' },
		params,
		run: ({ db, viewer, params }) => joinSpace(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/spaces/{id}/membership', tag, scope: 'write', summary: 'Leave a space' },
		params,
		run: ({ db, viewer, params }) => leaveSpace(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'PUT', path: '/spaces/{id}/request', tag, scope: 'write', summary: 'Ask to join a closed space' },
		params,
		body: joinRequest,
		example: { body: { message: 'I mend engines' } },
		run: ({ db, viewer, params, body }) => requestToJoin(db, viewer, params.id, body)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/spaces/{id}/request', tag, scope: 'write', summary: 'Take my request back' },
		params,
		run: ({ db, viewer, params }) => withdrawRequest(db, viewer, params.id)
	}),
	endpoint({
		...{ method: 'GET', path: '/spaces/{id}/requests', tag, scope: 'read', summary: 'Who asks to join' },
		description: 'Empty for everybody but stewards.',
		params,
		response: z.object({
			items: z.array(z.object({ id, name: z.string(), headline: z.string(), message: z.string(), at: z.string() }))
		}),
		run: async ({ db, viewer, params }) => ({
			items: await listRequests(db, viewer, await spaceById(db, viewer, params.id))
		})
	}),
	endpoint({
		...{ method: 'POST', path: '/spaces/{id}/requests', tag, scope: 'write', summary: 'Answer a request to join' },
		params,
		body: requestAnswer,
		example: { body: { personId: '01900000-0000-7000-8000-000000000000', approve: true } },
		run: ({ db, viewer, params, body }) => answerRequest(db, viewer, params.id, body)
	}),
	endpoint({
		...{ method: 'GET', path: '/spaces/{id}/members', tag, scope: 'read', summary: 'Who is in a space' },
		description: 'Stewards first, fifty a page; pages are numbered from 0.',
		params,
		query: z.strictObject({ page: z.coerce.number('must be a number').int().min(0).max(10_000).default(0) }),
		response: z.object({
			items: z.array(z.object({ id, name: z.string(), headline: z.string(), role })),
			next: z.number().nullable()
		}),
		run: async ({ db, viewer, params, query }) => {
			const found = await listMembers(db, viewer, await spaceById(db, viewer, params.id), query.page);
			const items = found
				.slice(0, MEMBERS_A_PAGE)
				.map(({ id, name, headline, role }) => ({ id, name, headline, role }));
			return { items, next: found.length > MEMBERS_A_PAGE ? query.page + 1 : null };
		}
	}),
	endpoint({
		...{ method: 'GET', path: '/spaces/{id}/candidates', tag, scope: 'read', summary: 'Colleagues to bring in' },
		description: 'By a part of their name; empty for everybody but those who may bring them in.',
		params,
		query: z.strictObject({ q: words(60) }),
		response: z.object({ items: z.array(z.object({ id, name: z.string(), headline: z.string() })) }),
		run: async ({ db, viewer, params, query }) => ({
			items: await findToAdd(db, viewer, await spaceById(db, viewer, params.id), query.q.trim())
		})
	}),
	endpoint({
		...{ method: 'PUT', path: '/spaces/{id}/members/{personId}', tag, scope: 'write', summary: 'Bring a colleague in' },
		params: oneMember,
		run: ({ db, viewer, params }) => addMember(db, viewer, params.id, params)
	}),
	endpoint({
		...{ method: 'DELETE', path: '/spaces/{id}/members/{personId}', tag, scope: 'write', summary: 'Take a member out' },
		params: oneMember,
		run: ({ db, viewer, params }) => removeMember(db, viewer, params.id, params)
	}),
	endpoint({
		...{ method: 'PUT', path: '/spaces/{id}/members/{personId}/role', tag, scope: 'write' },
		summary: 'Make a member steward, or a steward member',
		params: oneMember,
		body: z.strictObject({ role }),
		example: { body: { role: 'steward' } },
		run: ({ db, viewer, params, body }) =>
			setSpaceRole(db, viewer, params.id, { personId: params.personId, role: body.role })
	})
];
