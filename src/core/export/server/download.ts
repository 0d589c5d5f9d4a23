import { Readable } from 'node:stream';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { exportOwnData } from './export.ts';

/** The viewer's own data as a file to save, sent while it is being read. */
export function downloadOwnData(db: Db, viewer: Viewer): Response {
	const archive = Readable.from(exportOwnData(db, viewer), { objectMode: false });
	return new Response(Readable.toWeb(archive) as ReadableStream, {
		headers: {
			'content-type': 'application/zip',
			'content-disposition': `attachment; filename="trellis-${new Date().toISOString().slice(0, 10)}.zip"`,
			'cache-control': 'no-store'
		}
	});
}
