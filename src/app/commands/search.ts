import { catchUp } from '#src/core/search/server/indexing.ts';
import type { Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '[--all]',
	help: '  --all  read every item again, also those that seem up to date (after a change of language)\n\nExample: npm run trellis -- search --all',
	options: { all: { type: 'boolean' } },
	run: ({ values }) =>
		withDatabase(async ({ db }) => {
			const done = await catchUp(db, { all: values.all === true }, (count) => console.log(`  ${count} items`));
			console.log(`The search index is up to date; ${done} items were read.`);
		})
};
