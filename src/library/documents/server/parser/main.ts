/** The program of the parser process: `main.ts text PATH ENDING` or `main.ts pictures PATH`. Tells what it finds as lines of JSON. */
import './lockdown.ts';
import { writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { Enough } from './bounds.ts';
import { kindOf, type Found } from './kind.ts';
import { Out, type Message } from './out.ts';

/** Endings that fit each kind; a name with one that fits another is told of. */
const endings: Partial<Record<Found['as'], string[]>> = {
	pdf: ['pdf'],
	docx: ['docx', 'docm', 'dotx', 'dotm', 'doc'],
	pptx: ['pptx', 'pptm', 'ppsx', 'ppsm', 'potx', 'potm', 'ppt'],
	xlsx: ['xlsx', 'xlsm', 'xltx', 'xltm', 'xls'],
	odf: ['odt', 'odp', 'ods', 'ott', 'otp', 'ots'],
	epub: ['epub'],
	rtf: ['rtf', 'doc'],
	html: ['html', 'htm', 'xhtml'],
	svg: ['svg']
};
const known = new Set([...Object.values(endings).flat(), 'txt', 'md', 'csv', 'png', 'jpg', 'zip']);

/** Of the processor, in microseconds, until it last rested. */
let used = { user: 0, system: 0 };
const nobody = new Int32Array(new SharedArrayBuffer(4));

const [, , task, path = '', ending = ''] = process.argv;
const send = (message: Message) => {
	tell(Buffer.from(`${JSON.stringify(message)}\n`));
	if (message.tell === 'part' || message.tell === 'picture') rest();
};
const out = new Out(send);

// To start has cost much already.
rest();
try {
	if (task === 'pictures') await (await import('./pictures.ts')).drawPages(path, send);
	else await read(await kindOf(path, ending));
	out.end();
} catch (error) {
	if (error instanceof Enough) {
		out.note(error.message);
		out.end();
	} else if (error instanceof Unreadable) send({ tell: 'unreadable', reason: error.message });
	else throw error;
}
// A reader may have left something open.
process.exit(0);

/**
 * Works a third of the time at most: a processor shares caches and units with its neighbour, so
 * even one that nobody else wants slows pages down while it is busy.
 */
function rest(): void {
	const { user, system } = process.cpuUsage(used);
	// On a busy machine each rest ends late: few long ones cost less than many short ones.
	if (user + system < 50_000) return;
	Atomics.wait(nobody, 0, 0, Math.min(1000, ((user + system) / 1000) * 2));
	used = process.cpuUsage();
}

/** Waits until it is taken: what is told grows no faster than it is heard, and nothing is lost at the end. */
function tell(line: Buffer): void {
	for (let at = 0; at < line.length;) at += writeSync(1, line, at);
}

async function read(found: Found): Promise<void> {
	const told = endings[found.as];
	if (told && ending && !told.includes(ending) && known.has(ending))
		out.note(`Its name ends in .${ending}, but it is something else. It was read as what it is.`);
	if (found.as === 'pdf') return (await import('./pdf.ts')).readPdf(path, out);
	if (found.as === 'docx') return (await import('./docx.ts')).readDocx(found.zip, out);
	if (found.as === 'pptx') return (await import('./pptx.ts')).readPptx(found.zip, out);
	if (found.as === 'xlsx') return (await import('./xlsx.ts')).readXlsx(found.zip, out);
	if (found.as === 'odf') return (await import('./odf.ts')).readOdf(found.zip, found.type, out);
	if (found.as === 'epub') return (await import('./epub.ts')).readEpub(found.zip, out);
	const content = await readFile(path);
	if (found.as === 'rtf') return (await import('./rtf.ts')).readRtf(content, out);
	const text = await import('./text.ts');
	const readers = {
		text: text.readPlain,
		markdown: text.readMarkdown,
		csv: text.readCsv,
		html: text.readHtml,
		svg: text.readSvg
	};
	readers[found.as](content, out);
}
