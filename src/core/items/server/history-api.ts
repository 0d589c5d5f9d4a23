import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { id, restoration, version } from '../input.ts';
import { author } from './api-shapes.ts';
import { compareVersions, itemHistory, readVersion, restoreVersion } from './history.ts';
import { itemToEdit } from './write.ts';

const tag = 'Items';
const params = z.object({ id });
const part = z.object({ text: z.string(), kind: z.enum(['same', 'added', 'removed']) });
const entry = z.object({ version: z.number(), editor: author, at: z.iso.datetime(), note: z.string() });
const text = { title: z.string(), bodyMd: z.string(), tags: z.array(z.string()) };

/** What an item says, and what it said before. */
export const historyEndpoints: Endpoint[] = [
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/items/{id}/source' },
		summary: 'The text of an item as Markdown, to change it',
		description: 'For those who may change it. Send `version` back with the change.',
		params,
		response: z.object({ id, spaceId: id, parentId: id.nullable(), version: z.number(), ...text }),
		run: ({ db, viewer, params }) => itemToEdit(db, viewer, params.id)
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/items/{id}/revisions' },
		summary: 'All versions of an item, the newest first',
		params,
		response: z.object({ items: z.array(entry) }),
		run: async ({ db, viewer, params }) => ({ items: (await itemHistory(db, viewer, params.id)).versions })
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/items/{id}/revisions/{version}' },
		summary: 'One version of an item',
		params: z.object({ id, version }),
		response: entry.extend(text),
		run: ({ db, viewer, params }) => readVersion(db, viewer, params.id, params.version)
	}),
	endpoint({
		...{ tag, scope: 'read', method: 'GET', path: '/items/{id}/difference' },
		summary: 'What changed between two versions, word by word',
		params,
		query: z.strictObject({ from: version, to: version }),
		response: z.object({ title: z.array(part), body: z.array(part), tags: z.array(part) }),
		run: ({ db, viewer, params, query }) => compareVersions(db, viewer, params.id, query.from, query.to)
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'POST', path: '/items/{id}/restoration' },
		summary: 'Make an old version the newest',
		description: '`seen` is the newest version you know of: a newer one is not overwritten. History only grows.',
		params,
		body: restoration,
		response: z.object({ version: z.number() }),
		example: { body: { version: 1, seen: 3 }, response: { version: 4 } },
		run: async ({ db, viewer, params, body }) => ({ version: await restoreVersion(db, viewer, params.id, body) })
	})
];
