import type { Given } from '../taking/sift.ts';
import { MOST_LINES } from '../taking/table.ts';
import { NotPulled } from './not-pulled.ts';

/** A database that will be asked once. */
export interface Asked {
	/** @throws NotPulled with what the database says */
	read(query: string): Promise<Given[]>;
	/** Breaks off what still runs. */
	stop(): void | Promise<void>;
}

/** What is said of a database. @param zone in which it says moments */
export type Open = (address: URL, zone: string, statementMs: number) => Promise<Asked>;

/** How a connection is encrypted: not unless asked, and then without or with looking at the certificate. */
export function secureAs({ searchParams }: URL): 'no' | 'unchecked' | 'checked' {
	const asked = (searchParams.get('sslmode') ?? searchParams.get('ssl-mode') ?? '').toLowerCase().replace('_', '-');
	if (['verify-ca', 'verify-full', 'verify-identity'].includes(asked)) return 'checked';
	return ['require', 'required'].includes(asked) ? 'unchecked' : 'no';
}

/** The query as a part of one statement that gives texts, and one line more than is taken. @param text how the database is told to give one */
export const asPart = (query: string, text: (column: string) => string): string =>
	`select ${text('q.day')} as day, ${text('q.value')} as value from (${query.replace(/;\s*$/, '')}\n) as q limit ${MOST_LINES + 1}`;

/** @throws NotPulled for more lines than are taken */
export function expectFew(count: number): void {
	if (count > MOST_LINES)
		throw new NotPulled(`It gives more than ${MOST_LINES.toLocaleString('en')} lines: let the database add them up.`);
}

/** What the database says, without what it was told: no password stands in it. */
export const saidBy = (message: string, code: string | number): string =>
	`The database says: ${message.slice(0, 200)} (${code})`;

export const TOO_LONG = 'The query took too long and was broken off.';
export const WOULD_WRITE = 'The query would write: only reading is let through.';
export const notReached = (code = 'it broke off'): string => `The database could not be reached (${code}).`;
