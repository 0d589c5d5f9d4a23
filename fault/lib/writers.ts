import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createToken } from '#src/core/api/server/tokens.ts';
import { connect, rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';

/** One way to write through the API, and to count afterwards what of it is there. */
interface Kind {
	path: string;
	body(mark: string, spaceId: string): object;
	/** Gives mark and count of all that is there. */
	count: ReturnType<typeof sql>;
}

const kinds: Kind[] = [
	{
		path: '/questions',
		body: (mark, spaceId) => ({ spaceId, title: `Written ${mark}`, bodyMd: 'While things fell over.' }),
		count: sql`select substr(title, 9) as mark, count(*)::int from item where title like 'Written %' group by 1`
	},
	{
		path: '/me/tokens',
		body: (mark) => ({ name: mark, scopes: ['read'], days: 1 }),
		count: sql`select name as mark, count(*)::int from personal_token where name <> 'Writer' group by 1`
	}
];

export interface Tally {
	acknowledged: number;
	lost: number;
	doubled: number;
}

/**
 * People who write without pause and, like a client should, send a write again under the
 * same Idempotency-Key until it is acknowledged, across all that falls over meanwhile.
 */
export async function startWriters(url: string, databaseUrl: string, count: number) {
	const described = (await (await fetch(`${url}/api/v1/openapi.json`)).json()) as { paths: Record<string, unknown> };
	const kind = kinds.find(({ path }) => Object.keys(described.paths).some((each) => each.endsWith(path)))!;
	const { spaceId, tokens } = await makePeople(databaseUrl, count);
	const acknowledged = new Set<string>();
	let running = true;
	const writers = tokens.map(async (token) => {
		while (running) {
			const mark = randomUUID();
			await writeUntilAcknowledged(`${url}/api/v1${kind.path}`, token, kind.body(mark, spaceId), mark);
			acknowledged.add(mark);
			await sleep(20 + Math.random() * 40);
		}
	});
	return {
		acknowledged: () => acknowledged.size,
		/** Lets each finish its write, then compares what was acknowledged with what is there. */
		async stop(): Promise<Tally> {
			running = false;
			await Promise.all(writers);
			const found = await countMarks(databaseUrl, kind);
			return {
				acknowledged: acknowledged.size,
				lost: [...acknowledged].filter((mark) => !found.has(mark)).length,
				doubled: [...found.values()].filter((times) => times > 1).length
			};
		}
	};
}

async function makePeople(databaseUrl: string, count: number): Promise<{ spaceId: string; tokens: string[] }> {
	const { db, close } = connect(databaseUrl, 2);
	try {
		const spaceId = await aSpace(db, { name: 'Under fire' });
		const tokens: string[] = [];
		for (let i = 0; i < count; i++) {
			const person = await aPerson(db, { spaces: [spaceId] });
			const scopes = ['read', 'write', 'admin'] as ('read' | 'write' | 'admin')[];
			tokens.push((await createToken(db, person, { name: 'Writer', scopes, days: 1 })).token);
		}
		return { spaceId, tokens };
	} finally {
		await close();
	}
}

async function writeUntilAcknowledged(url: string, token: string, body: object, key: string): Promise<void> {
	const request = {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
		body: JSON.stringify(body)
	};
	for (;;) {
		const status = await fetch(url, { ...request, signal: AbortSignal.timeout(30_000) })
			.then(async (response) => (await response.arrayBuffer(), response.status))
			.catch(() => 0); // no answer, or half of one: it may have been written or not
		if (status >= 200 && status < 300) return;
		if (status >= 400 && status < 500 && status !== 408 && status !== 429) {
			throw new Error(`The API refuses the write with ${status}.`);
		}
		await sleep(50 + Math.random() * 100);
	}
}

async function countMarks(databaseUrl: string, kind: Kind): Promise<Map<string, number>> {
	const { db, close } = connect(databaseUrl, 1);
	try {
		const found = await rows<{ mark: string; count: number }>(db, kind.count);
		return new Map(found.map(({ mark, count }) => [mark, count]));
	} finally {
		await close();
	}
}
