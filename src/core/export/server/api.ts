import { endpoint, type Endpoint } from '#src/core/api/server/endpoint.ts';
import { downloadOwnData } from './download.ts';

export const exportEndpoints: Endpoint[] = [
	endpoint({
		...{ method: 'GET', path: '/me/export', tag: 'Me', scope: 'read', sends: 'application/zip' },
		summary: 'Everything I wrote, did and set, as a ZIP of JSON and Markdown',
		run: async ({ db, viewer }) => downloadOwnData(db, viewer)
	})
];
