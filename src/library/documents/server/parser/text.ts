import MarkdownParser from 'markdown-it';
import { decodeText } from '#src/platform/server/charset.ts';
import { bounds, Enough } from './bounds.ts';
import { readHtmlInto } from './html.ts';
import type { Out } from './out.ts';
import { Rows, Sections } from './sections.ts';

const SCRIPT = 'It contains a script. It is not run here; be careful when you open the original.';

export function readPlain(content: Buffer, out: Out): void {
	out.about('Text', 'section');
	const sections = new Sections(out);
	for (const paragraph of decodeText(content).split(/\r?\n[ \t]*\r?\n/))
		sections.add({ kind: 'text', text: paragraph });
	sections.end();
}

export function readMarkdown(content: Buffer, out: Out): void {
	out.about('Markdown', 'section');
	const sections = new Sections(out);
	const source = decodeText(content).replace(/^---\r?\n[^]*?\r?\n---\r?\n/, '');
	readHtmlInto(new MarkdownParser({ html: false }).render(source.slice(0, bounds.text)), (block) =>
		sections.add(block)
	);
	sections.end();
}

export function readHtml(content: Buffer, out: Out): void {
	out.about('Web page', 'section');
	const sections = new Sections(out);
	const { scripts } = readHtmlInto(decodeText(content), (block) => sections.add(block));
	sections.end();
	if (scripts) out.note(SCRIPT);
}

/** A drawing: what is written in it. */
export function readSvg(content: Buffer, out: Out): void {
	out.about('Drawing', 'section');
	const source = decodeText(content).replace(/<!doctype svg\b([^[>]|\[[^\]]*\])*>/i, '');
	const sections = new Sections(out);
	// Its words are read as those of a page would be: one line each.
	const flat = source.replace(/<(\/?)(svg:)?(text|title|desc)\b[^>]*>/gi, (_, end) => (end ? '</p>' : '<p>'));
	const { scripts } = readHtmlInto(flat.replace(/<\/?svg\b[^>]*>/gi, ''), (block) => sections.add(block));
	sections.end();
	if (scripts || /\son\w+\s*=/i.test(source)) out.note(SCRIPT);
}

/** Rows of cells, parted by what parts the first line most often. */
export function readCsv(content: Buffer, out: Out): void {
	out.about('Table', 'sheet');
	const text = decodeText(content);
	const first = text.slice(0, 4000).split(/\r?\n/, 1)[0] ?? '';
	const mark = [',', ';', '\t', '|'].sort((a, b) => first.split(b).length - first.split(a).length)[0]!;
	const rows = new Rows(out, 1, '');
	let cells = 0;
	for (const row of rowsOf(text.replace(/^\ufeff/, ''), mark)) {
		rows.add(row.slice(0, bounds.columns));
		if ((cells += row.length) <= bounds.cells) continue;
		rows.end();
		throw new Enough(`It has very many cells: the first ${bounds.cells.toLocaleString('en')} were read.`);
	}
	rows.end();
}

/** RFC 4180, forgiving: a quote that is never closed ends at the end. */
function* rowsOf(text: string, mark: string): Generator<string[]> {
	let row: string[] = [];
	let [cell, quoted] = ['', false];
	for (let at = 0; at < text.length; at += 1) {
		const letter = text[at]!;
		if (quoted) {
			if (letter !== '"') cell += letter;
			else if (text[at + 1] === '"') cell += text[(at += 1)];
			else quoted = false;
		} else if (letter === '"' && cell === '') quoted = true;
		else if (letter === mark) {
			row.push(cell);
			cell = '';
		} else if (letter === '\n') {
			yield [...row, cell.replace(/\r$/, '')];
			[row, cell] = [[], ''];
		} else cell += letter;
	}
	if (cell || row.length > 0) yield [...row, cell];
}
