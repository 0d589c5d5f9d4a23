import { authorForImport } from '#src/import/author.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { exportSite } from '#src/site/export.ts';
import { siteExtras } from '../server/site-extras.ts';
import { textOption, UsageError, type Call, type Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '<space> <folder> --as email',
	help: `Writes a space as a site of plain pages that needs no server and no script: an index by kind, a page for each
item with its files, and links that lead from one to the other. It holds what the person named may read, and
names nobody who wrote without their name. The folder must be new or empty. See docs/importing.md.

  --as email  for whom the space is read

Example: npm run trellis -- export site shop-floor ./shop-floor --as nora@harrowfinch.example`,
	options: { as: { type: 'string' } },
	run
};

async function run(call: Call): Promise<void> {
	const [slug, folder, ...more] = call.positionals;
	if (!slug || !folder || more.length > 0) throw new UsageError('Name the space and the folder to write into.');
	const email = textOption(call, 'as');
	if (!email) throw new UsageError('Name with --as the person for whom the space is read.');
	await withDatabase(async ({ db, config }) => {
		openFiles(config);
		const viewer = await authorForImport(db, email);
		const space = await spaceBySlug(db, viewer, slug);
		if (!viewer.readableSpaces.includes(space.id)) throw notFound(`"${slug}" is not open to ${email}.`);
		const input = { space, folder, extras: siteExtras(db), origin: config.ORIGIN, signal: call.signal };
		const { items, files, lost, stopped } = await exportSite(db, viewer, input);
		console.log(`${folder}: ${items} items, ${files} files`);
		if (lost.length > 0) console.log(`  ${lost.length} files are not in the store any more: ${lost.join(', ')}`);
		if (stopped) console.log('Stopped before the end: the site is not whole.');
	});
}
