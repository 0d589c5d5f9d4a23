import { redirect } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';
import { afterMaking } from '#src/app/server/after-making.ts';
import { act } from '#src/app/server/http.ts';
import { startOfItem } from '#src/app/server/new-item.ts';
import { app } from '#src/app/server/runtime.ts';
import { newQuestion } from '#src/ask/input.ts';
import { answersInWords } from '#src/ask/answer-times.ts';
import { answerTimes } from '#src/ask/server/answer-times.ts';
import { askQuestion } from '#src/ask/server/ask.ts';
import { expectNotAsked } from '#src/ask/server/similar.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { isId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = app();
	const viewer = requireViewer(locals.viewer);
	const start = await startOfItem(db, viewer, url);
	return {
		...start,
		/** What it begins with, where it is asked from something else: a quote of that, and a link to it. */
		body: (url.searchParams.get('body') ?? '').slice(0, 4000),
		draft: draftFor(url.searchParams.get('about')),
		answers: start.space ? answersInWords(await answerTimes(db, viewer, start.space)) : undefined
	};
};

/** A question about something is another draft than one that is simply asked. */
const draftFor = (about: string | null) => (about && isId(about) ? `question:${about}` : 'question');

export const actions: Actions = {
	default: ({ request, locals, url }) =>
		act(request, async ({ seen, ...values }) => {
			const { db } = app();
			const viewer = requireViewer(locals.viewer);
			const asked = parse(newQuestion, values);
			if (!seen) await expectNotAsked(db, viewer, asked.title);
			const id = await askQuestion(db, viewer, asked);
			redirect(303, await afterMaking(app().db, viewer, url, { id, address: `/questions/${id}`, kind: 'question' }));
		})
};
