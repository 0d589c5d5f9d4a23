import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { act } from '#src/app/server/http.ts';
import { app } from '#src/app/server/runtime.ts';
import { answerPromise } from '#src/ask/input.ts';
import { answerTimes } from '#src/ask/server/answer-times.ts';
import { promiseAnswers, takeBackPromise } from '#src/ask/server/promise.ts';
import { allow } from '#src/core/access/server/policy.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { spaceSettings } from '#src/core/spaces/input.ts';
import { canManage } from '#src/core/spaces/server/policy.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import { archiveSpace, updateSpace } from '#src/core/spaces/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const viewer = requireViewer(locals.viewer);
	const space = await spaceBySlug(app().db, viewer, params.slug);
	allow(canManage(viewer, space), 'Only stewards change a space.');
	return { promised: (await answerTimes(app().db, viewer, space.id)).promised };
};

export const actions: Actions = {
	save: ({ request, locals, params }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const { id } = await spaceBySlug(app().db, viewer, params.slug);
			const slug = await updateSpace(app().db, viewer, id, parse(spaceSettings, values));
			redirect(303, `/spaces/${encodeURIComponent(slug)}`);
		}),
	promise: ({ request, locals, params }) =>
		act(request, async (values) => {
			const viewer = requireViewer(locals.viewer);
			const { id } = await spaceBySlug(app().db, viewer, params.slug);
			await promiseAnswers(app().db, viewer, id, parse(answerPromise, values));
			redirect(303, `/spaces/${encodeURIComponent(params.slug)}`);
		}),
	takeBack: ({ request, locals, params }) =>
		act(request, async () => {
			const viewer = requireViewer(locals.viewer);
			const { id } = await spaceBySlug(app().db, viewer, params.slug);
			await takeBackPromise(app().db, viewer, id);
			redirect(303, `/spaces/${encodeURIComponent(params.slug)}/settings`);
		}),
	archive: ({ request, locals, params }) =>
		act(request, async ({ archived }) => {
			const viewer = requireViewer(locals.viewer);
			const { id, slug } = await spaceBySlug(app().db, viewer, params.slug);
			await archiveSpace(app().db, viewer, id, archived === 'true');
			redirect(303, `/spaces/${encodeURIComponent(slug)}`);
		})
};
