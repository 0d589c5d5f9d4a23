import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { Unreadable } from '#src/platform/server/unreadable.ts';

/** A variable of an SPSS file. */
export interface SavVariable {
	name: string;
	label: string;
	isText: boolean;
	values: { code: number; label: string }[];
}

export interface SavTable {
	variables: SavVariable[];
	/** By variable; null where it is missing. */
	rows: (number | string | null)[][];
}

const CUT = 'The SPSS file is damaged or was cut off: it ends where more should come.';
/** Cases and cells of eight bytes in each: more is no survey. */
const MOST_CELLS = 20_000_000;
const UNPACKED = 512 * 1024 ** 2;

/** Reads along a file, and says so where it ends too soon. */
class Bytes {
	at = 0;
	private readonly all: Buffer;
	private readonly little: boolean;
	constructor(all: Buffer, little: boolean) {
		this.all = all;
		this.little = little;
	}
	take(length: number): Buffer {
		if (length < 0 || this.at + length > this.all.length) throw new Unreadable(CUT);
		this.at += length;
		return this.all.subarray(this.at - length, this.at);
	}
	int(): number {
		const bytes = this.take(4);
		return this.little ? bytes.readInt32LE() : bytes.readInt32BE();
	}
	double(): number {
		return doubleIn(this.take(8), this.little);
	}
	get left(): number {
		return this.all.length - this.at;
	}
}

const doubleIn = (bytes: Buffer, little: boolean) => (little ? bytes.readDoubleLE() : bytes.readDoubleBE());

interface Raw {
	short: string;
	label: Buffer;
	/** 0 for a number, bytes of a text otherwise. */
	width: number;
	/** Numbers that stand for no answer; a range has three parts, `from` and `to` first. */
	missing: number[];
	isRange: boolean;
	values: Map<number, Buffer>;
}

/**
 * An SPSS system file (.sav), plain or packed in either way (.zsav), of any program that writes them.
 * @throws Unreadable with a sentence that says what is wrong with it
 */
export async function readSav(content: Uint8Array): Promise<SavTable> {
	const all = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
	const magic = all.toString('latin1', 0, 4);
	if (magic !== '$FL2' && magic !== '$FL3') throw new Unreadable('This is no SPSS file: it does not begin like one.');
	const little = all.length >= 68 && [2, 3].includes(all.readInt32LE(64));
	const bytes = new Bytes(all, little);
	bytes.take(68);
	// Some programs get the count of cells wrong, and the weight is nobody's answer.
	const [, compression, , cases] = [bytes.int(), bytes.int(), bytes.int(), bytes.int()] as const;
	const bias = bytes.double();
	bytes.take(84);
	const { raws, longNames, longTexts, encoding } = dictionaryIn(bytes, little);
	const cells = raws.reduce((sum, { width }) => sum + cellsOf(width), 0);
	const data = await unpacked(bytes, { compression, bias, little });
	const table = shape(raws, { longNames, longTexts, decoder: decoderOf(encoding) });
	const rows: (number | string | null)[][] = [];
	for (let at = 0; at + cells * 8 <= data.length; at += cells * 8) {
		if (rows.length * cells > MOST_CELLS) throw new Unreadable('The SPSS file holds more than can be read here.');
		rows.push(table.rowOf(data.subarray(at, at + cells * 8), little));
	}
	if (cases >= 0 && rows.length < cases) throw new Unreadable(CUT);
	return { variables: table.variables, rows };
}

const cellsOf = (width: number) => Math.max(1, Math.ceil(width / 8));

function decoderOf(encoding: string): TextDecoder {
	try {
		return new TextDecoder(encoding);
	} catch {
		return new TextDecoder('windows-1252');
	}
}

/** All records before the data. */
function dictionaryIn(bytes: Bytes, little: boolean) {
	const raws: Raw[] = [];
	/** By the number of the cell: the variable that begins in it. */
	const byCell: (Raw | undefined)[] = [];
	const found = { longNames: '', longTexts: '', encoding: 'windows-1252' };
	let labels = new Map<number, Buffer>();
	for (;;) {
		const type = bytes.int();
		if (type === 999) {
			bytes.int();
			return { raws, ...found };
		} else if (type === 2) {
			const raw = variableIn(bytes);
			byCell.push(raw);
			if (raw) raws.push(raw);
		} else if (type === 3) {
			labels = labelsIn(bytes);
		} else if (type === 4) {
			for (let left = bytes.int(); left > 0; left -= 1) {
				const raw = byCell[bytes.int() - 1];
				if (raw) raw.values = labels;
			}
		} else if (type === 6) {
			bytes.take(bytes.int() * 80);
		} else if (type === 7) {
			const subtype = bytes.int();
			const content = bytes.take(bytes.int() * bytes.int());
			if (subtype === 13) found.longNames = content.toString('utf8');
			if (subtype === 14) found.longTexts = content.toString('utf8');
			if (subtype === 20) found.encoding = content.toString('latin1').trim();
			if (subtype === 3 && content.length >= 32 && found.encoding === 'windows-1252')
				found.encoding = codePage(little ? content.readInt32LE(28) : content.readInt32BE(28));
		} else throw new Unreadable('The SPSS file is damaged: its dictionary holds something unknown.');
	}
}

const codePage = (code: number) => (code === 65001 ? 'utf-8' : code === 28591 ? 'iso-8859-1' : `windows-${code}`);

/** @returns undefined for what only goes on with the text before it */
function variableIn(bytes: Bytes): Raw | undefined {
	const width = bytes.int();
	const described = bytes.int();
	const missing = bytes.int();
	bytes.take(8);
	const short = bytes.take(8).toString('latin1').trim();
	const length = described === 1 ? bytes.int() : 0;
	const label = bytes.take(Math.ceil(length / 4) * 4).subarray(0, length);
	if (Math.abs(missing) > 3) throw new Unreadable('The SPSS file is damaged: its dictionary holds something unknown.');
	const values = Array.from({ length: Math.abs(missing) }, () => bytes.double());
	if (width < 0) return undefined;
	return { short, label, width, missing: width === 0 ? values : [], isRange: missing < 0, values: new Map() };
}

function labelsIn(bytes: Bytes): Map<number, Buffer> {
	const labels = new Map<number, Buffer>();
	for (let left = bytes.int(); left > 0; left -= 1) {
		const code = bytes.double();
		const length = bytes.take(1)[0]!;
		labels.set(code, bytes.take(Math.ceil((length + 1) / 8) * 8 - 1).subarray(0, length));
	}
	return labels;
}

/** The data as plain cells of eight bytes. */
async function unpacked(
	bytes: Bytes,
	{ compression, bias, little }: { compression: number; bias: number; little: boolean }
): Promise<Buffer> {
	if (compression === 0) return bytes.take(bytes.left);
	if (compression === 1) return spread(bytes.take(bytes.left), bias, little);
	if (compression !== 2) throw new Unreadable('The SPSS file is packed in a way that is not known.');
	return spread(await inflated(bytes), bias, little);
}

/** The blocks of a `.zsav`, one after the other. */
async function inflated(bytes: Bytes): Promise<Buffer> {
	bytes.take(8);
	const trailerAt = Number(bytes.take(8).readBigInt64LE());
	const trailerLength = Number(bytes.take(8).readBigInt64LE());
	const start = bytes.at;
	bytes.take(Math.max(0, trailerAt - start));
	const trailer = bytes.take(trailerLength);
	if (trailer.length < 24) throw new Unreadable(CUT);
	const parts: Buffer[] = [];
	const reader = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate);
	let total = 0;
	for (let at = 24; at + 24 <= trailer.length; at += 24) {
		const offset = Number(trailer.readBigInt64LE(at + 8));
		const length = trailer.readInt32LE(at + 20);
		bytes.at = offset;
		const part = await reader(bytes.take(length), { maxOutputLength: UNPACKED }).catch(() => {
			throw new Unreadable(CUT);
		});
		if ((total += part.length) > UNPACKED) throw new Unreadable('The SPSS file holds more than can be read here.');
		parts.push(part);
	}
	return Buffer.concat(parts);
}

/** A byte for each cell says what it is: a small number, blanks, nothing, or one that stands in full. */
function spread(packed: Buffer, bias: number, little: boolean): Buffer {
	const cells: Buffer[] = [];
	const number = (value: number) => {
		const cell = Buffer.alloc(8);
		if (little) cell.writeDoubleLE(value);
		else cell.writeDoubleBE(value);
		return cell;
	};
	const blank = Buffer.alloc(8, ' ');
	const none = number(-Number.MAX_VALUE);
	let at = 0;
	while (at + 8 <= packed.length) {
		const codes = packed.subarray(at, at + 8);
		at += 8;
		for (const code of codes) {
			if (code === 252) return Buffer.concat(cells);
			if (code === 253) {
				if (at + 8 > packed.length) throw new Unreadable(CUT);
				cells.push(packed.subarray(at, at + 8));
				at += 8;
			} else if (code === 254) cells.push(blank);
			else if (code === 255) cells.push(none);
			else if (code > 0) cells.push(number(code - bias));
		}
	}
	return Buffer.concat(cells);
}

/** Variables under their long names; texts in several pieces are one. */
function shape(
	raws: readonly Raw[],
	{ longNames, longTexts, decoder }: { longNames: string; longTexts: string; decoder: TextDecoder }
) {
	const names = new Map(longNames.split('\t').map((pair) => pair.split('=') as [string, string]));
	const widths = new Map(
		longTexts.split('\0\t').flatMap((pair) => {
			const [short, width] = pair.replace(/^[\0\t]+/, '').split('=');
			return short && width ? [[short, Number.parseInt(width, 10)] as const] : [];
		})
	);
	const parts: { raw: Raw; pieces: { at: number; width: number }[] }[] = [];
	let cell = 0;
	for (let index = 0; index < raws.length;) {
		const raw = raws[index]!;
		const whole = widths.get(raw.short) ?? raw.width;
		const many = whole > 255 ? Math.ceil(whole / 252) : 1;
		const pieces = raws.slice(index, index + many).map(({ width }) => {
			const piece = { at: cell * 8, width: Math.min(width, 255) };
			cell += cellsOf(width);
			return piece;
		});
		parts.push({ raw: { ...raw, width: whole }, pieces });
		index += many;
	}
	const words = (bytes: Uint8Array) => decoder.decode(bytes).trimEnd();
	return {
		variables: parts.map(({ raw }) => ({
			...{ name: names.get(raw.short) ?? raw.short, label: words(raw.label), isText: raw.width > 0 },
			values: raw.width > 0 ? [] : [...raw.values].map(([code, label]) => ({ code, label: words(label) }))
		})),
		rowOf: (row: Buffer, little: boolean) =>
			parts.map(({ raw, pieces }) => {
				if (raw.width === 0) return numberOf(raw, doubleIn(row.subarray(pieces[0]!.at), little));
				return words(Buffer.concat(pieces.map(({ at, width }) => row.subarray(at, at + width)))) || null;
			})
	};
}

function numberOf({ missing, isRange }: Raw, value: number): number | null {
	if (value === -Number.MAX_VALUE) return null;
	const [from, to, ...others] = missing;
	const out = isRange ? (value >= from! && value <= to!) || others.includes(value) : missing.includes(value);
	return out ? null : value;
}
