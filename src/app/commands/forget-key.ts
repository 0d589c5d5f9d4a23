import { sql } from '#src/platform/server/db.ts';
import type { Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '',
	help: 'For when SECRET or the file secret.key is lost: turns two-factor sign-in off for everybody, whose secrets nobody can read any more, and takes the next start’s key. Stop Trellis before.',
	options: {},
	run: () =>
		withDatabase(({ db }) =>
			db.transaction(async (tx) => {
				await tx.execute(sql`delete from second_factor`);
				await tx.execute(sql`delete from backup_code`);
				const told = await tx.execute(sql`update person set two_factor_enabled = false where two_factor_enabled`);
				await tx.execute(sql`delete from vault_proof`);
				console.log(`Two-factor sign-in is off for ${told.count} people, who may set it up again.`);
			})
		)
};
