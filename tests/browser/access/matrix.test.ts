import { expect, test } from 'vitest';
import { newId } from '#src/platform/server/ids.ts';
import { openHouse } from '../house.ts';
import { everyOperation, type Operation } from './operations.ts';
import type { Row } from './row.ts';
import { rows } from './rows.ts';
import { aWorld, cookieOf, partsSeen, roles, type Role, type World } from './world.ts';

const { url, db } = await openHouse();
const operations = await everyOperation();
const whole = await aWorld(db);

test('every route has a row, and no row stands for a route that is gone', () => {
	expect(Object.keys(rows).sort()).toEqual([...new Set(operations)].sort());
});

test.each(operations)('%s is done for those who may, and refused to all others', async (operation) => {
	const row = rows[operation];
	if (!row) return expect.fail(`${operation} has no row in rows.ts.`);
	const tried = async (role: Role, world: World) => [role, await isLetIn(operation, row, role, world)] as const;
	const needs = partsSeen(whole, (world) => [addressOf(operation, row, world), row.body?.(world)]);
	// Who is turned away leaves the world as it was; who does something gets another after it.
	const results: (readonly [Role, boolean])[] = [];
	let world = await aWorld(db, needs);
	for (const role of [...roles].sort((one, other) => Number(row.may.includes(one)) - Number(row.may.includes(other)))) {
		const result = await tried(role, world);
		results.push(result);
		if (result[1] && !operation.startsWith('GET ')) world = await aWorld(db, needs);
	}
	const letIn = new Map(results);
	expect(roles.filter((role) => letIn.get(role))).toEqual([...row.may]);
});

/** Tries an operation in a world in which nobody has done anything yet. */
async function isLetIn(operation: Operation, row: Row, role: Role, world: World): Promise<boolean> {
	const [method] = operation.split(' ') as [string];
	const stop = new AbortController();
	const response = await fetch(url + addressOf(operation, row, world), {
		method,
		redirect: 'manual',
		signal: stop.signal,
		headers: {
			cookie: await cookieOf(db, world, role),
			origin: url,
			...(isAction(operation) && { 'x-sveltekit-action': 'true', accept: 'application/json' }),
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
	const isJson = response.headers.get('content-type')?.includes('application/json') && operation.startsWith('POST /');
	const inside = isJson ? ((await response.json()) as { status?: number; location?: string }) : undefined;
	if (inside?.location?.startsWith('/sign-in?')) return false;
	return ![401, 403, 404, 405].includes(typeof inside?.status === 'number' ? inside.status : response.status);
}

const isAction = (operation: Operation) => operation.startsWith('POST ') && !operation.startsWith('POST /api/');
const sendsJson = (operation: Operation) => operation.includes(' /api/') || operation.includes(' /drafts/');

function bodyOf(operation: Operation, row: Row, world: World): BodyInit {
	const body = row.body?.(world) ?? {};
	if (sendsJson(operation)) return JSON.stringify(body);
	const form = new FormData();
	for (const [name, value] of Object.entries(body)) form.set(name, String(value));
	return form;
}

const addressOf = (operation: Operation, row: Row, world: World) =>
	row.path?.(world) ?? filledIn(operation.slice(operation.indexOf(' ') + 1), world);

function filledIn(address: string, world: World): string {
	return address
		.replace(/(\w+)\/[[{]id[\]}]/, (_, place: string) => `${place}/${idAt(place, world)}`)
		.replace('[slug]', world.slug)
		.replace('[tag]', 'till')
		.replace('[token]', () => world.token)
		.replace('{item}', () => world.question)
		.replace('{personId}', world.colleague)
		.replace('{version}', '1')
		.replace('{run}', newId())
		.replace('{kind}/{target}', 'tag/till')
		.replace(/[[{]key[\]}]/, 'question');
}

const places: Record<string, (world: World) => string> = {
	answers: ({ answer }) => answer,
	comments: ({ comment }) => comment,
	pages: ({ page }) => page,
	people: ({ colleague }) => colleague,
	spaces: ({ spaceId }) => spaceId,
	tasks: ({ asked }) => asked.tasks,
	askings: ({ asked }) => asked.askings,
	proofs: ({ asked }) => asked.proofs
};

/** What stands at a place in addresses, such as `stories`; a question where nothing is named. */
function idAt(place: string, world: World): string {
	const shared: Partial<Record<string, string>> = world.shared;
	return places[place]?.(world) ?? shared[place] ?? world.question;
}
