import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { year as yearInput } from '#src/work/input.ts';
import { yearPdf } from '#src/work/server/pdf.ts';
import { readYear } from '#src/work/server/years.ts';

/** The year as PDF, for its owner alone. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const asked = yearInput.safeParse(params.year);
	if (!asked.success) throw notFound();
	const pdf = await yearPdf(await readYear(app().db, viewer, asked.data), viewer.name, viewer.language);
	return new Response(new Uint8Array(pdf), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="my-work-${asked.data}.pdf"`,
			'cache-control': 'private, no-store'
		}
	});
};
