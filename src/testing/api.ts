import { expect } from 'vitest';
import { endpoints, router } from '#src/app/server/api.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { respond } from '#src/core/api/server/respond.ts';
import type { Db } from '#src/platform/server/db.ts';

export interface ApiAnswer {
	status: number;
	headers: Headers;
	body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it as they expect it
	raw: Uint8Array;
}

export type ApiClient = (
	viewer: Viewer | undefined,
	call: string,
	body?: unknown,
	headers?: Record<string, string>
) => Promise<ApiAnswer>;

/**
 * Calls the real API without a server between. What comes back well is held against what its
 * description promises.
 * @example
 * const api = apiClient(db);
 * const { body } = await api(viewer, 'POST /pages', { spaceId, title: 'Till', bodyMd: 'Count.' });
 */
export function apiClient(db: Db): ApiClient {
	return async (viewer, call, body, headers = {}) => {
		const [method, path] = call.split(/ (.*)/s) as [string, string];
		const isRaw = body instanceof FormData || body instanceof Uint8Array || typeof body === 'string';
		const request = new Request(`https://trellis.example.org/api/v1${path}`, {
			method,
			body: body === undefined || method === 'GET' ? undefined : isRaw ? (body as BodyInit) : JSON.stringify(body),
			headers: { ...(body instanceof FormData ? {} : { 'content-type': 'application/json' }), ...headers }
		});
		const { pathname } = new URL(request.url);
		const within = decodeURIComponent(pathname.slice('/api/v1/'.length));
		const caller = viewer && { viewer, scopes: ['read', 'write', 'admin'] as const };
		const response = await respond(request, within, { db, router, caller, requestId: 'r1' });
		const raw = new Uint8Array(await response.arrayBuffer());
		const isJson = /json/.test(response.headers.get('content-type') ?? '');
		const answer = isJson ? JSON.parse(new TextDecoder().decode(raw)) : undefined;
		if (response.ok && isJson) holdToDescription(method, within, answer);
		return { status: response.status, headers: response.headers, body: answer, raw };
	};
}

function holdToDescription(method: string, path: string, answer: unknown): void {
	const { endpoint } = router(method, path)!;
	expect(endpoint!.response!.safeParse(answer).error?.issues ?? [], `${method} ${path}`).toEqual([]);
}

/** Every operation by its name, `POST /pages`. */
export const operations = new Map(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint]));
