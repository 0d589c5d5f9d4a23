import { authorForImport } from '#src/import/author.ts';
import { importArchive } from '#src/import/bring/import.ts';
import type { BringKind } from '#src/import/bring/kinds.ts';
import { Progress } from '#src/import/progress.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { Failure, notFound } from '#src/platform/server/errors.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { shelf } from '../server/shelf.ts';
import { onlyWord, textOption, UsageError, type Call, type Command } from './command.ts';
import { withDatabase } from './database.ts';

const about: Record<BringKind, string> = {
	folder: `Takes over a folder, or a ZIP of one: Markdown becomes pages, every other file a resource, and each folder
a collection. Hidden files and what systems and editors leave behind are passed over.`,
	bookstack: `Takes over what BookStack exported: the portable ZIP of a book, a chapter or a page, an HTML file, or a
folder or ZIP of these. Books and chapters become collections, with their pages, pictures and attachments.`,
	confluence: `Takes over a space that Confluence exported, as HTML or as XML, as the ZIP it comes in or unpacked: pages with
their pictures and attachments, the tree of pages as collections.`,
	package: `Takes over a SCORM 1.2, SCORM 2004 or cmi5 package, as a ZIP or unpacked: its pages, documents and films become
the content of a check, in their order, which binds nobody. Time limits, forced order, scores and scripts stay behind,
and the command says which. Questions in Moodle XML, GIFT or QTI go into the bank of the check.`
};

/** The command of one kind of import: they differ in what they read only. */
export const archiveCommand = (kind: BringKind): Command => ({
	usage: '<folder or ZIP> --space slug [--author email] [--name name]',
	help: `${about[kind]}
Again, it adds what is new, gives what changed a new version and leaves the rest alone. See docs/importing.md.

  --space slug    the space to write into
  --author email  who shares it here; by default the admin who has been here longest
  --name name     what it is said to come from; by default the name it has itself

Example: npm run trellis -- import ${kind} ./handbook.zip --space everybody`,
	options: { space: { type: 'string' }, author: { type: 'string' }, name: { type: 'string' } },
	run: (call) => run(kind, call)
});

async function run(kind: BringKind, call: Call): Promise<void> {
	const path = onlyWord(call, 'the folder or ZIP');
	const slug = textOption(call, 'space');
	if (!slug) throw new UsageError('Name the space to write into with --space.');
	await withDatabase(async ({ db, config }) => {
		openFiles(config);
		const space = await row<{ id: string }>(db, sql`select id from space where slug = ${slug}`);
		if (!space) throw notFound(`There is no space "${slug}".`);
		const author = await authorForImport(db, textOption(call, 'author'));
		let bar: Progress | undefined;
		const result = await importArchive(db, {
			...{ kind, path, spaceId: space.id, author, shelf, name: textOption(call, 'name'), signal: call.signal },
			onProgress: (done, total) => (bar ??= new Progress(total, 'things')).show('Brought', done, done)
		}).catch((error: unknown) => {
			const wrong = error instanceof Failure && error.fields.file;
			throw wrong ? new UsageError(`${path} ${wrong.replace(/\.$/, '')}.`) : error;
		});
		bar?.end();
		for (const line of result.lines) console.log(line);
	});
}
