import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { proofSheet } from '#src/checks/proofs/server/pdf.ts';
import { giveOut, proofAddress, readProof } from '#src/checks/proofs/server/proofs.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

/** The sheet, with the address on it that leads back here: made where there is none yet. */
export const POST: RequestHandler = async ({ locals, params, url }) => {
	const viewer = requireViewer(locals.viewer);
	const address = proofAddress(url.origin, params.id, await giveOut(app().db, viewer, params.id));
	const { proof } = await readProof(app().db, viewer, params.id);
	const sheet = await proofSheet(proof, address, viewer.language);
	return new Response(new Uint8Array(sheet), {
		headers: {
			'content-type': 'application/pdf',
			'content-disposition': `attachment; filename="proof-${params.id.slice(-12)}.pdf"`,
			'cache-control': 'no-store'
		}
	});
};
