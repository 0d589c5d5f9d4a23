import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';

/** What a reader asks, once it is known who it reads for. */
export interface ReaderCall {
	db: Db;
	viewer: Viewer;
	/** What stands in the address and in the form, together. */
	fields: URLSearchParams;
	/** What follows the operation in the address: the stream of `stream/contents/…`. */
	rest: string;
	/** Where the pages stand. */
	origin: string;
}

/** An operation of the protocol: an object is sent as JSON, a text or an answer as it is. */
export type ReaderOperation = (call: ReaderCall) => Promise<object | string | Response>;
