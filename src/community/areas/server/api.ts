import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id } from '#src/core/items/input.ts';
import { duties } from '../area.ts';
import { areaEdit, areaOffer, areaShare, newArea } from '../input.ts';
import { leaveArea, offerArea, removeFromArea, shareArea } from './people.ts';
import { listAreas, lonelySpaces, readArea } from './read.ts';
import { editArea, endArea, makeArea, placeSpace, removeSpace } from './write.ts';

const tag = 'Community';
const get = { tag, scope: 'read', method: 'GET' } as const;
const write = { tag, scope: 'write' } as const;
const params = z.object({ id });
const ofSpace = z.object({ id, space: id });
const ofPerson = z.object({ id, person: id });

const space = { id, slug: z.string(), name: z.string() };
const named = z.object({ id, name: z.string() });
const takes = { duties: z.array(z.enum(duties)), ownWords: z.string() };
const person = z.object({ id, name: z.string(), image: z.string().nullable(), ...takes });
const area = z.object({
	...{ id, name: z.string(), purpose: z.string(), version: z.number() },
	...{ spaces: z.array(z.object({ ...space, tends: z.boolean() })), people: z.array(person), offered: z.array(person) },
	untaken: z.array(z.enum(duties)),
	mine: z.object({ state: z.enum(['shared', 'offered', 'declined']), by: z.string(), ...takes }).nullable(),
	...{ canChange: z.boolean(), canOffer: z.boolean() }
});

export const areaEndpoints: Endpoint[] = [
	endpoint({
		...{ ...get, path: '/areas', summary: 'Areas: spaces that several people look after' },
		response: z.object({ items: z.array(area) }),
		run: async ({ db, viewer }) => ({ items: await listAreas(db, viewer) })
	}),
	endpoint({
		...{ ...get, path: '/areas/lonely-spaces', summary: 'Spaces that hang on one person, or on nobody' },
		description: 'For admins and community managers.',
		response: z.object({
			items: z.array(z.object({ ...space, by: named.nullable(), area: named.nullable() }))
		}),
		run: async ({ db, viewer }) => ({ items: await lonelySpaces(db, viewer) })
	}),
	endpoint({
		...{ ...write, method: 'POST', path: '/areas', status: 201, summary: 'Make an area' },
		body: newArea,
		response: z.object({ id }),
		example: { body: { name: 'Production', purpose: 'All who make things.', spaceIds: [] } },
		run: async ({ db, viewer, body }) => ({ id: await makeArea(db, viewer, body) })
	}),
	endpoint({
		...{ ...get, path: '/areas/{id}', summary: 'An area, its spaces and who shares it' },
		params,
		response: area,
		run: ({ db, viewer, params }) => readArea(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/areas/{id}', summary: 'Say better what an area is' },
		params,
		body: areaEdit,
		response: z.object({ version: z.number() }),
		run: async ({ db, viewer, params, body }) => ({ version: await editArea(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/areas/{id}', summary: 'End an area; its spaces stay' },
		params,
		run: ({ db, viewer, params }) => endArea(db, viewer, params.id)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/areas/{id}/spaces/{space}', summary: 'Put a space into an area' },
		params: ofSpace,
		run: ({ db, viewer, params }) => placeSpace(db, viewer, params.id, params.space)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/areas/{id}/spaces/{space}', summary: 'Take a space out of an area' },
		params: ofSpace,
		run: ({ db, viewer, params }) => removeSpace(db, viewer, params.id, params.space)
	}),
	endpoint({
		...{ ...write, method: 'PUT', path: '/areas/{id}/people/{person}', summary: 'Ask somebody to share an area' },
		description: 'They accept or decline. Who declined or left is not asked again for 90 days.',
		params: ofPerson,
		body: areaOffer,
		example: { body: { duties: ['welcome'], ownWords: 'the night shift' } },
		run: ({ db, viewer, params, body }) => offerArea(db, viewer, params.id, params.person, body)
	}),
	endpoint({
		...{
			...write,
			method: 'DELETE',
			path: '/areas/{id}/people/{person}',
			summary: 'Take an offer back, or let them go'
		},
		params: ofPerson,
		run: ({ db, viewer, params }) => removeFromArea(db, viewer, params.id, params.person)
	}),
	endpoint({
		...{
			...write,
			method: 'PUT',
			path: '/areas/{id}/share',
			summary: 'Accept to share an area, or say what I take on'
		},
		description: 'What was offered, where neither `duties` nor `ownWords` is given.',
		params,
		body: areaShare,
		example: { body: { duties: ['questions'] } },
		run: ({ db, viewer, params, body }) => shareArea(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...write, method: 'DELETE', path: '/areas/{id}/share', summary: 'Decline to share an area, or leave it' },
		params,
		run: ({ db, viewer, params }) => leaveArea(db, viewer, params.id)
	})
];
