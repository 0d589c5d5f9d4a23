import { createRequire } from 'node:module';

/** A document of pages that is being written, with the fonts `text`, `strong` and `slanted`. */
export type Sheets = PDFKit.PDFDocument;

export interface SheetOptions {
	title: string;
	author: string;
	subject?: string;
	/** Points around each page. */
	margin: number;
	/** Keeps all pages until the end, so that their feet can be written last. */
	buffered?: boolean;
}

/** Where the letters come from: Latin, Greek and Cyrillic, also of names with rare marks. */
const font = (style: '400Regular' | '600SemiBold' | '400Regular_Italic') =>
	createRequire(import.meta.url).resolve(`@expo-google-fonts/noto-sans/${style}/NotoSans_${style}.ttf`);

/** A4 in points. */
export const A4 = { width: 595.28, height: 841.89 };

export const INK = '#1d2321';
export const SOFT = '#5a6562';
export const ACCENT = '#0b6b57';
export const LINE = '#d9e0de';

/** Writes pages as PDF. @example await writePdf({ title, author, margin: 64 }, (sheets) => sheets.text('So.')) */
export async function writePdf(
	{ title, author, subject = '', margin, buffered = false }: SheetOptions,
	draw: (sheets: Sheets) => void | Promise<void>
): Promise<Buffer> {
	const { default: PDFDocument } = await import('pdfkit');
	const document = new PDFDocument({
		...{ size: 'A4', margin, lang: 'en', displayTitle: true, pdfVersion: '1.7', bufferPages: buffered },
		info: { Title: title, Author: author, Subject: subject }
	});
	const parts: Buffer[] = [];
	document.on('data', (part: Buffer) => parts.push(part));
	const ended = new Promise((done) => document.on('end', done));
	document
		.registerFont('text', font('400Regular'))
		.registerFont('strong', font('600SemiBold'))
		.registerFont('slanted', font('400Regular_Italic'));
	await draw(document);
	document.end();
	await ended;
	return Buffer.concat(parts);
}
