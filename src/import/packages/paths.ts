import { posix } from 'node:path';
import type { Archive } from '../bring/archive.ts';

/** Finds the files of a package by the addresses that its parts give: packed on Windows, they are not written alike. */
export class Paths {
	readonly #byLower: Map<string, string>;
	readonly #archive: Archive;

	constructor(archive: Archive) {
		this.#archive = archive;
		this.#byLower = new Map(archive.names.map((name) => [name.toLowerCase(), name]));
	}

	/**
	 * The file of the archive that an address means.
	 * @param folder what the address is relative to
	 * @returns nothing where there is no such file, also for what leads out of the archive
	 */
	find(folder: string, address: string): string | undefined {
		const bare = address
			.trim()
			.replace(/[?#].*$/s, '')
			.replaceAll('\\', '/');
		if (!bare || isAway(bare)) return undefined;
		for (const each of [bare, decoded(bare)]) {
			const path = posix.normalize(posix.join(folder, each)).replace(/^\/+|^\.\//, '');
			if (path.startsWith('..')) continue;
			const found = this.#archive.has(path) ? path : this.#byLower.get(path.toLowerCase());
			if (found) return found;
		}
		return undefined;
	}
}

/** Whether an address leads out into the web, or is none of a file at all. */
export const isAway = (address: string): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address.trim());

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}
