import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { ZipFile } from 'yazl';

/** A packed file of these parts, in this order. */
export async function aZip(parts: Record<string, string | Buffer>): Promise<Buffer> {
	const zip = new ZipFile();
	for (const [name, content] of Object.entries(parts))
		zip.addBuffer(Buffer.from(content as string), name, { compress: content.length > 0 });
	zip.end();
	return buffer(zip.outputStream);
}

export interface PdfPage {
	title: string;
	text: string;
}

/** A PDF with a page for each of these; its outline names them. */
export async function aPdf(
	pages: PdfPage[],
	options: PDFKit.PDFDocumentOptions = {},
	more: (pdf: PDFKit.PDFDocument) => void = () => {}
): Promise<Buffer> {
	const pdf = new PDFDocument({ autoFirstPage: false, ...options });
	const whole = buffer(pdf);
	for (const { title, text } of pages) {
		pdf.addPage();
		pdf.fontSize(20).text(title).moveDown().fontSize(11).text(text);
		pdf.outline.addItem(title);
	}
	more(pdf);
	pdf.end();
	await once(pdf, 'end');
	return whole;
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const relationship = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (list: Record<string, [type: string, target: string]>) =>
	`${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${Object.entries(
		list
	)
		.map(([id, [type, target]]) => `<Relationship Id="${id}" Type="${relationship}/${type}" Target="${target}"/>`)
		.join('')}</Relationships>`;
const types = (part: string, type: string) =>
	`${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/${part}" ContentType="application/vnd.openxmlformats-officedocument.${type}.main+xml"/></Types>`;

/** A Word file of this WordprocessingML body. @param more parts to add or replace */
export const aDocx = (body: string, more: Record<string, string | Buffer> = {}): Promise<Buffer> =>
	aZip({
		'[Content_Types].xml': types('word/document.xml', 'wordprocessingml.document'),
		'_rels/.rels': relations({ r1: ['officeDocument', 'word/document.xml'] }),
		'word/_rels/document.xml.rels': relations({ r1: ['styles', 'styles.xml'], r2: ['footnotes', 'footnotes.xml'] }),
		'word/styles.xml': `${declaration}<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Own"><w:name w:val="Own"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>`,
		'word/document.xml': `${declaration}<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
		...more
	});

/** A paragraph of a Word file. */
export const wordParagraph = (text: string, style = ''): string =>
	`<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t>${escaped(text)}</w:t></w:r></w:p>`;

export interface SlideSample {
	title: string;
	lines: string[];
	notes?: string;
	hidden?: boolean;
}

const shape = (type: string, lines: string[]) =>
	`<p:sp><p:nvSpPr><p:cNvPr id="2" name="x"/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:txBody>${lines
		.map((line) => `<a:p><a:r><a:t>${escaped(line)}</a:t></a:r></a:p>`)
		.join('')}</p:txBody></p:sp>`;

/** A PowerPoint file. Its slides lie in the file in another order than they are shown. */
export async function aPptx(slides: SlideSample[]): Promise<Buffer> {
	const parts: Record<string, string> = {
		'[Content_Types].xml': types('ppt/presentation.xml', 'presentationml.presentation'),
		'_rels/.rels': relations({ r1: ['officeDocument', 'ppt/presentation.xml'] }),
		'ppt/presentation.xml': `${declaration}<p:presentation xmlns:p="p" xmlns:r="r"><p:sldIdLst>${slides.map((_, at) => `<p:sldId id="${256 + at}" r:id="r${at}"/>`).join('')}</p:sldIdLst></p:presentation>`,
		'ppt/_rels/presentation.xml.rels': relations(
			Object.fromEntries(slides.map((_, at) => [`r${at}`, ['slide', `slides/slide${slides.length - at}.xml`]]))
		)
	};
	for (const [at, { title, lines, notes, hidden }] of slides.entries()) {
		const name = `slide${slides.length - at}`;
		parts[`ppt/slides/${name}.xml`] =
			`${declaration}<p:sld xmlns:p="p" xmlns:a="a"${hidden ? ' show="0"' : ''}><p:cSld><p:spTree>${shape('title', [title])}${shape('body', lines)}${shape('sldNum', ['7'])}</p:spTree></p:cSld></p:sld>`;
		if (!notes) continue;
		parts[`ppt/slides/_rels/${name}.xml.rels`] = relations({ r1: ['notesSlide', `../notesSlides/${name}.xml`] });
		parts[`ppt/notesSlides/${name}.xml`] =
			`${declaration}<p:notes xmlns:p="p" xmlns:a="a">${shape('body', [notes])}${shape('sldNum', ['7'])}</p:notes>`;
	}
	return aZip(parts);
}

/** An Excel file of sheets given as SpreadsheetML rows. */
export function anXlsx(
	sheets: { name: string; rows: string; hidden?: boolean }[],
	more: Record<string, string> = {}
): Promise<Buffer> {
	return aZip({
		'[Content_Types].xml': types('xl/workbook.xml', 'spreadsheetml.sheet'),
		'_rels/.rels': relations({ r1: ['officeDocument', 'xl/workbook.xml'] }),
		'xl/workbook.xml': `${declaration}<workbook xmlns:r="r"><sheets>${sheets.map(({ name, hidden }, at) => `<sheet name="${escaped(name)}" sheetId="${at + 1}" r:id="r${at}"${hidden ? ' state="hidden"' : ''}/>`).join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': relations({
			...Object.fromEntries(sheets.map((_, at) => [`r${at}`, ['worksheet', `worksheets/sheet${at + 1}.xml`]])),
			s: ['sharedStrings', 'sharedStrings.xml'],
			t: ['styles', 'styles.xml']
		}),
		'xl/sharedStrings.xml': `${declaration}<sst><si><t>Article</t></si><si><r><t>Pri</t></r><r><t>ce</t></r><rPh><t>aside</t></rPh></si></sst>`,
		'xl/styles.xml': `${declaration}<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
		...Object.fromEntries(
			sheets.map(({ rows }, at) => [
				`xl/worksheets/sheet${at + 1}.xml`,
				`${declaration}<worksheet><sheetData>${rows}</sheetData></worksheet>`
			])
		),
		...more
	});
}

/** An OpenDocument file. @param kind such as `text`, `presentation`, `spreadsheet` */
export const anOdf = (kind: string, body: string, more: Record<string, string> = {}): Promise<Buffer> =>
	aZip({
		mimetype: `application/vnd.oasis.opendocument.${kind}`,
		'content.xml': `${declaration}<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="a" xmlns:draw="d" xmlns:presentation="p"><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document-content>`,
		...more
	});
