import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { answerReader } from '#src/feeds/server/reader/answer.ts';

/** Feed readers on phones; they know this address from FreshRSS. */
const handle: RequestHandler = ({ request, params, getClientAddress }) =>
	answerReader(app().db, request, params.path, getClientAddress());

export { handle as GET, handle as POST };
