/**
 * SPSS system files, as PSPP documents them
 * (https://www.gnu.org/software/pspp/pspp-dev/html_node/System-File-Format.html): little
 * endian, UTF-8, not compressed. No library that writes them is kept.
 */
export interface SavColumn {
	/** Letters, digits and `_`, beginning with a letter, 64 at most. */
	name: string;
	label: string;
	/** Words of codes. */
	values?: readonly { code: number; label: string }[];
	/** Bytes of the longest text; 0 for numbers. */
	width: number;
}

export interface SavFile {
	title: string;
	columns: readonly SavColumn[];
	rows: readonly (readonly (number | string | null)[])[];
	/** The name of the column that says how many people a row stands for. */
	weight?: string;
}

const LONGEST = 32_767;
/** Texts above 255 bytes are kept in pieces, which the format counts as 252 each. */
const PIECE = 255;
const COUNTED = 252;
const MISSING = -Number.MAX_VALUE;

/** A column as the file has it: a number, or a text in one or more pieces. */
interface Placed extends SavColumn {
	pieces: { name: string; width: number }[];
	/** The place of its first cell of eight bytes, from 1. */
	place: number;
}

export function writeSav({ title, columns, rows, weight }: SavFile): Buffer<ArrayBuffer> {
	const placed = place(columns);
	const cells = placed.reduce((sum, { pieces }) => sum + pieces.reduce((all, { width }) => all + cellsOf(width), 0), 0);
	const weighted = placed.find(({ name }) => name === weight)?.place ?? 0;
	return Buffer.concat([
		header(title, { cells, weighted, rows: rows.length }),
		...placed.flatMap(variable),
		...placed.flatMap(valueLabels),
		record(3, 4, [20, 0, 0, -1, 1, 1, 2, 65001].map(int)),
		record(4, 8, [double(MISSING), double(Number.MAX_VALUE), LOWEST]),
		record(13, 1, [Buffer.from(placed.map(({ pieces, name }) => `${pieces[0]!.name}=${name}`).join('\t'))]),
		...longTexts(placed),
		record(20, 1, [Buffer.from('UTF-8')]),
		int(999),
		int(0),
		...rows.map((row) => Buffer.concat(placed.map((column, at) => cell(column, row[at] ?? null))))
	]);
}

const cellsOf = (width: number) => Math.max(1, Math.ceil(width / 8));

function place(columns: readonly SavColumn[]): Placed[] {
	let next = 1;
	let number = 0;
	return columns.map((column) => {
		const width = Math.min(column.width, LONGEST);
		const many = width > PIECE ? Math.ceil(width / COUNTED) : 1;
		const pieces = Array.from({ length: many }, (_, at) => {
			number += 1;
			const last = at === many - 1;
			return { name: `V${number}`, width: many > 1 ? (last ? width - at * COUNTED : PIECE) : width };
		});
		const first = next;
		next += pieces.reduce((sum, piece) => sum + cellsOf(piece.width), 0);
		return { ...column, width, pieces, place: first };
	});
}

function int(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeInt32LE(value);
	return bytes;
}

function double(value: number): Buffer {
	const bytes = Buffer.alloc(8);
	bytes.writeDoubleLE(value);
	return bytes;
}

/** The number just above the one that is missing. */
const LOWEST = Buffer.from('feffffffffffefff', 'hex');

/** A text in so many bytes, filled with blanks; no letter is cut in two. */
function padded(text: string, bytes: number): Buffer {
	const filled = Buffer.alloc(bytes, ' ');
	filled.set(cut(text, bytes));
	return filled;
}

function cut(text: string, bytes: number): Buffer {
	const all = Buffer.from(text);
	let end = Math.min(all.length, bytes);
	while (end < all.length && end > 0 && (all[end]! & 0xc0) === 0x80) end -= 1;
	return all.subarray(0, end);
}

const upTo = (length: number, of: number) => Math.ceil(length / of) * of;

function header(title: string, { cells, weighted, rows }: { cells: number; weighted: number; rows: number }): Buffer {
	const [, month, day, year, time] = /^\w+ (\w+) (\d+) \d\d(\d+) ([\d:]+)/.exec(new Date().toString())!;
	return Buffer.concat([
		...[Buffer.from('$FL2'), padded('@(#) SPSS DATA FILE Trellis', 60)],
		...[2, cells, 0, weighted, rows].map(int),
		...[double(100), padded(`${day} ${month} ${year}`, 9), padded(time!, 8), padded(title, 64), Buffer.alloc(3)]
	]);
}

/** A number with two decimals, or a text. */
const format = (width: number) => (width === 0 ? (5 << 16) | (8 << 8) | 2 : (1 << 16) | (Math.min(width, 255) << 8));

function variable({ label, pieces, width: whole }: Placed): Buffer[] {
	return pieces.flatMap(({ name, width }, at) => {
		const text = at === 0 ? cut(label, 255) : Buffer.alloc(0);
		const described = text.length > 0;
		const size = whole === 0 ? 0 : width;
		return [
			...[2, size, described ? 1 : 0, 0, format(size), format(size)].map(int),
			padded(name, 8),
			...(described ? [int(text.length), padded(text.toString(), upTo(text.length, 4))] : []),
			...Array.from({ length: cellsOf(width) - 1 }, () =>
				Buffer.concat([...[2, -1, 0, 0, 0, 0].map(int), padded('', 8)])
			)
		];
	});
}

function valueLabels({ values = [], place }: Placed): Buffer[] {
	if (values.length === 0) return [];
	const words = values.map(({ code, label }) => {
		const text = cut(label, 120);
		const whole = Buffer.alloc(upTo(text.length + 1, 8), ' ');
		whole[0] = text.length;
		whole.set(text, 1);
		return Buffer.concat([double(code), whole]);
	});
	return [...[3, values.length].map(int), ...words, ...[4, 1, place].map(int)];
}

/** An extension record: what it is, the size of each part of it, and how many there are. */
function record(subtype: number, size: number, parts: readonly Buffer[]): Buffer {
	const all = Buffer.concat(parts);
	return Buffer.concat([...[7, subtype, size, all.length / size].map(int), all]);
}

function longTexts(placed: readonly Placed[]): Buffer[] {
	const long = placed.filter(({ pieces }) => pieces.length > 1);
	if (long.length === 0) return [];
	const told = long.map(({ pieces, width }) => `${pieces[0]!.name}=${String(width).padStart(5, '0')}\0\t`);
	return [record(14, 1, [Buffer.from(told.join(''))])];
}

function cell({ width, pieces }: Placed, value: number | string | null): Buffer {
	if (width === 0) return double(typeof value === 'number' ? value : MISSING);
	const text = padded(value === null ? '' : String(value), width);
	return Buffer.concat(
		pieces.map((piece, at) => {
			const filled = Buffer.alloc(cellsOf(piece.width) * 8, ' ');
			filled.set(text.subarray(at * PIECE, Math.min((at + 1) * PIECE, text.length)));
			return filled;
		})
	);
}

/** The bytes of the longest of some texts, 1 at least: a column of texts has a width. */
export const widthOf = (texts: readonly (string | null)[]): number =>
	Math.min(
		LONGEST,
		texts.reduce((most, text) => Math.max(most, Buffer.byteLength(text ?? '')), 1)
	);
