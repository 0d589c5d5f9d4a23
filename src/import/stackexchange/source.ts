import type { Db } from '#src/platform/server/db.ts';
import type { RenderPool } from '../render-pool.ts';
import type { FileReport } from '#src/core/import/report.ts';
import type { Row } from './rows.ts';

/** One dump on its way into one space. */
export interface Dump {
	/** The name its items carry: `stackexchange:coffee.stackexchange.com`. */
	source: string;
	/** The site's host, where the folder is named after it. */
	host?: string;
	spaceId: string;
	/** Stands in where a date is nonsense: when the dump was made. */
	madeAt: string;
	pool: RenderPool;
}

/** How the rows of one file are taken over. */
export interface Part<T = unknown> {
	file: string;
	/** Reads and renders; runs ahead of the writing, so it may not touch the database. */
	prepare(dump: Dump, rows: Row[], report: FileReport): Promise<T> | T;
	/** Writes within the transaction that also moves the checkpoint. */
	write(tx: Db, dump: Dump, prepared: T, report: FileReport): Promise<void>;
	/** After the last row. */
	finish?(tx: Db, dump: Dump, report: FileReport): Promise<void>;
}

export const part = <T>(definition: Part<T>): Part => definition as Part;
