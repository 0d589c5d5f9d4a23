import { sql, type SQL } from 'drizzle-orm';
import { PgDialect, type PgDatabase } from 'drizzle-orm/pg-core';
import { drizzle, PostgresJsSession, type PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import { openClient, type Client } from './client.ts';

/** A database or a transaction on it: every query and command takes one as its first argument. */
export type Db = PgDatabase<PostgresJsQueryResultHKT, Record<string, never>>;

export interface Connection extends Client {
	db: Db;
}

/**
 * Opens a pool.
 * @param max connections at most
 * @param settings of each session, such as `{ statement_timeout: 30_000 }`
 */
export function connect(url: string, max = 10, settings: Record<string, string | number> = {}): Connection {
	const opened = openClient(url, max, settings);
	return { db: drizzle(opened.client) as unknown as Db, ...opened };
}

/** Statements with more values are bulk writes: each would be a text of its own to remember. */
const MOST_VALUES = 40;

/**
 * The query builder prepares only statements that were given a name. Here all with values
 * are prepared, by their text: planning a page's query takes longer than running it, and
 * one not prepared takes a second round trip to learn its types.
 */
const session = PostgresJsSession.prototype;
const prepareNamed = session.prepareQuery;
session.prepareQuery = function (this: typeof session, query, fields, name, ...rest) {
	const worth = query.params.length > 0 && query.params.length <= MOST_VALUES;
	return prepareNamed.call(this, query, fields, name ?? (worth ? 'by its text' : undefined), ...rest);
} as typeof prepareNamed;

/** Runs a query and gives its rows, typed by the caller. */
export async function rows<T>(db: Db, query: SQL): Promise<T[]> {
	return (await db.execute(query)) as unknown as T[];
}

/**
 * The text of a query that is asked so often that building it each time would cost more
 * than its answer: its values stand in it as `$1`, `$2`, and are sent with `client.unsafe`.
 */
export const queryText = (query: SQL): string => new PgDialect().sqlToQuery(query).sql;

/** The first row of a query, if there is one. */
export async function row<T>(db: Db, query: SQL): Promise<T | undefined> {
	return (await rows<T>(db, query))[0];
}

/**
 * Statements of one transaction that do not need each other's results: sent together and
 * carried out in turns, they cost one wait. All have ended before one that failed is told,
 * so none comes after the transaction is undone.
 */
export async function together(...statements: PromiseLike<unknown>[]): Promise<void> {
	const ended = await Promise.allSettled(statements);
	const failed = ended.find(({ status }) => status === 'rejected');
	if (failed) throw (failed as PromiseRejectedResult).reason;
}

/** A PostgreSQL array parameter: `= any(${array(ids, 'uuid')})`. An empty list matches nothing. */
export function array(values: readonly string[], type: 'uuid' | 'text' | 'int' | 'timestamptz'): SQL {
	return sql`${sql.param(toArrayLiteral(values))}::${sql.raw(type)}[]`;
}

/** A list as PostgreSQL writes it, for a query whose text is made once. */
export function toArrayLiteral(values: readonly string[]): string {
	return `{${values.map((value) => `"${value.replace(/(["\\])/g, '\\$1')}"`).join(',')}}`;
}

export { sql, type SQL };
