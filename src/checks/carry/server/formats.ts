import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { FileReport } from '#src/core/import/report.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { openZip } from '#src/platform/server/zip.ts';
import type { Carried } from './carried.ts';
import { isHead, readCsv } from './csv/read.ts';
import { readGift } from './gift/read.ts';
import { readMoodle } from './moodle/read.ts';
import { readItems, readPackage } from './qti/read.ts';

export interface Opened {
	/** Names the format in provenance: `moodle`. */
	format: string;
	questions: AsyncIterable<Carried>;
	close?(): void;
}

/**
 * Opens a file of questions: which format it is, its beginning tells.
 * @throws Unreadable for what is none of them
 */
export async function openQuestions(
	{ path, name }: { path: string; name: string },
	report: FileReport
): Promise<Opened> {
	const head = await headOf(path);
	if (head.startsWith('PK')) {
		const zip = await openZip(path);
		return { format: 'qti', questions: readPackage(zip, report), close: zip.close };
	}
	const content = createReadStream(path) as AsyncIterable<Buffer>;
	if (/^[^<]{0,3}</.test(head) && /<quiz\b/.test(head))
		return { format: 'moodle', questions: readMoodle(content, report) };
	if (/^[^<]{0,3}</.test(head) && /<(?:\w+:)?(?:qti-assessment-item|assessmentItem)\b/.test(head))
		return { format: 'qti', questions: readItems(content, report) };
	if (/<questestinterop\b/.test(head))
		throw new Unreadable('This is QTI 1.2. Export it as QTI 2.1 or newer, or as Moodle XML.');
	if (/^sep=/i.test(head) || isHead(head.split(/\r|\n/, 1)[0]!))
		return { format: 'csv', questions: readCsv(content, report) };
	if (/\.csv$/i.test(name)) throw new Unreadable('The first line of the table names no column “prompt” or “question”.');
	if (/^\s*(::|\$CATEGORY:)/m.test(head) || /\{[^{}]*[=~#}]/.test(head) || /\.gift(\.txt)?$/i.test(name))
		return { format: 'gift', questions: readGift(content, report) };
	throw new Unreadable('This is no file of questions that can be read here: Moodle XML, GIFT, QTI or CSV.');
}

const HEAD = 16 * 1024;

async function headOf(path: string): Promise<string> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
		const wide = buffer[0] === 0xff || buffer[1] === 0;
		return buffer
			.subarray(0, bytesRead)
			.toString(wide ? 'utf16le' : 'utf8')
			.replace(/^\ufeff/, '')
			.trimStart();
	} finally {
		await file.close();
	}
}
