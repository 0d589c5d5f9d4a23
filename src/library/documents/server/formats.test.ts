import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { aDocx, anOdf, anXlsx, aPdf, aPptx, aZip, wordParagraph } from '#src/testing/documents.ts';
import type { Part } from '../document.ts';
import type { Message } from './parser/out.ts';
import { runParser } from './parser-process.ts';

// What gives way to others is slow where the machine has much to do.
vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'trellis-formats-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
	about: string;
	parts: Part[];
	notes: string[];
	headings: [number, string, number][];
	cover: number;
	reason: string;
}

/** Reads a file as the worker does: in a process of its own. */
async function read(name: string, content: string | Buffer): Promise<Read> {
	const path = join(folder, 'file');
	writeFileSync(path, content);
	const told: Message[] = [];
	for await (const message of runParser({ task: 'text', path, ending: name.split('.').pop()! })) told.push(message);
	const only = <T extends Message['tell']>(tell: T) =>
		told.filter((each): each is Extract<Message, { tell: T }> => each.tell === tell);
	return {
		about: only('about').map(({ format, unit }) => `${format}: ${unit}`)[0] ?? '',
		parts: only('part').map(({ part }) => part),
		notes: only('note').map(({ text }) => text),
		headings: only('headings').flatMap(({ headings }) =>
			headings.map(({ level, title, no }) => [level, title, no] as [number, string, number])
		),
		cover: only('cover').length,
		reason: only('unreadable')[0]?.reason ?? ''
	};
}

describe('PDF', () => {
	test('pages with their headings, from the outline', async () => {
		const content = await aPdf([
			{ title: 'Opening the shop', text: 'Switch on the lights. '.repeat(30) },
			{ title: 'The till', text: 'Press the green key.' }
		]);
		const { about, parts, headings, notes } = await read('a.pdf', content);
		expect(about).toBe('PDF: page');
		expect(parts.map(({ anchor, locator, title }) => [anchor, locator, title])).toEqual([
			['page-1', 'Page 1', 'Opening the shop'],
			['page-2', 'Page 2', 'The till']
		]);
		expect(parts[0]!.blocks[0]).toEqual({ kind: 'heading', level: 1, text: 'Opening the shop' });
		expect(parts[0]!.blocks[1]).toMatchObject({
			kind: 'text',
			text: expect.stringMatching(/^Switch on the lights\. Switch/)
		});
		expect(headings).toEqual([
			[1, 'Opening the shop', 1],
			[1, 'The till', 2]
		]);
		expect(notes).toEqual([]);
	});

	test('a script in it is told of; pages that are pictures too', async () => {
		const content = await aPdf([{ title: '', text: '' }], {}, (pdf) => {
			pdf.initForm();
			(pdf as unknown as { addNamedJavaScript(name: string, code: string): void }).addNamedJavaScript(
				'x',
				'app.alert(1)'
			);
		});
		const { notes } = await read('a.pdf', content);
		expect(notes).toEqual([expect.stringContaining('contains a script'), expect.stringContaining('pictures')]);
	});
});

describe('Office', () => {
	test('Word: headings by style, lists, tables and notes; not what was deleted', async () => {
		const body = [
			wordParagraph('Returns', 'berschrift1'),
			wordParagraph('Take the receipt & check it.'),
			'<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">Within </w:t></w:r><w:del><w:r><w:delText>14</w:delText></w:r></w:del><w:ins><w:r><w:t>30 days</w:t></w:r></w:ins></w:p>',
			wordParagraph('Without a receipt', 'Own'),
			`<w:tbl><w:tr><w:tc>${wordParagraph('Up to')}</w:tc><w:tc>${wordParagraph('Who decides')}</w:tc></w:tr><w:tr><w:tc>${wordParagraph('20')}</w:tc><w:tc>${wordParagraph('You')}${wordParagraph('alone')}</w:tc></w:tr></w:tbl>`,
			'<w:p><w:r><w:drawing><wp:docPr id="1" descr="The refund desk"/></w:drawing></w:r></w:p>'
		].join('');
		const footnotes = `<w:footnotes xmlns:w="w">${wordParagraph('See the law.')}</w:footnotes>`;
		const { about, parts, headings } = await read('a.docx', await aDocx(body, { 'word/footnotes.xml': footnotes }));
		expect(about).toBe('Word: section');
		expect(parts.map(({ anchor, locator, blocks }) => ({ anchor, locator, blocks }))).toEqual([
			{
				anchor: 'section-1',
				locator: 'Returns',
				blocks: [
					{ kind: 'heading', level: 1, text: 'Returns' },
					{ kind: 'text', text: 'Take the receipt & check it.' },
					{ kind: 'item', level: 1, text: 'Within 30 days' }
				]
			},
			{
				anchor: 'section-2',
				locator: 'Without a receipt',
				blocks: [
					{ kind: 'heading', level: 2, text: 'Without a receipt' },
					{
						kind: 'table',
						head: true,
						rows: [
							['Up to', 'Who decides'],
							['20', 'You alone']
						]
					},
					{ kind: 'picture', text: 'The refund desk' }
				]
			},
			{
				anchor: 'section-3',
				locator: 'Notes',
				blocks: [
					{ kind: 'heading', level: 2, text: 'Notes' },
					{ kind: 'text', text: 'See the law.' }
				]
			}
		]);
		expect(headings.map(([level, title]) => [level, title])).toEqual([
			[1, 'Returns'],
			[2, 'Without a receipt'],
			[2, 'Notes']
		]);
	});

	test('PowerPoint: slides in the order in which they are shown, with notes; hidden ones are left out', async () => {
		const content = await aPptx([
			{ title: 'Welcome', lines: ['Three things', 'And a fourth'], notes: 'Smile.' },
			{ title: 'Secret', lines: ['x'], hidden: true },
			{ title: 'The end', lines: ['Questions?'] }
		]);
		const { about, parts, notes } = await read('a.pptx', content);
		expect(about).toBe('PowerPoint: slide');
		expect(parts.map(({ anchor, locator, title }) => [anchor, locator, title])).toEqual([
			['slide-1', 'Slide 1', 'Welcome'],
			['slide-3', 'Slide 3', 'The end']
		]);
		expect(parts[0]!.blocks).toEqual([
			{ kind: 'heading', level: 2, text: 'Welcome' },
			{ kind: 'item', level: 0, text: 'Three things' },
			{ kind: 'item', level: 0, text: 'And a fourth' },
			{ kind: 'notes', text: 'Smile.' }
		]);
		expect(notes).toEqual(['One hidden slide is left out.']);
	});

	test('Excel: cells as they are shown, the head again above each stretch', async () => {
		const head =
			'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="D1" t="inlineStr"><is><t>Since</t></is></c></row>';
		const many = Array.from(
			{ length: 120 },
			(_, at) =>
				`<row r="${at + 2}"><c r="A${at + 2}" t="str"><f>x</f><v>Tea ${at}</v></c><c r="B${at + 2}" s="2"><v>0.195</v></c><c r="D${at + 2}" s="1"><v>45000</v></c></row>`
		);
		const content = await anXlsx([
			{ name: 'Prices', rows: head + many.join('') },
			{ name: 'Old', rows: head, hidden: true }
		]);
		const { parts, notes } = await read('a.xlsx', content);
		expect(parts.map(({ anchor, locator }) => [anchor, locator])).toEqual([
			['sheet-1', 'Prices, rows 1–100'],
			['sheet-1-row-101', 'Prices, rows 101–121']
		]);
		expect(parts[1]!.blocks).toMatchObject([{ kind: 'table', head: true }]);
		const table = parts[1]!.blocks[0] as Extract<Part['blocks'][number], { kind: 'table' }>;
		expect(table.rows.slice(0, 2)).toEqual([
			['Article', 'Price', '', 'Since'],
			['Tea 99', '19.5 %', '', '2023-03-15']
		]);
		expect(notes).toEqual(['One hidden sheet is left out.']);
	});
});

describe('OpenDocument', () => {
	test('text', async () => {
		const body =
			'<text:h text:outline-level="1">Keys</text:h><text:list><text:list-item><text:p>Front<text:s text:c="2"/>door</text:p></text:list-item></text:list><text:tracked-changes><text:p>gone</text:p></text:tracked-changes><table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>';
		const { parts } = await read('a.odt', await anOdf('text', body));
		expect(parts.map(({ blocks }) => blocks)).toEqual([
			[
				{ kind: 'heading', level: 1, text: 'Keys' },
				{ kind: 'item', level: 0, text: 'Front  door' },
				{ kind: 'table', head: false, rows: [['A', 'B']] }
			]
		]);
	});

	test('slides', async () => {
		const body =
			'<draw:page draw:name="p1"><draw:frame presentation:class="title"><text:p>Hello</text:p></draw:frame><draw:frame><text:p>World</text:p></draw:frame><presentation:notes><text:p>Slowly</text:p></presentation:notes></draw:page>';
		const { parts } = await read('a.odp', await anOdf('presentation', body));
		expect(parts).toMatchObject([
			{
				anchor: 'slide-1',
				title: 'Hello',
				blocks: [{ kind: 'heading' }, { kind: 'text', text: 'World' }, { kind: 'notes', text: 'Slowly' }]
			}
		]);
	});

	test('sheets; a million empty rows are not made', async () => {
		const cell = (text: string) => `<table:table-cell><text:p>${text}</text:p></table:table-cell>`;
		const body = `<table:table table:name="Stock"><table:table-row>${cell('Article')}${cell('Count')}</table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row><table:table-row>${cell('Tea')}${cell('3')}</table:table-row></table:table>`;
		const { parts } = await read('a.ods', await anOdf('spreadsheet', body));
		expect(parts.map(({ locator, blocks }) => [locator, blocks.at(-1)])).toEqual([
			[
				'Stock, rows 1–1048572',
				{
					kind: 'table',
					head: true,
					rows: [
						['Article', 'Count'],
						['Tea', '3']
					]
				}
			]
		]);
	});
});

describe('texts', () => {
	test('Markdown, web pages and plain text', async () => {
		const markdown = await read(
			'a.md',
			'---\ntitle: x\n---\n# One\n\n- first\n\n## Two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n'
		);
		expect(markdown.headings).toEqual([
			[1, 'One', 1],
			[2, 'Two', 2]
		]);
		expect(markdown.parts[1]!.blocks.slice(1)).toEqual([
			{
				kind: 'table',
				head: true,
				rows: [
					['a', 'b'],
					['1', '2']
				]
			},
			{ kind: 'code', text: 'code' }
		]);
		const page = await read(
			'a.html',
			'<!doctype html><title>T</title><style>p{}</style><h1>Hours</h1><p onclick="x()">We open at <b>nine</b>.<script>alert(1)</script><ul><li>not on Sundays</ul>'
		);
		expect(page.parts[0]!.blocks).toEqual([
			{ kind: 'heading', level: 1, text: 'Hours' },
			{ kind: 'text', text: 'We open at nine.' },
			{ kind: 'item', level: 0, text: 'not on Sundays' }
		]);
		expect(page.notes).toEqual([expect.stringContaining('script')]);
		const plain = await read('a.txt', Buffer.from('Caf\xe9 opens.\r\n\r\nSecond.', 'latin1'));
		expect(plain.parts[0]!.blocks.map((block) => 'text' in block && block.text)).toEqual(['Café opens.', 'Second.']);
	});

	test('a table parted by semicolons, with quoted cells', async () => {
		const { about, parts } = await read('a.csv', 'Name;Says\n"Ana";"a ""b""; c\nd"\n');
		expect(about).toBe('Table: sheet');
		expect(parts[0]!.blocks).toEqual([
			{
				kind: 'table',
				head: true,
				rows: [
					['Name', 'Says'],
					['Ana', 'a "b"; c d']
				]
			}
		]);
	});

	test('rich text', async () => {
		const { parts } = await read(
			'a.rtf',
			String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\*\generator x}\pard\outlinelevel0 Keys\par\pard Caf\'e9 \u8364?5 {\b bold}\par{\object{\objdata 0105}}}`
		);
		expect(parts[0]!.blocks).toEqual([
			{ kind: 'heading', level: 1, text: 'Keys' },
			{ kind: 'text', text: 'Café €5 bold' }
		]);
	});

	test('a book', async () => {
		const { parts } = await read(
			'a.epub',
			await aZip({
				mimetype: 'application/epub+zip',
				'META-INF/container.xml': '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
				'OPS/book.opf':
					'<package><manifest><item id="b" href="two.xhtml"/><item id="a" href="one.xhtml"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
				'OPS/one.xhtml': '<!DOCTYPE html><html><body><h1>First</h1><p>Words.</p></body></html>',
				'OPS/two.xhtml': '<html><body><h1>Second</h1></body></html>'
			})
		);
		expect(parts.map(({ title }) => title)).toEqual(['First', 'Second']);
	});

	test('a drawing: its words', async () => {
		const { parts, notes } = await read(
			'a.svg',
			'<svg xmlns="http://www.w3.org/2000/svg"><title>Way out</title><text>Door</text><script>alert(1)</script></svg>'
		);
		expect(parts[0]!.blocks.map((block) => 'text' in block && block.text)).toEqual(['Way out', 'Door']);
		expect(notes).toEqual([expect.stringContaining('script')]);
	});
});
