import { newId } from '#src/platform/server/ids.ts';
import { admins, forAll, members, onItem, settlers, signedIn, type Rows } from '../row.ts';
import { aCaption } from '../shared.ts';

const edit = { title: 'The till', version: 1 };

/** Resources, and how much may be kept: the asker of the world shared one. */
export const resources: Rows = {
	...forAll(admins, 'GET /admin/files', 'GET /api/v1/organisation/file-limits'),
	'POST /admin/files': { may: admins, body: () => ({ fileMegabytes: 4096, personGigabytes: '', allGigabytes: '' }) },
	'PUT /api/v1/organisation/file-limits': {
		may: admins,
		body: () => ({ fileMegabytes: 4096, personGigabytes: null, allGigabytes: null })
	},
	...forAll(signedIn, 'GET /resources/new', 'GET /api/v1/resources'),
	...forAll(members, 'GET /resources/[id]', 'GET /api/v1/resources/{id}'),
	'GET /resources/[id]/captions/[language]': {
		may: members,
		path: ({ shared }) => `/resources/${shared.resources}/captions/en`
	},
	...forAll(settlers, 'GET /resources/[id]/edit'),
	...onItem('/resources/[id]', ({ shared }) => shared.resources),
	// Those who may share here hear that this is no file of theirs.
	'POST /resources/new': { may: members, body: ({ spaceId }) => ({ spaceId, title: 'The till', fileId: newId() }) },
	'POST /api/v1/resources': { may: members, body: ({ spaceId }) => ({ spaceId, title: 'The till', fileId: newId() }) },
	'POST /resources/[id]/edit?/save': { may: settlers, body: () => edit },
	'POST /resources/[id]/edit?/bringBack': { may: settlers, body: () => ({ from: 1, version: 1 }) },
	'POST /resources/[id]/edit?/notes': { may: settlers, body: () => ({ points: 'Listen', chapters: '' }) },
	'POST /resources/[id]/edit?/captions': { may: settlers, body: () => ({ language: 'en' }) },
	'POST /resources/[id]/edit?/removeCaptions': { may: settlers, body: () => ({ language: 'en' }) },
	'POST /resources/[id]/edit?/narrate': { may: settlers, body: () => ({ page: 1 }) },
	'POST /resources/[id]/edit?/removeNarration': { may: settlers, body: () => ({ page: 1 }) },
	'PUT /api/v1/resources/{id}': { may: settlers, body: () => edit },
	'PUT /api/v1/resources/{id}/notes': { may: settlers, body: () => ({ points: 'Listen' }) },
	'PUT /api/v1/resources/{id}/captions': { may: settlers, body: () => ({ language: 'en', text: aCaption }) },
	'DELETE /api/v1/resources/{id}/captions/{language}': {
		may: settlers,
		path: ({ shared }) => `/api/v1/resources/${shared.resources}/captions/en`
	},
	'PUT /api/v1/resources/{id}/narrations': { may: settlers, body: () => ({ page: 1, fileId: newId() }) },
	'DELETE /api/v1/resources/{id}/narrations/{page}': {
		may: settlers,
		path: ({ shared }) => `/api/v1/resources/${shared.resources}/narrations/1`
	}
};
