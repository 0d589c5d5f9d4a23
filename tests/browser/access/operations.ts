import { readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { endpoints } from '#src/app/server/api.ts';

/** Something a caller can do: `GET /questions/[id]`, `POST /questions/[id]?/accept`, `PUT /api/v1/…`. */
export type Operation = string;

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** All there is to do, from the routes and the declared API: a new one appears here by itself. */
export async function everyOperation(): Promise<Operation[]> {
	const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).map((file) =>
		file.replaceAll('\\', '/')
	);
	const found: Operation[] = endpoints.map(({ method, path }) => `${method} /api/v1${path}`);
	for (const file of files.sort()) {
		const route = `/${dirname(file)}`.replace(/\/\([^)]+\)/g, '').replace(/\/\.$/, '/') || '/';
		if (file.endsWith('+page.svelte')) found.push(`GET ${route}`);
		if (file.endsWith('+page.server.ts')) {
			const { actions = {} } = (await load(file)) as { actions?: Record<string, unknown> };
			for (const name of Object.keys(actions)) found.push(`POST ${route}${name === 'default' ? '' : `?/${name}`}`);
		}
		// The API's own route stands for what is declared, which is listed above.
		if (file.endsWith('+server.ts') && route !== '/api/v1/[...path]') {
			const module = await load(file);
			for (const method of METHODS) if (method in module) found.push(`${method} ${route}`);
		}
	}
	return found;
}

const load = (file: string): Promise<object> => import(/* @vite-ignore */ resolve('src/routes', file));
