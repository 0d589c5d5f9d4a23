/** What was made once and may be used again, the least used forgotten first. Bounded by bytes, not by number. */
export class Kept<T> {
	readonly #most: number;
	readonly #entries = new Map<string, { value: T; bytes: number }>();
	#bytes = 0;

	/** @param most bytes to hold at once */
	constructor(most: number) {
		this.#most = most;
	}

	get(key: string): T | undefined {
		const entry = this.#entries.get(key);
		if (!entry) return undefined;
		// A Map remembers the order of insertion: the oldest come first.
		this.#entries.delete(key);
		this.#entries.set(key, entry);
		return entry.value;
	}

	set(key: string, value: T, bytes: number): void {
		this.#drop(key);
		if (bytes > this.#most / 8) return;
		this.#entries.set(key, { value, bytes });
		this.#bytes += bytes;
		for (const oldest of this.#entries.keys()) {
			if (this.#bytes <= this.#most) return;
			this.#drop(oldest);
		}
	}

	get bytes(): number {
		return this.#bytes;
	}

	#drop(key: string): void {
		this.#bytes -= this.#entries.get(key)?.bytes ?? 0;
		this.#entries.delete(key);
	}
}

/** Which print (see the capability's own) a result was read with. */
const prints = new WeakMap<object, string>();

/** Notes the print of a result that was read in the same snapshot. */
export function withPrint<T extends object>(result: T, print: string): T {
	prints.set(result, print);
	return result;
}

/** The print of a result; undefined for what has none and must be made anew each time. */
export const printOf = (result: object): string | undefined => prints.get(result);
