import type { Block } from '../../document.ts';
import { Unreadable } from '#src/platform/server/unreadable.ts';
import { bounds, Enough } from './bounds.ts';
import type { Out } from './out.ts';
import { tellSlide, type Slide } from './pptx.ts';
import { Rows, Sections } from './sections.ts';
import { readXml, type Listener } from '#src/platform/server/xml.ts';
import type { Zip } from '#src/platform/server/zip.ts';

/** What a reader of the text takes: paragraphs and tables, and where slides and sheets begin and end. */
interface Taker {
	block(block: Block): void;
	/** A row of a table that stands for itself, as in a sheet. */
	row?(cells: string[], number: number): void;
	begin?(name: string, attribute: (name: string) => string): void;
	end?(name: string): void;
}

/** OpenDocument: text, slides and sheets. */
export async function readOdf(zip: Zip, type: string, out: Out): Promise<void> {
	await checkOpen(zip);
	if (zip.names.some((name) => /^(Basic|Scripts)\//.test(name) && !name.endsWith('/')))
		out.note('It contains macros (programs). They were not run; be careful when you open the original.');
	if (zip.has('Thumbnails/thumbnail.png')) out.cover(await zip.bytes('Thumbnails/thumbnail.png', 2 * 1024 ** 2));
	if (type.includes('presentation')) await readSlides(zip, out);
	else if (type.includes('spreadsheet')) await readSheets(zip, out);
	else await readText(zip, out);
}

async function checkOpen(zip: Zip): Promise<void> {
	let locked = false;
	if (zip.has('META-INF/manifest.xml')) {
		await readXml(zip.open('META-INF/manifest.xml'), {
			open: (name) => void (name === 'encryption-data' && (locked = true))
		});
	}
	if (locked) throw new Unreadable('The file is protected by a password. Share a copy without one.');
}

async function readText(zip: Zip, out: Out): Promise<void> {
	out.about('OpenDocument text', 'section');
	const sections = new Sections(out);
	await readXml(zip.open('content.xml'), content({ block: (block) => sections.add(block) }));
	sections.end();
}

async function readSlides(zip: Zip, out: Out): Promise<void> {
	out.about('OpenDocument presentation', 'slide');
	let [no, inNotes, isTitle, inBody] = [0, false, false, false];
	let slide: Slide = { title: '', blocks: [], notes: [], hidden: false };
	await readXml(
		zip.open('content.xml'),
		content({
			block(block) {
				if (inNotes) slide.notes.push(block.kind === 'table' ? '' : block.text);
				else if (isTitle && block.kind !== 'table') slide.title = [slide.title, block.text].filter(Boolean).join(' ');
				else slide.blocks.push(block);
			},
			begin(name, attribute) {
				if (name === 'page' && inBody) slide = { title: '', blocks: [], notes: [], hidden: false };
				else if (name === 'presentation') inBody = true;
				else if (name === 'notes') inNotes = true;
				else if (name === 'frame') isTitle = attribute('class') === 'title';
			},
			end(name) {
				if (name === 'notes') inNotes = false;
				else if (name === 'frame') isTitle = false;
				else if (name === 'page' && inBody) tellSlide(out, ++no, slide);
			}
		})
	);
}

async function readSheets(zip: Zip, out: Out): Promise<void> {
	out.about('OpenDocument spreadsheet', 'sheet');
	let rows: Rows | undefined;
	let [no, cells] = [0, 0];
	await readXml(
		zip.open('content.xml'),
		content({
			block: () => {},
			row(row, number) {
				if ((cells += row.length) > bounds.cells)
					throw new Enough(`It has very many cells: the first ${bounds.cells.toLocaleString('en')} were read.`);
				rows?.add(row, number);
			},
			begin: (name, attribute) => void (name === 'table' && (rows = new Rows(out, ++no, attribute('name')))),
			end(name) {
				if (name === 'table') rows?.end();
			}
		})
	);
}

/** What is not the text: what was deleted, comments, and the shapes of all slides. */
const silent = new Set([
	'tracked-changes',
	'annotation',
	'forms',
	'note-citation',
	'master-styles',
	'automatic-styles'
]);

function content(taker: Taker): Listener {
	let [unheard, list, number] = [0, -1, 0];
	const paragraphs: { text: string; level: number }[] = [];
	const tables: { rows: string[][]; cell: string[]; cells: string[]; times: number; rowTimes: number }[] = [];

	const put = (block: Block) => {
		const table = tables.at(-1);
		if (!table) taker.block(block);
		else if (block.kind === 'table') table.cell.push(...block.rows.map((row) => row.join(' ')));
		else if (block.text.trim()) table.cell.push(block.text);
	};
	// A sheet says "and 16,000 more like this" of cells and rows: never more are made than are kept.
	const times = (value: string) => Math.max(1, Math.min(bounds.columns, Number(value) || 1));

	return {
		open(name, attribute) {
			if (silent.has(name)) unheard += 1;
			if (unheard > 0) return;
			taker.begin?.(name, attribute);
			const table = tables.at(-1);
			const now = paragraphs.at(-1);
			if (name === 'p' || name === 'h')
				paragraphs.push({ text: '', level: name === 'h' ? Math.min(6, Number(attribute('outline-level')) || 1) : 0 });
			else if (name === 'list') list += 1;
			else if (name === 'table') {
				tables.push({ rows: [], cell: [], cells: [], times: 1, rowTimes: 1 });
				number = 0;
			} else if (name === 'table-row' && table) {
				table.cells = [];
				table.rowTimes = Number(attribute('number-rows-repeated')) || 1;
			} else if ((name === 'table-cell' || name === 'covered-table-cell') && table) {
				table.cell = [];
				table.times = times(attribute('number-columns-repeated'));
			} else if (!now) return;
			else if (name === 's') now.text += ' '.repeat(times(attribute('c')));
			else if (name === 'tab') now.text += '\t';
			else if (name === 'line-break') now.text += '\n';
		},
		text(text) {
			const now = paragraphs.at(-1);
			if (now && unheard === 0) now.text += text;
		},
		close(name) {
			if (silent.has(name)) unheard -= 1;
			if (unheard > 0) return;
			const table = tables.at(-1);
			if (name === 'p' || name === 'h') {
				const { text, level } = paragraphs.pop() ?? { text: '', level: 0 };
				if (level) put({ kind: 'heading', level, text });
				else put(list >= 0 ? { kind: 'item', level: Math.min(8, list), text } : { kind: 'text', text });
			} else if (name === 'list') list -= 1;
			else if ((name === 'table-cell' || name === 'covered-table-cell') && table) {
				for (let n = 0; n < table.times && table.cells.length < bounds.columns; n += 1)
					table.cells.push(table.cell.join(' '));
			} else if (name === 'table-row' && table) {
				number += table.rowTimes;
				if (taker.row) taker.row(table.cells, number);
				else table.rows.push(table.cells);
			} else if (name === 'table') {
				tables.pop();
				if (table && !taker.row) put({ kind: 'table', head: table.rows.length > 1, rows: table.rows });
			}
			taker.end?.(name);
		}
	};
}
