import { basename, resolve } from 'node:path';
import { findFiles, importStackExchange } from '#src/import/stackexchange/import.ts';
import { reportLines, skippedCount } from '#src/core/import/report.ts';
import { spaceForImport, SPACE_KINDS, type SpaceKind } from '#src/import/space.ts';
import { onlyWord, textOption, UsageError, type Call, type Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '<folder> [--space slug] [--as kind] [--name name]',
	help: `Takes over a Stack Exchange dump: questions, answers, comments, people, duplicates and links.
The folder holds Posts.xml and, where there are, Users.xml, Comments.xml, Votes.xml, Tags.xml and PostLinks.xml.
Press Ctrl-C to pause; the same command goes on where it stood. See docs/importing.md.

  --space slug  the space to write into; by default one named after the folder, made on first use
  --as kind     what kind of space is made: ${SPACE_KINDS.join(', ')} (default: community)
  --name name   what the items are said to come from; by default the folder's name

Example: npm run trellis -- import stackexchange ./coffee.stackexchange.com --space coffee`,
	options: { space: { type: 'string' }, as: { type: 'string' }, name: { type: 'string' } },
	run
};

async function run(call: Call): Promise<void> {
	const folder = onlyWord(call, 'the folder of the dump');
	const kind = textOption(call, 'as') ?? 'community';
	if (!SPACE_KINDS.includes(kind as SpaceKind)) throw new UsageError(`--as is one of ${SPACE_KINDS.join(', ')}.`);
	// Before a space is made for what is not there.
	findFiles(folder);
	const name = textOption(call, 'name') ?? basename(resolve(folder));
	await withDatabase(async (tools) => {
		const spaceId = await spaceForImport(tools.db, { slug: textOption(call, 'space'), name, kind: kind as SpaceKind });
		const result = await importStackExchange(tools, { folder, spaceId, name, signal: call.signal, progress: true });
		const reports = [...result.files];
		for (const [file, report] of reports) for (const line of reportLines(file, report)) console.log(line);
		for (const file of result.missing) console.log(`${file}: not in the folder`);
		const skipped = reports.reduce((sum, [, report]) => sum + skippedCount(report), 0);
		const took = `${result.seconds.toFixed(1)} s`;
		console.log(
			result.stopped
				? `Paused after ${took}. The same command goes on from here.`
				: `Done in ${took}, ${skipped} skipped.`
		);
	});
}
