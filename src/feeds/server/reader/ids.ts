import { invalid } from '#src/platform/server/errors.ts';

const LONG = 'tag:google.com,2005:reader/item/';

/** The names readers know an entry by: sixteen hexadecimal digits behind a prefix, or a plain number. */
export const longId = (number: string): string => LONG + BigInt(number).toString(16).padStart(16, '0');

/** Any spelling of an entry's name as a number. @throws Failure invalid */
export function numberOf(name: string): string {
	const hex = name.startsWith(LONG) ? name.slice(LONG.length) : /^0[0-9a-f]{15}$/i.test(name) ? name : undefined;
	const number = hex !== undefined && /^[0-9a-f]{1,16}$/i.test(hex) ? BigInt(`0x${hex}`) : undefined;
	const found = number ?? (/^\d{1,19}$/.test(name) ? BigInt(name) : undefined);
	if (found === undefined || found > 9_223_372_036_854_775_807n)
		throw invalid({ i: `"${name.slice(0, 80)}" is no item` });
	return String(found);
}

const STATE = 'user/-/state/com.google/';
export const READ = `${STATE}read`;
export const UNREAD = `${STATE}kept-unread`;
export const STARRED = `${STATE}starred`;
export const ALL = `${STATE}reading-list`;
const LABEL = 'user/-/label/';
export const labelId = (label: string) => LABEL + label;
export const feedId = (subscription: string) => `feed/${subscription}`;

/** A stream as we name it: readers may put the id of the user where we put a dash. */
export const plainStream = (stream: string) => stream.replace(/^user\/[^/]+\//, 'user/-/');

/** Entries that belong together. */
export interface Stream {
	subscription?: string;
	label?: string;
	/** Only what was read; only what is kept. */
	state?: 'read' | 'starred';
}

/** What a stream is of. @throws Failure invalid */
export function streamOf(named: string): Stream {
	const stream = plainStream(named);
	const subscription = /^feed\/([0-9a-f-]{36})$/i.exec(stream)?.[1];
	if (subscription) return { subscription };
	if (stream.startsWith(LABEL) && stream.length > LABEL.length) return { label: stream.slice(LABEL.length) };
	if (stream === ALL) return {};
	if (stream === READ) return { state: 'read' };
	if (stream === STARRED) return { state: 'starred' };
	throw invalid({ s: `"${named.slice(0, 80)}" is no stream` });
}

/** The label a reader names. @throws Failure invalid */
export function labelOfId(named: string): string {
	const { label } = streamOf(named);
	if (!label) throw invalid({ s: 'must be a label' });
	return label;
}
