import { sql, type Db } from '#src/platform/server/db.ts';

/** The channel on which processes tell each other that somebody's rights have changed. */
export const RIGHTS_CHANNEL = 'rights';

/**
 * Tells every process, when the transaction commits, to forget what it remembers of a
 * person's rights: after a change of session, membership, role or account.
 * @param personId `*` for everybody, when a space's access changes
 */
export async function tellRightsChanged(tx: Db, personId: string): Promise<void> {
	await tx.execute(sql`select pg_notify(${RIGHTS_CHANNEL}, ${personId})`);
}
