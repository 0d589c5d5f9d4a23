import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { id, words } from '../input.ts';
import { describeDraft, discardDraft, draftInput, draftKey, listDrafts, loadDraft, saveDraft } from './drafts.ts';
import { suggestPeople, suggestTags } from './suggest.ts';

const tag = 'Writing';
const key = z.object({ key: draftKey });
const time = z.iso.datetime();
const suggestion = z.object({ id: z.string(), label: z.string(), hint: z.string() });
const asked = z.strictObject({ q: words(60).default(''), space: id.optional() });

/** What helps while a text is being written. */
export const writingEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/me/drafts', tag, scope: 'read', summary: 'What I am writing, the newest first' },
		response: z.object({
			items: z.array(
				z.object({
					key: z.string(),
					kind: z.string(),
					title: z.string(),
					excerpt: z.string(),
					address: z.string().optional(),
					updatedAt: time
				})
			)
		}),
		run: async ({ db, viewer }) => ({ items: (await listDrafts(db, viewer)).map(describeDraft) })
	}),
	endpoint({
		...{ method: 'GET', path: '/me/drafts/{key}', tag, scope: 'read', summary: 'One of my drafts' },
		params: key,
		response: z.object({ key: z.string(), content: z.record(z.string(), z.string()), updatedAt: time }),
		run: async ({ db, viewer, params }) => {
			const draft = await loadDraft(db, viewer, params.key);
			if (!draft) throw notFound('There is no such draft.');
			return draft;
		}
	}),
	endpoint({
		...{ method: 'PUT', path: '/me/drafts/{key}', tag, scope: 'write', summary: 'Keep what I am writing' },
		description:
			'The key says what it will be: `question`, `answer:{question}`, `edit:{item}`. Send as `seen` the `updatedAt` you know: a draft that changed since comes back as `draft`.',
		params: key,
		body: draftInput,
		response: z.object({ updatedAt: time }),
		example: {
			body: { content: { title: 'How do I reset the till?', bodyMd: 'It hangs after' }, seen: null },
			response: { updatedAt: '2026-11-02T09:30:00.000Z' }
		},
		run: ({ db, viewer, params, body }) => saveDraft(db, viewer, { ...body, key: params.key })
	}),
	endpoint({
		...{ method: 'DELETE', path: '/me/drafts/{key}', tag, scope: 'write', summary: 'Throw a draft away' },
		params: key,
		run: ({ db, viewer, params }) => discardDraft(db, viewer, params.key)
	}),
	endpoint({
		...{ method: 'GET', path: '/suggest/people', tag, scope: 'read', summary: 'People to mention' },
		description: 'By the beginning of a part of their name; with `space`, those who can read what is written there.',
		query: asked,
		response: z.object({ items: z.array(suggestion) }),
		run: async ({ db, viewer, query }) => ({ items: await suggestPeople(db, viewer, query) })
	}),
	endpoint({
		...{ method: 'GET', path: '/suggest/tags', tag, scope: 'read', summary: 'Tags that begin as typed' },
		query: asked,
		response: z.object({ items: z.array(suggestion) }),
		run: async ({ db, viewer, query }) => ({ items: await suggestTags(db, viewer, query) })
	})
];
