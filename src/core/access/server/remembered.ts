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

	/** Starts to listen for changes on a connection of its own. */
	async listen(client: postgres.Sql): Promise<void> {
		await client.listen(
			RIGHTS_CHANNEL,
			(personId) => this.forget(personId),
			() => {
				// Also called after a reconnection: what was missed meanwhile is unknown.
				this.#entries.clear();
				this.#listening = true;
			}
		);
	}

	get(key: string, now = Date.now()): Remembered<T> | undefined {
		const entry = this.#entries.get(key);
		if (entry && entry.until > now) return entry.value;
		if (entry) this.#entries.delete(key);
		return undefined;
	}

	set(key: string, value: Remembered<T>, now = Date.now()): void {
		if (!this.#listening) return;
		this.#entries.set(key, { value, until: now + SECONDS * 1000 });
		if (this.#entries.size > MOST) this.#entries.delete(this.#entries.keys().next().value!);
	}

	/** Forgets one person, or everybody for `*`. */
	forget(personId: string): void {
		if (personId === '*') this.#entries.clear();
		else for (const [key, { value }] of this.#entries) if (value.viewer.id === personId) this.#entries.delete(key);
	}
}
