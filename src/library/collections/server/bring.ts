import { array, sql, type Db } from '#src/platform/server/db.ts';

/**
 * Makes a collection by hand of an item that an import has written. Its entries take their
 * order from where they come from; what colleagues put in stays, behind them.
 */
export async function keepBroughtCollection(tx: Db, itemId: string, entries: readonly string[]): Promise<void> {
	await tx.execute(sql`insert into collection (item_id, chosen) values (${itemId}, 'hand') on conflict do nothing`);
	await tx.execute(sql`update collection_entry set position = position + ${entries.length}
		where collection_id = ${itemId}`);
	await tx.execute(sql`insert into collection_entry (collection_id, item_id, position)
		select ${itemId}, id, place from unnest(${array([...entries], 'uuid')}) with ordinality as e(id, place)
		on conflict (collection_id, item_id) do update set position = excluded.position`);
}
