import { z } from 'zod';
import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { pageOf } from '#src/core/api/server/page.ts';
import { id } from '#src/core/items/input.ts';
import { itemRow, itemView } from '#src/core/items/server/api-shapes.ts';
import { itemFilter, listItems } from '#src/core/items/server/list.ts';
import { captionsInput, language, narrationInput, newResource, page, resourceEdit, resourceNotes } from '../input.ts';
import { medias } from '../resource.ts';
import { putCaptions, removeCaptions } from './captions.ts';
import { narratePage, removeNarration } from './narration.ts';
import { readResource } from './read.ts';
import { editResource, noteResource, shareResource } from './write.ts';

const tag = 'Resources';
const params = z.object({ id });
const read = { tag, scope: 'read', method: 'GET' } as const;
const put = { tag, scope: 'write', method: 'PUT' } as const;
const remove = { tag, scope: 'write', method: 'DELETE' } as const;

const file = z.object({
	id,
	name: z.string(),
	mime: z.string(),
	bytes: z.number(),
	url: z.string(),
	width: z.number().nullable(),
	height: z.number().nullable()
});
const seconds = z.number().nullable();
const resourceView = itemView.extend({
	media: z.enum(medias),
	file,
	...{ seconds, starts: seconds, ends: seconds },
	captions: z.array(z.object({ language: z.string(), label: z.string(), url: z.string() })),
	transcript: z.array(z.object({ at: z.number(), text: z.string() })),
	chapters: z.array(z.object({ seconds: z.number(), title: z.string() })),
	points: z.array(z.object({ text: z.string(), seconds, page: z.number().nullable() })),
	narrations: z.array(z.object({ page: z.number(), url: z.string(), mime: z.string() })),
	versions: z.array(z.object({ version: z.number(), at: z.iso.datetime(), note: z.string(), file }))
});

const shared = { title: 'Closing the till', bodyMd: 'For whoever closes alone for the first time.', tags: ['till'] };
const someId = '0198c0de-0000-7000-8000-000000000001';

/** Resources: files that colleagues share, and what helps to use them. */
export const resourceEndpoints: Endpoint[] = [
	endpoint({
		...{ ...read, path: '/resources', summary: 'Resources I may read, the liveliest first' },
		query: itemFilter,
		response: pageOf(itemRow),
		run: ({ db, viewer, query }) => listItems(db, viewer, query, ['resource'])
	}),
	endpoint({
		...{ tag, scope: 'write', method: 'POST', path: '/resources', status: 201, summary: 'Share a file' },
		description:
			'First upload it by the tus protocol, version 1.0, at `/files/uploads`, outside `/api`, with the same token: the answer to its last bytes names it in the header `Trellis-File`.',
		body: newResource,
		response: z.object({ id }),
		example: { body: { spaceId: someId, fileId: someId, ...shared } },
		run: async ({ db, viewer, body }) => ({ id: await shareResource(db, viewer, body) })
	}),
	endpoint({
		...{
			...read,
			path: '/resources/{id}',
			summary: 'A resource with its file, versions, captions, chapters and comments'
		},
		params,
		response: resourceView,
		run: ({ db, viewer, params }) => readResource(db, viewer, params.id)
	}),
	endpoint({
		...{ ...put, path: '/resources/{id}', summary: 'Change a resource, or give it another file' },
		description: 'Send the `version` you started from. Another file is a new version; the old one is kept.',
		params,
		body: resourceEdit,
		response: z.object({ version: z.number() }),
		example: { body: { ...shared, note: 'The new till', version: 1 } },
		run: async ({ db, viewer, params, body }) => ({ version: await editResource(db, viewer, params.id, body) })
	}),
	endpoint({
		...{ ...put, path: '/resources/{id}/notes', summary: 'Write its key points and chapters anew' },
		description: 'Both are lines of text: `3:20 Prices` for a chapter, `Say the price late (p. 4)` for a key point.',
		params,
		body: resourceNotes,
		example: { body: { points: 'Say the price late (3:20)', chapters: '0:00 Welcome\n3:20 Prices' } },
		run: ({ db, viewer, params, body }) => noteResource(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...put, path: '/resources/{id}/captions', summary: 'Give a film or sound captions in one language' },
		description: 'WebVTT or SubRip. They are shown, read as a transcript and found by search.',
		params,
		body: captionsInput,
		example: { body: { language: 'en', text: 'WEBVTT\n\n00:00:00.000 --> 00:00:04.000\nGood morning.' } },
		run: ({ db, viewer, params, body }) => putCaptions(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...remove, path: '/resources/{id}/captions/{language}', summary: 'Take captions away' },
		params: params.extend({ language }),
		run: ({ db, viewer, params }) => removeCaptions(db, viewer, params.id, params.language)
	}),
	endpoint({
		...{ ...put, path: '/resources/{id}/narrations', summary: 'Add what is said to a page or slide' },
		description: 'A sound file, uploaded as any other.',
		params,
		body: narrationInput,
		example: { body: { page: 3, fileId: someId } },
		run: ({ db, viewer, params, body }) => narratePage(db, viewer, params.id, body)
	}),
	endpoint({
		...{ ...remove, path: '/resources/{id}/narrations/{page}', summary: 'Take what is said to a page away' },
		params: params.extend({ page }),
		run: ({ db, viewer, params }) => removeNarration(db, viewer, params.id, params.page)
	})
];
