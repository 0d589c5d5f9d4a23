import type { Block } from '../../document.ts';
import { mainPart, related, relationsOf, tellExtras } from './ooxml.ts';
import type { Out } from './out.ts';
import { Sections } from './sections.ts';
import { readXml, type Listener } from '#src/platform/server/xml.ts';
import type { Zip } from '#src/platform/server/zip.ts';

/** Word: headings, lists and tables, then what stands in notes. Deleted text and comments stay out. */
export async function readDocx(zip: Zip, out: Out): Promise<void> {
	out.about('Word', 'section');
	const main = await mainPart(zip, 'word/document.xml');
	const relations = await relationsOf(zip, main);
	const styles = related(relations, 'styles');
	const levels = styles && zip.has(styles) ? await headingLevels(zip, styles) : new Map<string, number>();
	const sections = new Sections(out);
	await tellExtras(zip, out);
	await readXml(
		zip.open(main),
		paragraphs(levels, (block) => sections.add(block))
	);
	for (const type of ['footnotes', 'endnotes']) {
		const notes = related(relations, type);
		if (!notes || !zip.has(notes)) continue;
		const blocks: Block[] = [];
		await readXml(
			zip.open(notes),
			paragraphs(levels, (block) => blocks.push(block))
		);
		if (blocks.length > 0) sections.add({ kind: 'heading', level: 2, text: 'Notes' });
		blocks.forEach((block) => sections.add(block));
	}
	sections.end();
}

/** Which styles are headings, and of which level: by what they say, or by their name in English. */
async function headingLevels(zip: Zip, name: string): Promise<Map<string, number>> {
	const levels = new Map<string, number>();
	let style = '';
	await readXml(zip.open(name), {
		open(element, attribute) {
			if (element === 'style') style = attribute('styleId');
			else if (element === 'name') {
				const [, level] = /^heading (\d)$/i.exec(attribute('val')) ?? [];
				if (level) levels.set(style, Number(level));
				else if (/^title$/i.test(attribute('val'))) levels.set(style, 1);
			} else if (element === 'outlineLvl' && !levels.has(style) && Number(attribute('val')) < 9)
				levels.set(style, Number(attribute('val')) + 1);
		}
	});
	return levels;
}

/** What is not the text one reads: the older half of a picture's description, what was deleted, field codes. */
const silent = new Set(['Fallback', 'del', 'moveFrom', 'instrText', 'delText']);

function paragraphs(levels: Map<string, number>, add: (block: Block) => void): Listener {
	/** Paragraphs stand within each other where a text box is anchored in one. */
	const stack: { text: string; style: string; list: number | undefined; level: number }[] = [];
	const tables: { rows: string[][]; cell: string[] }[] = [];
	let unheard = 0;
	let inText = false;

	const put = (block: Block) => {
		const table = tables.at(-1);
		if (!table) add(block);
		else if (block.kind !== 'table' && block.text.trim()) table.cell.push(block.text);
		else if (block.kind === 'table') table.cell.push(...block.rows.map((row) => row.join(' ')));
	};

	return {
		open(name, attribute) {
			if (silent.has(name)) unheard += 1;
			if (unheard > 0) return;
			const now = stack.at(-1);
			if (name === 'p') stack.push({ text: '', style: '', list: undefined, level: 0 });
			else if (name === 'tbl') tables.push({ rows: [], cell: [] });
			else if (name === 'tr') tables.at(-1)?.rows.push([]);
			else if (name === 'tc' && tables.length > 0) tables.at(-1)!.cell = [];
			else if (name === 'docPr' && attribute('descr')) put({ kind: 'picture', text: attribute('descr') });
			else if (!now) return;
			else if (name === 't') inText = true;
			else if (name === 'tab') now.text += '\t';
			else if (name === 'br' || name === 'cr') now.text += '\n';
			else if (name === 'pStyle') now.style = attribute('val');
			else if (name === 'numPr') now.list ??= 0;
			else if (name === 'ilvl') now.list = Number(attribute('val')) || 0;
			else if (name === 'outlineLvl' && Number(attribute('val')) < 9) now.level = Number(attribute('val')) + 1;
		},
		text(text) {
			const now = stack.at(-1);
			if (inText && now && unheard === 0) now.text += text;
		},
		close(name) {
			if (silent.has(name)) unheard -= 1;
			if (unheard > 0) return;
			if (name === 't') inText = false;
			else if (name === 'tc') tables.at(-1)?.rows.at(-1)?.push(tables.at(-1)!.cell.join(' '));
			else if (name === 'tbl') {
				const { rows } = tables.pop() ?? { rows: [] };
				put({ kind: 'table', head: rows.length > 1, rows });
			} else if (name === 'p') {
				const paragraph = stack.pop();
				if (!paragraph) return;
				const { text, style, list } = paragraph;
				const level = paragraph.level || (levels.get(style) ?? 0);
				if (level) put({ kind: 'heading', level: Math.min(6, level), text });
				else put(list === undefined ? { kind: 'text', text } : { kind: 'item', level: Math.min(8, list), text });
			}
		}
	};
}
