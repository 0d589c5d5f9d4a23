import { z } from 'zod';

/** Work that was closed: a ticket, a deal, a change. */
export interface Closed {
	/** What it is known by there: the same work asks once. */
	key: string;
	title: string;
	address: string;
	/** Whose it was, as far as the sender says: names and e-mail addresses, in lower case. */
	people: string[];
}

/** What a call says: work that was closed, or why it asks nothing. */
export type Told = Closed | { why: string };

/** Texts of strangers: shortened rather than refused, as nobody is there to correct them. */
export const short = (max: number) =>
	z
		.unknown()
		.optional()
		.transform((value) =>
			typeof value === 'string' || typeof value === 'number'
				? String(value)
						.toWellFormed()
						.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\s]+/gu, ' ')
						.trim()
						.slice(0, max)
				: ''
		);

/** An address of the web, or nothing. */
export const address = short(2000).transform((text) => (/^https?:\/\/\S+$/i.test(text) ? text : ''));

/** Those that are named, each once. */
export const peopleOf = (...named: (string | undefined)[]): string[] =>
	[...new Set(named.map((name) => (name ?? '').toLowerCase()))].filter(Boolean);
