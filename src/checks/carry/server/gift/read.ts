import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { decodePieces } from '#src/platform/server/charset.ts';
import { noMedia, NotCarried, originOf, type Carried } from '../carried.ts';
import { TextReader } from '../text.ts';
import { categoryOf } from '../category.ts';
import { linesOf } from '#src/platform/server/lines.ts';
import { parseQuestion } from './parse.ts';

/** Characters that a question may have; what is longer is no question but a file without empty lines. */
const MOST = 200_000;

/** Reads GIFT, a question at a time: they are parted by empty lines. */
export async function* readGift(content: AsyncIterable<Buffer>, report: FileReport): AsyncGenerator<Carried> {
	const texts = new TextReader(report);
	const around = { objective: '', texts, report };
	let block: string[] = [];
	let began = 0;
	let size = 0;
	for await (const { text, line } of linesOf(decodePieces(content))) {
		if (text.includes('\ufffd')) change(report, { line, reason: 'bytes that stand for no sign were replaced' });
		if (/^\s*\/\//.test(text)) continue;
		if (text.trim()) {
			if (block.length === 0) began = line;
			if ((size += text.length) <= MOST) block.push(text);
			continue;
		}
		yield* read(block, began, size, around);
		[block, size] = [[], 0];
	}
	yield* read(block, began, size, around);
}

interface Around {
	objective: string;
	texts: TextReader;
	report: FileReport;
}

function* read(block: string[], line: number, size: number, around: Around): Generator<Carried> {
	const { texts, report } = around;
	while (/^\s*\$CATEGORY:/i.test(block[0] ?? '')) {
		around.objective = categoryOf(block.shift()!.replace(/^\s*\$CATEGORY:/i, ''));
		line += 1;
	}
	if (block.length === 0) return;
	report.read += 1;
	texts.where = { line, what: '' };
	try {
		if (size > MOST) throw new NotCarried('it is longer than a question can be: is there an empty line after each?');
		const { title, content, lost } = parseQuestion(block.join('\n'), texts);
		if (!content) return leaveOut(report, 'texts between questions, which ask nothing');
		texts.where.what = title ? `“${title}”` : '';
		for (const reason of lost) change(report, { ...texts.where, reason });
		yield { id: originOf('', content), ...texts.where, objective: around.objective, content, media: noMedia };
	} catch (error) {
		if (!(error instanceof NotCarried)) throw error;
		skip(report, { ...texts.where, reason: error.message });
	}
}
