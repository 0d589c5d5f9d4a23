import { bounds, Enough } from './bounds.ts';
import { mainPart, related, relationsOf, tellExtras } from './ooxml.ts';
import { line, type Out } from './out.ts';
import { Rows } from './sections.ts';
import { readXml } from '#src/platform/server/xml.ts';
import type { Zip } from '#src/platform/server/zip.ts';

/** Excel: each sheet as rows of what its cells show. Formulas are not computed: their last result stands in the file. */
export async function readXlsx(zip: Zip, out: Out): Promise<void> {
	out.about('Excel', 'sheet');
	const main = await mainPart(zip, 'xl/workbook.xml');
	const relations = await relationsOf(zip, main);
	const sheets: { name: string; id: string; hidden: boolean }[] = [];
	let from1904 = false;
	await readXml(zip.open(main), {
		open(name, attribute, attributes) {
			if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute('date1904'));
			if (name !== 'sheet') return;
			sheets.push({
				name: line(attribute('name'), 100),
				id: attributes['r:id'] ?? '',
				hidden: attribute('state') !== '' && attribute('state') !== 'visible'
			});
		}
	});
	await tellExtras(zip, out);
	const texts = await sharedTexts(zip, related(relations, 'sharedStrings'));
	const dates = await dateStyles(zip, related(relations, 'styles'));
	const show = (type: string, value: string, style: number) =>
		type === 's'
			? (texts[Number(value)] ?? '')
			: type === 'b'
				? value === '1'
					? 'yes'
					: 'no'
				: type === '' || type === 'n'
					? numeral(value, dates.get(style), from1904)
					: value;
	let left = bounds.cells;
	for (const [index, { name, id, hidden }] of sheets.entries()) {
		const target = relations.get(id)?.target;
		if (hidden || !target || !zip.has(target)) continue;
		const rows = new Rows(out, index + 1, name);
		left -= await readSheet(zip, target, rows, show, left);
		rows.end();
		if (left <= 0)
			throw new Enough(`It has very many cells: the first ${bounds.cells.toLocaleString('en')} were read.`);
	}
	const hidden = sheets.filter((sheet) => sheet.hidden).length;
	if (hidden > 0) out.note(hidden === 1 ? 'One hidden sheet is left out.' : `${hidden} hidden sheets are left out.`);
}

/** Texts that several cells share. Their pronunciation (rPh) is left out. */
async function sharedTexts(zip: Zip, name: string | undefined): Promise<string[]> {
	const texts: string[] = [];
	if (!name || !zip.has(name)) return texts;
	let [text, inText, aside] = ['', false, false];
	await readXml(zip.open(name), {
		open(element) {
			if (element === 'si') text = '';
			else if (element === 'rPh') aside = true;
			else if (element === 't') inText = !aside;
		},
		text: (some) => void (inText && text.length < bounds.cell && (text += some)),
		close(element) {
			if (element === 't') inText = false;
			else if (element === 'rPh') aside = false;
			else if (element === 'si') texts.push(text.slice(0, bounds.cell));
		}
	});
	return texts;
}

type Shape = 'date' | 'percent';

/** Which styles show a number as a date or as a percentage. */
async function dateStyles(zip: Zip, name: string | undefined): Promise<Map<number, Shape>> {
	const styles = new Map<number, Shape>();
	if (!name || !zip.has(name)) return styles;
	const formats = new Map<number, string>();
	let [inCells, count] = [false, 0];
	await readXml(zip.open(name), {
		open(element, attribute) {
			if (element === 'numFmt') formats.set(Number(attribute('numFmtId')), attribute('formatCode'));
			else if (element === 'cellXfs') inCells = true;
			else if (element === 'xf' && inCells) {
				const id = Number(attribute('numFmtId'));
				const shape = shapeOf(id, formats.get(id) ?? '');
				if (shape) styles.set(count, shape);
				count += 1;
			}
		},
		close: (element) => void (element === 'cellXfs' && (inCells = false))
	});
	return styles;
}

/** By the number of a built-in format, or by its letters (ECMA-376, 18.8.30). */
function shapeOf(id: number, format: string): Shape | undefined {
	if (id === 9 || id === 10) return 'percent';
	if ((id >= 14 && id <= 22) || (id >= 45 && id <= 47)) return 'date';
	const bare = format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
	return bare.includes('%') ? 'percent' : /[ymdh]/i.test(bare) ? 'date' : undefined;
}

const DAY = 86_400_000;

function numeral(value: string, shape: Shape | undefined, from1904: boolean): string {
	const number = Number(value);
	if (!value || !Number.isFinite(number)) return value;
	if (shape === 'percent') return `${Math.round(number * 10_000) / 100} %`;
	if (shape !== 'date' || number < 0 || number > 2_958_466) return String(Math.round(number * 1e10) / 1e10);
	const moment = new Date(Date.UTC(1899, 11, 30) + Math.round((number + (from1904 ? 1462 : 0)) * DAY)).toISOString();
	const time = moment.slice(11, 16);
	if (number < 1) return time;
	return time === '00:00' ? moment.slice(0, 10) : `${moment.slice(0, 10)} ${time}`;
}

/** @returns how many cells it had */
async function readSheet(
	zip: Zip,
	name: string,
	rows: Rows,
	show: (type: string, value: string, style: number) => string,
	most: number
): Promise<number> {
	let [number, count, column, type, style, value, inValue] = [0, 0, 0, '', 0, '', false];
	let cells: string[] = [];
	await readXml(zip.open(name), {
		open(element, attribute) {
			if (element === 'row') {
				number = Number(attribute('r')) || number + 1;
				cells = [];
				column = 0;
			} else if (element === 'c') {
				column = columnOf(attribute('r')) || column + 1;
				[type, style, value] = [attribute('t'), Number(attribute('s')), ''];
			} else if (element === 'v' || element === 't') inValue = true;
		},
		text: (some) => void (inValue && value.length < bounds.cell && (value += some)),
		close(element) {
			if (element === 'v' || element === 't') inValue = false;
			else if (element === 'c' && column <= bounds.columns && value && count < most) {
				while (cells.length < column - 1) cells.push('');
				cells[column - 1] = show(type, value, style);
				count += 1;
			} else if (element === 'row') rows.add(cells, number);
		}
	});
	return count;
}

/** "AB12" is column 28. */
function columnOf(reference: string): number {
	const letters = /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '';
	return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
