import { readFile } from 'node:fs/promises';
import { authorForImport } from '#src/import/author.ts';
import { readBookmarks } from '#src/import/bookmarks/formats.ts';
import { reportLines } from '#src/core/import/report.ts';
import { writeLinks } from '#src/library/links/server/bring.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { whyNot } from '#src/platform/server/trouble.ts';
import { onlyWord, textOption, UsageError, type Call, type Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '<file> --space slug [--author email]',
	help: `Takes over links: bookmarks of a browser (HTML), or what Karakeep (JSON), Linkwarden (JSON) or Pocket
(HTML, CSV) exported. Which of them it is, the file tells. Links that the space has already stay as they are, so
the same file again changes nothing. Their pages are read afterwards by a running Trellis. See docs/importing.md.

  --space slug    the space to write into
  --author email  who shares them; by default the admin who has been here longest

Example: npm run trellis -- import bookmarks ./bookmarks.html --space everybody`,
	options: { space: { type: 'string' }, author: { type: 'string' } },
	run
};

async function run(call: Call): Promise<void> {
	const file = onlyWord(call, 'the file');
	const slug = textOption(call, 'space');
	if (!slug) throw new UsageError('Name the space to write into with --space.');
	const content = await readFile(file).catch((error: unknown) => {
		throw new UsageError(`${file} cannot be read: ${whyNot(error)}.`);
	});
	const brought = readBookmarks(content);
	if (!brought)
		throw new UsageError(`${file} is neither a browser's bookmarks nor an export of Karakeep, Linkwarden or Pocket.`);
	await withDatabase(async ({ db }) => {
		const space = await row<{ id: string }>(db, sql`select id from space where slug = ${slug}`);
		if (!space) throw notFound(`There is no space "${slug}".`);
		const author = await authorForImport(db, textOption(call, 'author'));
		const counts = await writeLinks(db, author, space.id, brought.format, brought.links);
		for (const line of reportLines(file, { ...brought.report, ...counts })) console.log(line);
	});
}
