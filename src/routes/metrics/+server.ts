import { app } from '#src/app/server/runtime.ts';
import { createHash, timingSafeEqual } from 'node:crypto';
import { metrics } from '#src/platform/server/metrics.ts';
import type { RequestHandler } from './$types';

/** For Prometheus: from this machine, or with METRICS_TOKEN as bearer. Others learn nothing. */
export const GET: RequestHandler = async ({ request, getClientAddress }) => {
	if (!mayRead(request.headers, getClientAddress())) return new Response('Not found\n', { status: 404 });
	const { type, text } = await metrics(app().db);
	return new Response(text, { headers: { 'content-type': type } });
};

/** A proxy on this machine speaks for others: what it passes on is not from here. */
function mayRead(headers: Headers, address: string): boolean {
	const token = app().config.METRICS_TOKEN;
	if (token && same(headers.get('authorization') ?? '', `Bearer ${token}`)) return true;
	const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => headers.has(name));
	return !forwarded && ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(address);
}

function same(a: string, b: string): boolean {
	const hash = (text: string) => createHash('sha256').update(text).digest();
	return timingSafeEqual(hash(a), hash(b));
}
