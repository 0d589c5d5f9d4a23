import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { listPdf } from './pdf.ts';
import { readEdition, readList } from './read.ts';
import { pulseBefore } from './readers.ts';

/** A list as PDF: its newest edition, or the one whose hash is given. @param origin where the pages stand */
export async function pdfAnswer(
	db: Db,
	viewer: Viewer,
	id: string,
	origin: string,
	hash: string | null = null
): Promise<Response> {
	const edition = hash ? (await readEdition(db, viewer, id, hash)).edition : (await readList(db, viewer, id)).edition;
	const address = `${origin}/lists/${id}`;
	const pulse = await pulseBefore(db, viewer, id);
	const pdf = await listPdf(edition, { address, language: viewer.language, pulse });
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="reading-list-${edition.content.month}-${edition.hash.slice(0, 8)}.pdf"`,
			'cache-control': 'private, no-cache'
		}
	});
}
