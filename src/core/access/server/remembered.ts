import { isDeepStrictEqual } from 'node:util';
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
	/** Look-ups under way, which all share who ask for the same meanwhile. */
	readonly #looking = new Map<string, { told: number; found: Promise<Remembered<T> | undefined> }>();
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
		const under = this.#looking.get(key);
		if (under?.told === this.#told) return under.found;
		const looking = { told: this.#told, found: this.#look(key, look, now) };
		this.#looking.set(key, looking);
		return looking.found.finally(() => this.#looking.get(key) === looking && this.#looking.delete(key));
	}

	async #look(
		key: string,
		look: () => Promise<Remembered<T> | undefined>,
		now: number
	): Promise<Remembered<T> | undefined> {
		const told = this.#told;
		const found = await look();
		if (!found || !this.#listening || told !== this.#told) return found;
		const before = this.#entries.get(key)?.value;
		// The same viewer as before stays the same object, by which others remember what belongs to it.
		const same = isDeepStrictEqual(found, before) ? before! : found;
		this.#set(key, same, now);
		return same;
	}

	/** What is remembered, without looking. */
	known(key: string, now = Date.now()): Remembered<T> | undefined {
		const entry = this.#entries.get(key);
		return entry && entry.until > now ? entry.value : undefined;
	}

	/** The oldest come first, and go first. */
	#set(key: string, value: Remembered<T>, now: number): void {
		this.#entries.delete(key);
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
