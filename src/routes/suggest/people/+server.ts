import { json } from '@sveltejs/kit';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { suggestPeople } from '#src/core/items/server/suggest.ts';
import type { RequestHandler } from './$types.js';

/** Choices while somebody types in the editor. */
export const GET: RequestHandler = async ({ locals, url }) => {
	const { searchParams: asked } = url;
	const input = { q: asked.get('q') ?? '', space: asked.get('space') ?? undefined };
	return json(await suggestPeople(app().db, requireViewer(locals.viewer), input));
};
