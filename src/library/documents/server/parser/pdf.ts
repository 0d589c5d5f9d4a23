import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getDocument, VerbosityLevel, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Heading } from '../../document.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { bounds, Enough } from './bounds.ts';
import { line, type Out } from './out.ts';
import { linesOf, Sizes, toBlocks } from './pdf-lines.ts';

const library = resolve('node_modules/pdfjs-dist');
const folder = (name: string) => pathToFileURL(join(library, name, '/')).href;

/** Opens a PDF. Scripts in it are never run: nothing here could. @throws Unreadable */
export async function openPdf(path: string): Promise<PDFDocumentProxy> {
	const data = new Uint8Array(await readFile(path));
	const task = getDocument({
		data,
		cMapUrl: folder('cmaps'),
		standardFontDataUrl: folder('standard_fonts'),
		wasmUrl: folder('wasm'),
		useSystemFonts: false,
		disableFontFace: true,
		maxImageSize: 40_000_000,
		verbosity: VerbosityLevel.ERRORS
	});
	return task.promise.catch((error: Error) => {
		throw new Unreadable(
			error.name === 'PasswordException'
				? 'The file is protected by a password. Share a copy without one.'
				: 'The file is damaged or was cut off: it cannot be opened as a PDF.'
		);
	});
}

/** A PDF page by page, with the headings of its outline, or those told by the size of their letters. */
export async function readPdf(path: string, out: Out): Promise<void> {
	out.about('PDF', 'page');
	const pdf = await openPdf(path);
	if (await hasScript(pdf))
		out.note('It contains a script. It is not run here; be careful when you open the original.');
	const last = Math.min(pdf.numPages, pdf.numPages > bounds.many ? bounds.pagesOfMany : bounds.pages);
	const outline = await outlineOf(pdf, last);
	if (outline.length > 0) out.outline(outline);
	const sizes = new Sizes();
	let [empty, broken] = [0, 0];
	for (let no = 1; no <= last; no += 1) {
		if (process.cpuUsage().user > bounds.seconds * 1e6)
			throw new Enough(`Reading it takes very long: the first ${no - 1} pages were read.`);
		const lines = await readPage(pdf, no);
		if (!lines) broken += 1;
		else if (lines.length === 0) empty += 1;
		sizes.add(lines ?? []);
		const blocks = toBlocks(lines ?? [], sizes.body);
		const first = outline.find((heading) => heading.no === no)?.title ?? blocks.find(({ kind }) => kind === 'heading');
		const title = typeof first === 'string' ? first : first?.kind === 'heading' ? first.text : '';
		out.part({ anchor: `page-${no}`, locator: `Page ${no}`, title, blocks });
	}
	if (broken > 0) out.note(`${broken === 1 ? 'One page is' : `${broken} pages are`} damaged and could not be read.`);
	if (empty === last) out.note('Its pages are pictures: they hold no text that could be searched.');
	if (last < pdf.numPages)
		throw new Enough(
			`It has ${pdf.numPages.toLocaleString('en')} pages: the first ${last.toLocaleString('en')} were read.`
		);
}

/** @returns nothing where the page is damaged */
async function readPage(pdf: PDFDocumentProxy, no: number) {
	try {
		const page = await pdf.getPage(no);
		const { items } = await page.getTextContent({ includeMarkedContent: false });
		page.cleanup();
		return linesOf(items as never);
	} catch {
		return undefined;
	}
}

async function hasScript(pdf: PDFDocumentProxy): Promise<boolean> {
	try {
		return (await pdf.hasJSActions()) || Boolean(await pdf.getJSActions());
	} catch {
		return false;
	}
}

type OutlineNode = { title: string; dest: string | unknown[] | null; items: OutlineNode[] };

async function outlineOf(pdf: PDFDocumentProxy, last: number): Promise<Heading[]> {
	const headings: Heading[] = [];
	const walk = async (nodes: OutlineNode[], level: number): Promise<void> => {
		for (const { title, dest, items } of nodes) {
			if (headings.length >= bounds.headings || level > 6) return;
			const no = await pageOf(pdf, dest);
			if (no && no <= last) headings.push({ title: line(title, 200), level, no });
			if (items.length > 0) await walk(items, level + 1);
		}
	};
	await walk(((await pdf.getOutline().catch(() => null)) ?? []) as OutlineNode[], 1);
	return headings;
}

async function pageOf(pdf: PDFDocumentProxy, dest: OutlineNode['dest']): Promise<number | undefined> {
	try {
		const place = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
		const [target] = place ?? [];
		if (typeof target === 'number') return target + 1;
		return target ? (await pdf.getPageIndex(target as never)) + 1 : undefined;
	} catch {
		return undefined;
	}
}
