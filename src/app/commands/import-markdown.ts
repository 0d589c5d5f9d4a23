import { authorForImport } from '#src/import/author.ts';
import { importMarkdown } from '#src/import/markdown/import.ts';
import { reportLines } from '#src/core/import/report.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { onlyWord, textOption, UsageError, type Call, type Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '<folder> --space slug [--author email] [--name name] [--prune]',
	help: `Takes over a folder of Markdown: a page for each file, with its images, its tags and links between files.
Run it again when files changed: new ones are added, changed ones get a new revision. See docs/importing.md.

  --space slug    the space to write into
  --author email  who the pages belong to; by default the admin who has been here longest
  --name name     what the pages are said to come from; by default the folder's last two names
  --prune         archive pages whose file is gone

Example: npm run trellis -- import markdown ./handbook --space everyone`,
	options: {
		space: { type: 'string' },
		author: { type: 'string' },
		name: { type: 'string' },
		prune: { type: 'boolean' }
	},
	run
};

async function run(call: Call): Promise<void> {
	const folder = onlyWord(call, 'the folder');
	const slug = textOption(call, 'space');
	if (!slug) throw new UsageError('Name the space to write into with --space.');
	await withDatabase(async ({ db, config }) => {
		openFiles(config);
		const space = await row<{ id: string }>(db, sql`select id from space where slug = ${slug}`);
		if (!space) throw notFound(`There is no space "${slug}".`);
		const author = await authorForImport(db, textOption(call, 'author'));
		const result = await importMarkdown(db, {
			...{ folder, spaceId: space.id, author, name: textOption(call, 'name'), prune: call.values.prune === true },
			...{ signal: call.signal, progress: true }
		});
		for (const line of reportLines(folder, result.report)) console.log(line);
		const { updated, unchanged, files, vanished, seconds } = result;
		console.log(`${updated} updated, ${unchanged} unchanged, ${files} files stored`);
		if (vanished.length > 0)
			console.log(
				`${vanished.length} gone from the folder${call.values.prune ? ', archived' : ' (--prune archives them)'}: ${vanished.join(', ')}`
			);
		console.log(result.stopped ? 'Paused. The same command goes on from here.' : `Done in ${seconds.toFixed(1)} s.`);
	});
}
