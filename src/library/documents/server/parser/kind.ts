import { open, stat } from 'node:fs/promises';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { bounds } from './bounds.ts';
import { openZip, type Zip } from '#src/platform/server/zip.ts';
import { readXml } from '#src/platform/server/xml.ts';

export type Found =
	| { as: 'pdf' | 'rtf' | 'text' | 'markdown' | 'csv' | 'html' | 'svg' }
	| { as: 'docx' | 'pptx' | 'xlsx' | 'epub' | 'odf'; zip: Zip; type: string };

const offices: [RegExp, 'docx' | 'pptx' | 'xlsx'][] = [
	[/wordprocessingml|ms-word/, 'docx'],
	[/presentationml|ms-powerpoint/, 'pptx'],
	[/spreadsheetml|ms-excel/, 'xlsx']
];

const older =
	'Older Word, PowerPoint and Excel files (.doc, .ppt, .xls) are read where LibreOffice is installed beside Trellis. Save it as .docx, .pptx or .xlsx and share that.';

/** Tells what a file is by its bytes; the ending of its name counts among kinds of text alone. @throws Unreadable */
export async function kindOf(path: string, ending: string): Promise<Found> {
	const { size } = await stat(path);
	if (size === 0) throw new Unreadable('The file is empty.');
	if (size > bounds.file) throw new Unreadable('The file is longer than 100 MB: its text is not read.');
	const head = await headOf(path, 64 * 1024);
	if (head.subarray(0, 1024).includes('%PDF-')) return { as: 'pdf' };
	if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return packed(await openZip(path));
	if (head.subarray(0, 8).equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) throw new Unreadable(await oldOffice(path));
	if (head.subarray(0, 5).equals(Buffer.from('{\\rtf'))) return { as: 'rtf' };
	const utf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
	if (!utf16 && head.includes(0)) throw new Unreadable('This kind of file holds no text that could be read here.');
	const start = head
		.toString('latin1')
		.replace(/^\xef\xbb\xbf/, '')
		.trimStart();
	if (/^(<\?xml[^>]*>|<!--(?:(?!-->)[^])*-->|<!doctype svg\b([^[>]|\[[^\]]*\])*>|\s)*<svg[\s>]/i.test(start))
		return { as: 'svg' };
	if (/^(<!--(?:(?!-->)[^])*-->|\s)*<(!doctype html|html|head|body)\b/i.test(start)) return { as: 'html' };
	const endings: Record<string, 'markdown' | 'csv' | 'html'> = {
		md: 'markdown',
		markdown: 'markdown',
		csv: 'csv',
		tsv: 'csv',
		html: 'html',
		htm: 'html'
	};
	return { as: endings[ending] ?? 'text' };
}

async function headOf(path: string, bytes: number): Promise<Buffer> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}

async function packed(zip: Zip): Promise<Found> {
	if (zip.has('[Content_Types].xml')) {
		let found: Found | undefined;
		await readXml(zip.open('[Content_Types].xml'), {
			open(name, attribute) {
				const type = attribute('ContentType');
				// The part that is the document says so; templates and files with macros have names of their own.
				if (name !== 'Override' || !/\.main\+xml$/.test(type)) return;
				const as = offices.find(([pattern]) => pattern.test(type))?.[1];
				if (as) found ??= { as, zip, type };
			}
		});
		if (found) return found;
	}
	if (zip.has('mimetype')) {
		const type = (await zip.bytes('mimetype', 200)).toString('latin1').trim();
		if (type === 'application/epub+zip') return { as: 'epub', zip, type };
		if (type.startsWith('application/vnd.oasis.opendocument.')) return { as: 'odf', zip, type };
	}
	throw new Unreadable('This is a packed file (ZIP). What is in it is not read; unpack it and share the files.');
}

/** Older Office files and protected newer ones look alike from outside; names within tell them apart. */
async function oldOffice(path: string): Promise<string> {
	const head = await headOf(path, 4 * 1024 ** 2);
	return head.includes(Buffer.from('EncryptedPackage', 'utf16le'))
		? 'The file is protected by a password. Share a copy without one.'
		: older;
}
