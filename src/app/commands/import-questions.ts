import { stat } from 'node:fs/promises';
import { authorForImport } from '#src/import/author.ts';
import { bringQuestions } from '#src/checks/carry/server/bring.ts';
import { reportLines } from '#src/core/import/report.ts';
import { openFiles } from '#src/platform/server/files.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { whyNot } from '#src/platform/server/trouble.ts';
import { onlyWord, textOption, UsageError, type Call, type Command } from './command.ts';
import { withDatabase } from './database.ts';

export const command: Command = {
	usage: '<file> --bank id [--author email]',
	help: `Takes over questions into a bank: Moodle XML, GIFT, QTI 2.1 or 3.0 (an item or a package), or CSV. Which of
them it is, the file tells. Questions that the bank has already stay as they are. See docs/importing.md.

  --bank id       the bank: the id in the address of its page
  --author email  who brings them, and reviews what is handed in; by default the admin who has been here longest

Example: npm run trellis -- import questions ./till.xml --bank 0199b5d0-3c1e-7cc1-9d5a-6f2a4b8e1c77 --author gwen@example.org`,
	options: { bank: { type: 'string' }, author: { type: 'string' } },
	run
};

async function run(call: Call): Promise<void> {
	const file = onlyWord(call, 'the file');
	const bank = textOption(call, 'bank');
	if (!bank) throw new UsageError('Name the bank with --bank.');
	await stat(file).catch((error: unknown) => {
		throw new UsageError(`${file} cannot be read: ${whyNot(error)}.`);
	});
	await withDatabase(async ({ db, config }) => {
		openFiles(config);
		const author = await authorForImport(db, textOption(call, 'author'));
		const { report } = await bringQuestions(db, author, bank, { path: file, name: file }).catch((error: unknown) => {
			throw error instanceof Unreadable ? new UsageError(error.message) : error;
		});
		for (const line of reportLines(file, report)) console.log(line);
	});
}
