import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { readBank } from '#src/checks/banks/server/banks.ts';
import { listImports, startImport } from '#src/checks/carry/server/imports.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { uploadOf } from '#src/core/files/server/upload.ts';

export const load: PageServerLoad = async ({ locals, params, depends }) => {
	depends('questions:import');
	const viewer = requireViewer(locals.viewer);
	const { id, title } = await readBank(app().db, viewer, params.id);
	return { bank: { id, title }, imports: await listImports(app().db, viewer, params.id) };
};

export const actions: Actions = {
	default: ({ request, locals, params }) => {
		const whole = request.clone();
		return act(request, async () => {
			await startImport(app().db, requireViewer(locals.viewer), params.id, () => uploadOf(whole));
			redirect(303, `/banks/${params.id}/import`);
		});
	}
};
