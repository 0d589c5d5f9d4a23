import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { topic } from '#src/ask/input.ts';
import { peopleForTopic } from '#src/ask/server/experts.ts';
import { similarQuestions } from '#src/ask/server/similar.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { tellingWords } from '#src/core/search/server/search.ts';
import { similarStories } from '#src/library/stories/server/similar.ts';
import { parse } from '#src/platform/server/parse.ts';

/** What colleagues have asked already, what happened in cases like it, and who may know, while a question is being written. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const viewer = requireViewer(locals.viewer);
	const { db } = app();
	const about = parse(topic, Object.fromEntries(url.searchParams));
	const telling = await tellingWords(db, about.title);
	const [items, people, stories] = await Promise.all([
		similarQuestions(db, viewer, about.title, { telling }),
		about.space ? peopleForTopic(db, viewer, { ...about, space: about.space }) : [],
		similarStories(db, viewer, telling)
	]);
	return json({ items, people, stories });
};
