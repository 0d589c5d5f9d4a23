import type { Block } from '../../document.ts';
import { mainPart, related, relationsOf, tellExtras } from './ooxml.ts';
import { line, type Out } from './out.ts';
import { readXml, type Listener } from '#src/platform/server/xml.ts';
import type { Zip } from '#src/platform/server/zip.ts';

/** PowerPoint: each slide with its title, its text, tables and drawings, and what the speaker notes say. */
export async function readPptx(zip: Zip, out: Out): Promise<void> {
	out.about('PowerPoint', 'slide');
	const main = await mainPart(zip, 'ppt/presentation.xml');
	const relations = await relationsOf(zip, main);
	const ids: string[] = [];
	await readXml(zip.open(main), {
		open: (name, _, attributes) => void (name === 'sldId' && ids.push(attributes['r:id'] ?? ''))
	});
	await tellExtras(zip, out);
	let hidden = 0;
	for (const [index, id] of ids.entries()) {
		const target = relations.get(id)?.target;
		if (!target || !zip.has(target)) continue;
		const slide = await readSlide(zip, target);
		if (slide.hidden) hidden += 1;
		else tellSlide(out, index + 1, slide);
	}
	if (hidden > 0) out.note(hidden === 1 ? 'One hidden slide is left out.' : `${hidden} hidden slides are left out.`);
}

/** A slide, of PowerPoint or of OpenDocument. */
export interface Slide {
	title: string;
	blocks: Block[];
	notes: string[];
	hidden: boolean;
}

export function tellSlide(out: Out, no: number, { title, blocks, notes }: Slide): void {
	const shown = line(title, 200);
	out.part({
		anchor: `slide-${no}`,
		locator: `Slide ${no}`,
		title: shown,
		blocks: [
			...(shown ? [{ kind: 'heading', level: 2, text: shown } as const] : []),
			...blocks,
			...(notes.length > 0 ? [{ kind: 'notes', text: notes.join('\n') } as const] : [])
		]
	});
}

async function readSlide(zip: Zip, name: string): Promise<Slide> {
	const slide: Slide = { title: '', blocks: [], notes: [], hidden: false };
	const relations = await relationsOf(zip, name);
	await readXml(zip.open(name), shapes(slide));
	for (const { type, target } of relations.values()) {
		if (type !== 'diagramData' || !zip.has(target)) continue;
		const drawn: Slide = { title: '', blocks: [], notes: [], hidden: false };
		await readXml(zip.open(target), shapes(drawn, true));
		slide.blocks.push(...drawn.blocks);
	}
	const notes = related(relations, 'notesSlide');
	if (notes && zip.has(notes)) {
		const said: Slide = { title: '', blocks: [], notes: [], hidden: false };
		await readXml(zip.open(notes), shapes(said));
		slide.notes = said.blocks.filter((block) => block.kind !== 'table').map(({ text }) => text);
	}
	return slide;
}

/** Placeholders that say nothing of the slide itself. */
const aside = new Set(['sldNum', 'dt', 'ftr', 'hdr', 'sldImg']);

/** @param drawn a diagram, whose texts stand in no shapes */
function shapes(slide: Slide, drawn = false): Listener {
	let place = drawn ? 'body' : '';
	let paragraph: { text: string; level: number } | undefined;
	let table: string[][] | undefined;
	let cell: string[] = [];
	let inText = false;
	return {
		open(name, attribute) {
			if (name === 'sld') slide.hidden = attribute('show') === '0' || attribute('show') === 'false';
			else if (name === 'sp') place = 'text';
			else if (name === 'ph') place = attribute('type') || 'body';
			else if (name === 'cNvPr' && attribute('descr')) slide.blocks.push({ kind: 'picture', text: attribute('descr') });
			else if (name === 'tbl') table = [];
			else if (name === 'tr') table?.push([]);
			else if (name === 'tc') cell = [];
			else if (name === 'p') paragraph = { text: '', level: 0 };
			else if (name === 'pPr' && paragraph) paragraph.level = Number(attribute('lvl')) || 0;
			else if (name === 't') inText = true;
			else if (name === 'br' && paragraph) paragraph.text += '\n';
		},
		text(text) {
			if (inText && paragraph) paragraph.text += text;
		},
		close(name) {
			if (name === 't') inText = false;
			else if (name === 'sp' && !drawn) place = '';
			else if (name === 'tc') table?.at(-1)?.push(cell.join(' '));
			else if (name === 'tbl' && table) {
				slide.blocks.push({ kind: 'table', head: table.length > 1, rows: table });
				table = undefined;
			} else if (name === 'p' && paragraph) {
				const { text, level } = paragraph;
				paragraph = undefined;
				if (!text.trim() || aside.has(place)) return;
				if (table) cell.push(text);
				else if (place === 'title' || place === 'ctrTitle') slide.title = [slide.title, text].filter(Boolean).join(' ');
				else
					slide.blocks.push(
						place === 'body' ? { kind: 'item', level: Math.min(8, level), text } : { kind: 'text', text }
					);
			}
		}
	};
}
