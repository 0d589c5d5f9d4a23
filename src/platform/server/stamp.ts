import type postgres from 'postgres';
import { openClient } from './client.ts';
import { queryText, sql } from './db.ts';
import { oneAtATime } from './rounds.ts';

/**
 * All that is committed, as a text: which transactions a query sees. As long as it is the
 * same, each query finds what it found before, whatever the tables, and nobody who changes
 * something has to think of it. A server that is started anew has other texts, so that one
 * set back to an earlier day is never taken for what it was.
 */
export const stamp = sql`concat(pg_current_snapshot(), ' ', pg_postmaster_start_time())`;

const text = queryText(sql`select ${stamp} as stamp`);
/** Without values the driver would have it planned anew each time, unless told otherwise. */
const PREPARED = { prepare: true, simple: false } as postgres.UnsafeQueryOptions;

/**
 * Reads stamps, each taken after it was asked for, on a connection that listens to a
 * channel. PostgreSQL sends what was told there before it says that an answer is complete:
 * who has a stamp has heard all that was told with the changes it knows of.
 * @param heard is given each message, and `*` where some may have been missed
 */
export function openStamps(databaseUrl: string, channel: string, heard: (message: string) => void) {
	let listening: Promise<void> | undefined;
	const lost = () => {
		listening = undefined;
		heard('*');
	};
	const { client, close } = openClient(
		databaseUrl,
		1,
		{ statement_timeout: 5_000 },
		{ onnotify: (_channel, message) => heard(message), onclose: lost, max_lifetime: null, fetch_types: false }
	);

	async function listen(): Promise<void> {
		await client.unsafe(`listen "${channel}"`);
		heard('*');
	}

	async function read(): Promise<string> {
		const before = (listening ??= listen());
		await before.catch((error) => {
			listening = undefined;
			throw error;
		});
		const [found] = await client.unsafe<{ stamp: string }[]>(text, [], PREPARED);
		// It came by another connection than the one that listened.
		if (listening !== before) throw new Error('What was told may have been missed.');
		return found!.stamp;
	}

	return { read: oneAtATime(read), close };
}

/** What was read as of a stamp; forgotten as soon as another one is seen. */
export class AsOf<Key extends object, T> {
	#stamp = '';
	#known = new WeakMap<Key, Map<string, T>>();

	get(stamp: string, key: Key, name: string): T | undefined {
		return stamp === this.#stamp ? this.#known.get(key)?.get(name) : undefined;
	}

	set(stamp: string, key: Key, name: string, value: T): void {
		if (stamp !== this.#stamp) this.#known = new WeakMap();
		this.#stamp = stamp;
		const known = this.#known.get(key) ?? new Map<string, T>();
		this.#known.set(key, known.set(name, value));
	}
}
