import { address } from '#src/demo/organisation.ts';
import { ORGANISATION, PASSWORD, people } from '#src/demo/content/people.ts';
import { fillDemo } from '#src/demo/fill.ts';
import { openFiles } from '#src/platform/server/files.ts';
import type { Call, Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '[--again]',
	help: `Fills ${ORGANISATION}, an example organisation: thirty people, eight spaces, two hundred items of the last
sixty days. Meant for looking around and for screenshots, not for an installation people work in.

  --again  take an earlier example away, with all that is in its spaces, and fill it anew`,
	options: { again: { type: 'boolean' } },
	run
};

async function run({ values }: Call): Promise<void> {
	await withDatabase(async ({ db, config }) => {
		openFiles(config);
		const { people: persons, spaces, items } = await fillDemo(db, { again: values.again === true });
		console.log(`${ORGANISATION} is here: ${persons} people, ${spaces} spaces, ${items} items.\n`);
		console.log(`Sign in as any of them with the password  ${PASSWORD}\n`);
		for (const { key, name, headline } of people) console.log(`  ${address(key).padEnd(32)}${name}, ${headline}`);
	});
}
