import { rows, sql } from '#src/platform/server/db.ts';
import type { Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '',
	help: 'Counts people, spaces and items by kind.',
	options: {},
	run: () =>
		withDatabase(async ({ db, config }) => {
			console.log(
				`Database: ${config.DATABASE_URL ? 'the one DATABASE_URL names' : `embedded, in ${config.DATA_DIR}`}`
			);
			const counts = await rows<{ what: string; count: string }>(
				db,
				sql`select 'people' as what, count(*) from person union all select 'spaces', count(*) from space
					union all (select 'items of kind ' || kind, count(*) from item group by kind order by kind)`
			);
			for (const { what, count } of counts) console.log(`  ${count.padStart(8)}  ${what}`);
		})
};
