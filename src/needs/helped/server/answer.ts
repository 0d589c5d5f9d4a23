import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import type { HelpedFilter } from '../input.ts';
import { readHelped } from './read.ts';

/** The quarter as PDF. @param origin where the pages stand */
export async function helpedPdfAnswer(db: Db, viewer: Viewer, filter: HelpedFilter, origin: string): Promise<Response> {
	const helped = await readHelped(db, viewer, filter);
	const organisation = await row<{ name: string }>(db, sql`select name from organisation limit 1`);
	// It is written seldom, and what writes it takes long to load.
	const { helpedPdf } = await import('./pdf.ts');
	const pdf = await helpedPdf(helped, {
		by: organisation?.name ?? 'Trellis',
		address: `${origin}/needs/helped?quarter=${helped.quarter}`
	});
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="what-helped-${helped.quarter}.pdf"`,
			'cache-control': 'private, no-cache'
		}
	});
}
