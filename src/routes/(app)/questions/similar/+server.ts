import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { similarQuestions } from '#src/ask/server/similar.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const GET: RequestHandler = async ({ locals, url }) =>
	json({ items: await similarQuestions(app().db, requireViewer(locals.viewer), url.searchParams.get('title') ?? '') });
