import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { feedFormat, feedOf } from '#src/core/feed-out/input.ts';
import { answerFeed } from '#src/core/feed-out/server/answer.ts';
import { notFound } from '#src/platform/server/errors.ts';

export const GET: RequestHandler = async ({ locals, params, request }) => {
	const asked = feedOf.extend({ format: feedFormat }).safeParse(params);
	if (!asked.success) throw notFound();
	return answerFeed(app().db, locals.viewer, asked.data, request);
};
