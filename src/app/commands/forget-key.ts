import { sql } from '#src/platform/server/db.ts';
import type { Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '',
	help: 'For when SECRET or the file secret.key is lost: turns two-factor sign-in off for everybody, whose secrets nobody can read any more, takes back the addresses of proofs that people gave out, forgets the devices that are told by push, and takes the next start’s key. Stop Trellis before.',
	options: {},
	run: () =>
		withDatabase(({ db }) =>
			db.transaction(async (tx) => {
				await tx.execute(sql`delete from second_factor`);
				await tx.execute(sql`delete from backup_code`);
				const told = await tx.execute(sql`update person set two_factor_enabled = false where two_factor_enabled`);
				// Old proofs are still checked with the public halves; new ones are signed with new keys.
				await tx.execute(sql`update proof_key set retired_at = now(), sealed = '' where retired_at is null`);
				await tx.execute(sql`update proof set link_secret = null where link_secret is not null`);
				// What browsers were given was made for the keys that are lost.
				await tx.execute(sql`delete from push_device`);
				await tx.execute(sql`delete from push_keys`);
				await tx.execute(sql`delete from vault_proof`);
				console.log(`Two-factor sign-in is off for ${told.count} people, who may set it up again.`);
			})
		)
};
