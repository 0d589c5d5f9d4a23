import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { authorForImport } from '#src/import/author.ts';
import { exportFormats, type ExportFormat } from '#src/checks/carry/import.ts';
import { exportQuestions } from '#src/checks/carry/server/export.ts';
import { reportLines } from '#src/core/import/report.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { onlyWord, textOption, UsageError, type Call, type Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: `<file> --bank id --format ${exportFormats.join('|')} [--as email]`,
	help: `Writes the questions of a bank with their answers into a new file, and tells what the format has no place for.

  --bank id      the bank: the id in the address of its page
  --format name  ${exportFormats.join(', ')}
  --as email     who takes them away; by default the admin who has been here longest

Example: npm run trellis -- export questions ./till.xml --bank 0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77 --format moodle --as gwen@example.org`,
	options: { bank: { type: 'string' }, format: { type: 'string' }, as: { type: 'string' } },
	run
};

async function run(call: Call): Promise<void> {
	const file = onlyWord(call, 'the file');
	const bank = textOption(call, 'bank');
	const format = textOption(call, 'format') as ExportFormat | undefined;
	if (!bank) throw new UsageError('Name the bank with --bank.');
	if (!format || !exportFormats.includes(format))
		throw new UsageError(`--format is one of ${exportFormats.join(', ')}.`);
	await withDatabase(async ({ db, config }) => {
		openFiles(config);
		const viewer = await authorForImport(db, textOption(call, 'as'));
		const { content, report } = await exportQuestions(db, viewer, bank, format);
		const target = createWriteStream(file, { flags: 'wx' });
		await pipeline(Readable.from(content, { objectMode: false }), target).catch((error: NodeJS.ErrnoException) => {
			throw error.code === 'EEXIST' ? new UsageError(`${file} is there already.`) : error;
		});
		for (const line of reportLines(file, report)) console.log(line);
	});
}
