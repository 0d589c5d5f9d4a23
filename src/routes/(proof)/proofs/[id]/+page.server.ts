import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad, RequestEvent } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { giveOut, proofAddress, readProof, takeBack } from '#src/checks/proofs/server/proofs.ts';
import { requireViewer, type Viewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals, params, url, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const given = url.searchParams.get('key') ?? undefined;
	const { proof, isOwn, key } = await readProof(app().db, locals.viewer, params.id, given);
	return {
		...{ proof, isOwn, key: isOwn ? null : (given ?? null) },
		address: key && proofAddress(url.origin, proof.id, key),
		language: locals.viewer?.language ?? 'en'
	};
};

const onOwn =
	(work: (viewer: Viewer, id: string) => Promise<unknown>) =>
	({ request, locals, params }: RequestEvent) =>
		act(request, async () => {
			await work(requireViewer(locals.viewer), params.id);
			redirect(303, `/proofs/${params.id}`);
		});

export const actions: Actions = {
	giveOut: onOwn((viewer, id) => giveOut(app().db, viewer, id)),
	takeBack: onOwn((viewer, id) => takeBack(app().db, viewer, id))
};
