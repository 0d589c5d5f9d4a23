import { unzip, type Unzipped } from 'fflate';
import { readXml } from '#src/platform/server/xml.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { Given } from './sift.ts';
import { linesOfRows, MOST_LINES } from './table.ts';

/** Bytes of the parts that are unpacked: a table of figures is small. */
const MOST_BYTES = 40 * 1024 * 1024;
const WANTED =
	/^(xl\/workbook\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/sharedStrings\.xml|xl\/styles\.xml|xl\/worksheets\/[^/]+\.xml)$/;

const unreadable = (what = 'cannot be read as a workbook: save it as XLSX or CSV') => invalid({ file: what });

/**
 * The lines of the first sheet that is not hidden. Formulas are not computed: their last
 * result stands in the file.
 * @throws Failure invalid for what is no workbook, is too large, or has no columns
 */
export async function linesOfWorkbook(content: Uint8Array): Promise<Given[]> {
	const parts = await partsOf(content);
	const sheet = await firstSheet(parts);
	const texts = await sharedTexts(parts);
	const dates = await dateStyles(parts);
	return linesOfRows(await rowsOf(parts, sheet, { texts, dates }));
}

function partsOf(content: Uint8Array): Promise<Unzipped> {
	let bytes = 0;
	return new Promise((done, fail) => {
		const filter = ({ name, originalSize }: { name: string; originalSize: number }) => {
			if (!WANTED.test(name)) return false;
			bytes += originalSize;
			return bytes <= MOST_BYTES;
		};
		unzip(content, { filter }, (error, parts) => {
			if (error) fail(unreadable());
			else if (bytes > MOST_BYTES) fail(unreadable('unpacks to more than a table of figures has'));
			else done(parts);
		});
	});
}

type Listener = Parameters<typeof readXml>[1];

async function read(parts: Unzipped, name: string, listener: Listener): Promise<void> {
	const part = parts[name];
	if (!part) return;

	async function* whole() {
		yield Buffer.from(part!);
	}
	try {
		await readXml(whole(), listener);
	} catch {
		throw unreadable();
	}
}

async function firstSheet(parts: Unzipped): Promise<{ name: string; from1904: boolean }> {
	let [relation, from1904] = ['', false];
	await read(parts, 'xl/workbook.xml', {
		open(name, attribute, attributes) {
			if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attribute('date1904'));
			const hidden = attribute('state') !== '' && attribute('state') !== 'visible';
			if (name === 'sheet' && !hidden) relation ||= attributes['r:id'] ?? '';
		}
	});
	let target = '';
	await read(parts, 'xl/_rels/workbook.xml.rels', {
		open(name, attribute) {
			if (name === 'Relationship' && attribute('Id') === relation) target = attribute('Target');
		}
	});
	const name = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
	if (!relation || !parts[name]) throw unreadable();
	return { name, from1904 };
}

/** Texts that several cells share. Their pronunciation (rPh) is left out. */
async function sharedTexts(parts: Unzipped): Promise<string[]> {
	const texts: string[] = [];
	let [text, inText, aside] = ['', false, false];
	await read(parts, 'xl/sharedStrings.xml', {
		open(name) {
			if (name === 'si') text = '';
			else if (name === 'rPh') aside = true;
			else if (name === 't') inText = !aside;
		},
		text: (some) => void (inText && text.length < 200 && (text += some)),
		close(name) {
			if (name === 't') inText = false;
			else if (name === 'rPh') aside = false;
			else if (name === 'si') texts.push(text);
		}
	});
	return texts;
}

/** Which styles show a number as a day. */
async function dateStyles(parts: Unzipped): Promise<Set<number>> {
	const formats = new Map<number, string>();
	const styles = new Set<number>();
	let [inCells, place] = [false, 0];
	const isDate = (format: number) =>
		(format >= 14 && format <= 22) ||
		(format >= 27 && format <= 36) ||
		(format >= 45 && format <= 58) ||
		/[ymd]/i.test((formats.get(format) ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace(/general/gi, ''));
	await read(parts, 'xl/styles.xml', {
		open(name, attribute) {
			if (name === 'numFmt') formats.set(Number(attribute('numFmtId')), attribute('formatCode'));
			else if (name === 'cellXfs') inCells = true;
			else if (name === 'xf' && inCells && isDate(Number(attribute('numFmtId')))) styles.add(place);
			if (name === 'xf' && inCells) place += 1;
		},
		close(name) {
			if (name === 'cellXfs') inCells = false;
		}
	});
	return styles;
}

type Row = { cells: (string | number)[]; line: number };

async function rowsOf(
	parts: Unzipped,
	{ name, from1904 }: { name: string; from1904: boolean },
	{ texts, dates }: { texts: readonly string[]; dates: ReadonlySet<number> }
): Promise<Row[]> {
	const rows: Row[] = [];
	let [type, style, column, value, inValue] = ['', 0, 0, '', false];
	await read(parts, name, {
		open(element, attribute) {
			if (element === 'row') {
				rows.push({ cells: [], line: Number(attribute('r')) || rows.length + 1 });
				column = -1;
			} else if (element === 'c') {
				[type, style, value] = [attribute('t'), Number(attribute('s') || -1), ''];
				column = columnOf(attribute('r')) ?? column + 1;
			} else if (element === 'v' || element === 't') inValue = true;
		},
		text: (some) => void (inValue && value.length < 200 && (value += some)),
		close(element) {
			if (element === 'v' || element === 't') inValue = false;
			// Values of figures stand in the first columns.
			if (element !== 'c' || column >= 50 || rows.length > MOST_LINES + 1) return;
			const cells = rows.at(-1)?.cells;
			if (!cells) return;
			while (cells.length < column) cells.push('');
			cells[column] = shown();
		}
	});
	return rows;

	function shown(): string | number {
		if (type === 's') return texts[Number(value)] ?? '';
		if (type !== '' && type !== 'n') return value;
		return value !== '' && dates.has(style) ? dayOf(Number(value), from1904) : value;
	}
}

/** The column of a cell such as `B3`, counted from 0. */
function columnOf(reference: string): number | undefined {
	const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
	return letters === undefined
		? undefined
		: [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** A day as a workbook counts it, with its time where it has one: by the clock of whoever wrote it. */
function dayOf(serial: number, from1904: boolean): string {
	const seconds = Math.round((serial + (from1904 ? 1462 : 0) - 25_569) * 86_400);
	const time = new Date(seconds * 1000);
	if (Number.isNaN(time.getTime())) return String(serial);
	const [day = '', clock = ''] = time.toISOString().slice(0, 19).split('T');
	return clock === '00:00:00' ? day : `${day}T${clock}`;
}
