import { expect, test } from 'vitest';
import { newId } from '#src/platform/server/ids.ts';
import { openHouse } from '../house.ts';
import { everyOperation, type Operation } from './operations.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';
import { aWorld, cookieOf, roles, type Role, type World } from './world.ts';

const { url, db } = await openHouse();
const operations = await everyOperation();

test('every route has a row, and no row stands for a route that is gone', () => {
	expect(Object.keys(rows).sort()).toEqual([...new Set(operations)].sort());
});

test.each(operations)('%s is done for those who may, and refused to all others', async (operation) => {
	const row = rows[operation];
	if (!row) return expect.fail(`${operation} has no row in rows.ts.`);
	const let_in: Role[] = [];
	for (const role of roles) if (await isLetIn(operation, row, role)) let_in.push(role);
	expect(let_in).toEqual([...row.may]);
});

/** Tries an operation on things made for this try. */
async function isLetIn(operation: Operation, row: Row, role: Role): Promise<boolean> {
	const world = await aWorld(db);
	const [method, address] = operation.split(' ') as [string, string];
	const path = row.path?.(world) ?? filledIn(address, world);
	const stop = new AbortController();
	const response = await fetch(url + path, {
		method,
		redirect: 'manual',
		signal: stop.signal,
		headers: {
			cookie: await cookieOf(db, world, role),
			origin: url,
			...(method === 'POST' &&
				!address.startsWith('/api/') && { 'x-sveltekit-action': 'true', accept: 'application/json' }),
			...(sendsJson(operation) && { 'content-type': 'application/json' })
		},
		body: method === 'GET' || method === 'DELETE' ? undefined : bodyOf(operation, row, world)
	});
	const let_in = await judge(operation, response);
	stop.abort();
	return let_in;
}

/** An answer that says who one is or may not be turns away; so does the way to the sign-in page. */
async function judge(operation: Operation, response: Response): Promise<boolean> {
	if (response.status >= 500) expect.fail(`${operation} broke: ${response.status} ${await response.text()}`);
	if (response.headers.get('location')?.startsWith('/sign-in?')) return false;
	const isAction = response.headers.get('content-type')?.includes('application/json') && operation.startsWith('POST /');
	const inside = isAction ? ((await response.json()) as { status?: number; location?: string }) : undefined;
	if (inside?.location?.startsWith('/sign-in?')) return false;
	return ![401, 403, 404, 405].includes(typeof inside?.status === 'number' ? inside.status : response.status);
}

const sendsJson = (operation: Operation) => operation.includes(' /api/') || operation.includes(' /drafts/');

function bodyOf(operation: Operation, row: Row, world: World): BodyInit {
	const body = row.body?.(world) ?? {};
	if (sendsJson(operation)) return JSON.stringify(body);
	const form = new FormData();
	for (const [name, value] of Object.entries(body)) form.set(name, String(value));
	return form;
}

function filledIn(address: string, world: World): string {
	const ids: Record<string, string> = {
		...world.asked,
		...{ answers: world.answer, comments: world.comment, pages: world.page, ...world.shared },
		...{ people: world.colleague, spaces: world.spaceId }
	};
	const id = ids[/(\w+)\/[[{]id[\]}]/.exec(address)?.[1] ?? ''] ?? world.question;
	return address
		.replace(/[[{]id[\]}]/, id)
		.replace('[slug]', world.slug)
		.replace('[tag]', 'till')
		.replace('[token]', world.token)
		.replace('{item}', world.question)
		.replace('{personId}', world.colleague)
		.replace('{version}', '1')
		.replace('{run}', newId())
		.replace('{kind}/{target}', 'tag/till')
		.replace(/[[{]key[\]}]/, 'question');
}
