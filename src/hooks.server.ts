import { redirect } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { observe } from '#src/app/server/observe.ts';
import { shrink } from '#src/app/server/shrink.ts';
import { openFront } from '#src/app/server/front.ts';
import { identify, sessions } from '#src/app/server/identity.ts';
import { keepPage } from '#src/app/server/kept-page.ts';
import { startLive, stopLive } from '#src/app/server/live.ts';
import { app, startRuntime, stopRuntime } from '#src/app/server/runtime.ts';
import { tokens } from '#src/core/api/server/caller.ts';
import { isFounded } from '#src/core/people/server/first-run.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { setFront } from '#src/platform/server/front.ts';
import { outage } from '#src/platform/server/outage.ts';
import { log } from '#src/platform/server/log.ts';

export const init: ServerInit = async () => {
	const { client, config } = await startRuntime();
	await sessions.listen(client);
	await tokens.listen(client);
	await startLive();
	const { front, close } = openFront(config.DATABASE_URL!);
	setFront(front);
	process.on('sveltekit:shutdown' as never, close);
	process.on('sveltekit:shutdown' as never, stopRuntime);
	process.once('SIGTERM', stopLive);
	process.once('SIGINT', stopLive);
};

/** Until somebody has founded the organisation, every page leads to the one that does. */
const welcome: Handle = async ({ event, resolve }) => {
	const entry = event.route.id?.startsWith('/(') && event.route.id !== '/(entry)/welcome';
	if (entry && !(await isFounded(app().db))) redirect(303, '/welcome');
	return resolve(event);
};

const SCRIPTS = /<link href="[^"]+" rel="modulepreload">\s*/g;

/**
 * A browser opens six connections to a server: scripts that are named before the styles
 * would take them all, and nothing is painted without styles.
 */
function stylesFirst(html: string): string {
	const scripts = html.match(SCRIPTS);
	if (!scripts) return html;
	const late = scripts.join('').replaceAll('rel="modulepreload"', 'rel="modulepreload" fetchpriority="low"');
	return html.replaceAll(SCRIPTS, '').replace('</head>', () => `${late}</head>`);
}

const recognise: Handle = async ({ event, resolve }) => {
	await identify(event);
	const theme = event.cookies.get('theme');
	const chosen = theme === 'light' || theme === 'dark' ? theme : 'system';
	return resolve(event, { transformPageChunk: ({ html }) => stylesFirst(html.replace('%theme%', chosen)) });
};

/** Keeps a page whose content has a print, to send it again from in front of the pages. */
const keep: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const { viewer, print } = event.locals;
	if (!viewer || !print || response.status !== 200 || event.isDataRequest || event.url.search) return response;
	if (event.request.method !== 'GET' || !response.headers.get('content-type')?.startsWith('text/html')) return response;
	const html = await response.text();
	const { pathname: path } = event.url;
	const page = { route: event.route.id!, path, theme: event.cookies.get('theme') ?? '', print };
	keepPage(viewer, page, html, response.headers);
	return new Response(html, response);
};

/** A page on which somebody plays sound or film lets its source through, and no other page does. */
const play: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const policy = response.headers.get('content-security-policy');
	const { plays } = event.locals;
	if (plays && policy)
		response.headers.set(
			'content-security-policy',
			`${policy.replace(/media-src [^;]*/, (own) => `${own} ${plays}`)}; frame-src ${plays}`
		);
	return response;
};

export const handle = sequence(observe, shrink, welcome, recognise, play, keep);

/** A typed failure keeps its status and sentence; anything else is logged and named by its request id only. */
export const handleError: HandleServerError = ({ error, kind, event }) => {
	const { requestId } = event.locals;
	const failure = error instanceof Failure ? error : outage(error);
	if (failure) return { status: failure.status, message: failure.message, requestId };
	if (kind !== 'unknown') return;
	log.error({ err: error, requestId, route: event.route.id }, 'request failed');
	return { status: 500, message: 'Something went wrong on our side. Nothing you saved is lost.', requestId };
};
