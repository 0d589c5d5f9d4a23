import type postgres from 'postgres';
import type { Viewer } from './viewer.ts';
import { RIGHTS_CHANNEL } from './rights.ts';

const MOST = 10_000;
const SECONDS = 30;

/** Something that proves who calls (a session's or a token's secret, hashed) with the viewer it stands for. */
export interface Remembered<T> {
	viewer: Viewer;
	with: T;
}

/**
 * Remembers for half a minute who is behind a session or token, so that a page costs no
 * look-up of rights. Every process hears at once when rights change; when it cannot hear,
 * it remembers nothing.
 */
export class ViewerCache<T> {
	readonly #entries = new Map<string, { value: Remembered<T>; until: number }>();
	#listening = false;
	/** How often something was told: what was looked up meanwhile may be of before. */
	#told = 0;

	/** Starts to listen for changes on a connection of its own. */
	async listen(client: postgres.Sql): Promise<void> {
		await client.listen(
			RIGHTS_CHANNEL,
			(personId) => this.forget(personId),
			() => {
				// Also called after a reconnection: what was missed meanwhile is unknown.
				this.forget('*');
				this.#listening = true;
			}
		);
	}

	/** What is remembered under a key, or else what `look` finds; remembered unless rights changed while it looked. */
	async recall(
		key: string,
		look: () => Promise<Remembered<T> | undefined>,
		now = Date.now()
	): Promise<Remembered<T> | undefined> {
		const known = this.known(key, now);
		if (known) return known;
		const told = this.#told;
		const found = await look();
		if (found && this.#listening && told === this.#told) this.#set(key, found, now);
		return found;
	}

	/** What is remembered, without looking. */
	known(key: string, now = Date.now()): Remembered<T> | undefined {
		const entry = this.#entries.get(key);
		if (entry && entry.until > now) return entry.value;
		if (entry) this.#entries.delete(key);
		return undefined;
	}

	#set(key: string, value: Remembered<T>, now: number): void {
		this.#entries.set(key, { value, until: now + SECONDS * 1000 });
		if (this.#entries.size > MOST) this.#entries.delete(this.#entries.keys().next().value!);
	}

	/** Forgets one person, or everybody for `*`. */
	forget(personId: string): void {
		this.#told += 1;
		if (personId === '*') this.#entries.clear();
		else for (const [key, { value }] of this.#entries) if (value.viewer.id === personId) this.#entries.delete(key);
	}
}
