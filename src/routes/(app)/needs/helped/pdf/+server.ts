import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { helpedFilter } from '#src/needs/helped/input.ts';
import { helpedPdfAnswer } from '#src/needs/helped/server/answer.ts';
import { parse } from '#src/platform/server/parse.ts';

export const GET: RequestHandler = ({ locals, url }) =>
	helpedPdfAnswer(
		app().db,
		requireViewer(locals.viewer),
		parse(helpedFilter, Object.fromEntries(url.searchParams)),
		url.origin
	);
