import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { MOST_BYTES, takeDelivery } from '#src/metrics/server/sources/hook.ts';
import { invalid, notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';

/** Another program sends values of a figure; its signature says that it may. */
export const POST: RequestHandler = async ({ params, request }) => {
	if (!isId(params.id)) throw notFound();
	const body = await request.text();
	if (Buffer.byteLength(body) > MOST_BYTES) throw invalid({ _: 'This is more than 1 MB: send less at a time.' });
	const header = (name: string) => request.headers.get(`webhook-${name}`) ?? '';
	const delivery = { id: header('id'), timestamp: header('timestamp'), signature: header('signature'), body };
	return json(await takeDelivery(app().db, params.id, delivery));
};
