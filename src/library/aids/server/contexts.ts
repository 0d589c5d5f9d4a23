import type { SQL } from 'drizzle-orm';
import { array, sql } from '#src/platform/server/db.ts';
import { addressOf } from '../pattern.ts';

/**
 * The aids bound to a page of another application, with how closely: a query of `item_id`
 * and `fit`. Host and beginning of the path are looked up by the index, so ten thousand
 * patterns cost no more than a few.
 */
export function aidsAt(url: string): SQL {
	const address = addressOf(url);
	if (!address) return sql`select null::uuid as item_id, 0 as fit where false`;
	const { own, above, path, whole, prefixes } = address;
	// Compared as they stand, byte by byte: the index has the same order.
	const places = sql`ap.prefix = any(${array(prefixes, 'text')})`;
	const target = sql`case when ap.whole then ${whole}::text else ${path}::text end`;
	return sql`select ap.item_id, max(length(ap.prefix) + length(ap.host) * 1000) as fit from aid_pattern ap
		where ${places} and (ap.host = any(${array(own, 'text')}) and not ap.subdomains
				or ap.host = any(${array(above, 'text')}) and ap.subdomains)
			and (${target} like ap.path_like or rtrim(${target}, '/') like ap.path_like)
		group by ap.item_id`;
}
