import type { Readable } from 'node:stream';

/** Part of a content: both ends are included, as in an HTTP range. */
export interface ByteRange {
	start: number;
	end: number;
}

/**
 * Where contents lie, each under the SHA-256 of its bytes. A driver for another kind
 * of store has these verbs and no more.
 */
export interface FileStore {
	/** Keeps a content. Doing it twice is harmless. @throws StoreFull, StoreAway */
	put(key: string, content: Uint8Array): Promise<void>;
	/** Keeps the content of a file on this machine, however large; the file itself stays. @throws StoreFull, StoreAway */
	adopt(key: string, path: string): Promise<void>;
	/** @throws an error with code ENOENT where there is no such content, StoreAway */
	get(key: string, range?: ByteRange): Promise<Readable>;
	exists(key: string): Promise<boolean>;
	delete(key: string): Promise<void>;
	/** Every content there is, and when it came. */
	contents(): AsyncIterable<{ key: string; since: Date }>;
}

/** The store has no room left. */
export class StoreFull extends Error {
	constructor() {
		super('The disk for files is full.');
		this.name = 'StoreFull';
	}
}

/** The store does not answer, or refuses. */
export class StoreAway extends Error {
	constructor(reason: string, options?: ErrorOptions) {
		super(`The store for files does not serve: ${reason}`, options);
		this.name = 'StoreAway';
	}
}

const contentKey = /^[0-9a-f]{64}$/;
export const isContentKey = (key: string) => contentKey.test(key);
