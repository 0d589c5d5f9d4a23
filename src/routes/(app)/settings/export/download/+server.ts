import { Readable } from 'node:stream';
import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { exportOwnData } from '#src/core/export/server/export.ts';

export const GET: RequestHandler = ({ locals }) => {
	const archive = exportOwnData(app().db, requireViewer(locals.viewer));
	return new Response(Readable.toWeb(Readable.from(archive, { objectMode: false })) as ReadableStream, {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="trellis-${new Date().toISOString().slice(0, 10)}.zip"`,
			'cache-control': 'no-store'
		}
	});
};
