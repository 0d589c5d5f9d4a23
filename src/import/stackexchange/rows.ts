import { createReadStream } from 'node:fs';
import { SaxesParser } from 'saxes';
import type { Problem } from '#src/core/import/report.ts';
import { detectEncoding, type Encoding } from './encoding.ts';

/** One `<row …/>` of a dump. */
export interface Row {
	line: number;
	attributes: Record<string, string>;
}

/** Where to go on: the bytes and lines that are behind. */
export interface Position {
	offset: number;
	line: number;
}

export interface Batch {
	rows: Row[];
	problems: Problem[];
	/** After the last row of the batch. */
	end: Position;
}

const BATCH_ROWS = 1000;
const BATCH_BYTES = 4_000_000;
/** Stack Exchange ends a post at 30,000 characters; no honest row comes near. */
const ROW_BYTES = 1_000_000;
const DOCTYPE_BYTES = 1_000_000;

/**
 * Reads the rows of a dump's file as a stream, in batches of bounded size. `<` cannot stand
 * within a row, so each row is cut out and parsed alone: a broken one costs only itself.
 * A DOCTYPE is passed over and no entity of it is ever known, so none is expanded.
 * @param from the end of a batch that was read before
 */
export async function* readRows(path: string, from: Position = { offset: 0, line: 1 }): AsyncGenerator<Batch> {
	const encoding = await detectEncoding(path);
	const cutter = new Cutter(encoding, from);
	if (encoding.note) cutter.tell(encoding.note, 1);
	for await (const chunk of bytes(path, encoding, from.offset)) {
		for (const batch of cutter.add(chunk)) yield batch;
	}
	yield cutter.finish();
}

async function* bytes(path: string, encoding: Encoding, offset: number): AsyncGenerator<Buffer> {
	const options = { highWaterMark: 1 << 20 };
	if (!encoding.wide) return yield* createReadStream(path, { ...options, start: Math.max(offset, encoding.mark) });
	const decoder = new TextDecoder(encoding.wide);
	let behind = 0;
	for await (const chunk of createReadStream(path, options)) {
		const text = Buffer.from(decoder.decode(chunk as Buffer, { stream: true }));
		if (behind + text.length > offset) yield text.subarray(Math.max(0, offset - behind));
		behind += text.length;
	}
}

/** Cuts the stream at each `<` and hands out what the pieces hold. */
class Cutter {
	readonly #encoding: Encoding;
	#parser = new RowParser();
	#rest: Buffer = Buffer.alloc(0);
	#at: Position;
	#batch: Batch;
	#batchBytes = 0;
	#rows = 0;
	/** The rest of a piece that was too long, up to the next `<`. */
	#dropping = false;
	#within: 'document' | 'comment' | 'doctype' = 'document';
	#doctypeBytes = 0;
	#closed = false;
	readonly #fresh: boolean;

	constructor(encoding: Encoding, from: Position) {
		this.#fresh = from.offset === 0;
		this.#encoding = encoding;
		this.#at = { offset: Math.max(from.offset, encoding.mark), line: from.line };
		this.#batch = this.#emptyBatch();
	}

	tell(reason: string, line = this.#at.line, what?: string): void {
		this.#batch.problems.push({ line, reason, what });
	}

	*add(chunk: Buffer): Generator<Batch> {
		let data = this.#rest.length ? Buffer.concat([this.#rest, chunk]) : chunk;
		let start = 0;
		for (;;) {
			const next = data.indexOf(0x3c, start + 1);
			if (next === -1) break;
			this.#take(data.subarray(start, next));
			start = next;
			if (this.#batch.rows.length >= BATCH_ROWS || this.#batchBytes >= BATCH_BYTES) yield this.#endBatch();
		}
		data = data.subarray(start);
		if (data.length > ROW_BYTES) data = this.#drop(data);
		this.#rest = data;
	}

	/** What is left at the end of the file. */
	finish(): Batch {
		if (this.#rest.length) this.#take(this.#rest);
		if (this.#within !== 'document') this.tell(`a ${this.#within} never ends, and with it the rest of the file`);
		if (this.#rows === 0 && this.#fresh && this.#within === 'document')
			this.tell('no <row> was found: this is no file of a dump');
		else if (!this.#closed) this.tell('the file ends early: its closing tag is missing');
		return this.#endBatch();
	}

	#emptyBatch(): Batch {
		return { rows: [], problems: [], end: this.#at };
	}

	#endBatch(): Batch {
		const batch = { ...this.#batch, end: this.#at };
		this.#batch = this.#emptyBatch();
		this.#batchBytes = 0;
		return batch;
	}

	/** A piece that grows without end is let go as it comes, so it never fills the memory. */
	#drop(data: Buffer): Buffer {
		if (!this.#dropping) this.tell(`a row of more than ${ROW_BYTES.toLocaleString('en')} bytes`);
		this.#dropping = true;
		this.#move(data);
		return Buffer.alloc(0);
	}

	#move(piece: Buffer): void {
		let line = this.#at.line;
		for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) line += 1;
		this.#at = { offset: this.#at.offset + piece.length, line };
	}

	#take(piece: Buffer): void {
		const tail = this.#dropping && piece[0] !== 0x3c;
		this.#dropping = false;
		if (tail) return this.#move(piece);
		if (this.#within === 'comment') this.#leave(piece, '-->');
		else if (this.#within === 'doctype') this.#inDoctype(piece);
		else if (isRow(piece)) this.#row(piece);
		else this.#markup(piece);
		this.#move(piece);
	}

	#row(piece: Buffer): void {
		this.#rows += 1;
		if (piece.length > ROW_BYTES) return this.tell(`a row of more than ${ROW_BYTES.toLocaleString('en')} bytes`);
		const text = this.#encoding.decode(piece);
		const { attributes, error } = this.#parser.parse(text);
		if (!attributes) return this.tell(error ?? 'the row has no end', this.#at.line, idOf(text));
		if (text.includes('\ufffd') && !piece.includes('\ufffd')) attributes._invalid = 'yes';
		this.#batch.rows.push({ line: this.#at.line, attributes });
		this.#batchBytes += piece.length;
	}

	#markup(piece: Buffer): void {
		const text = piece.subarray(0, 64).toString('latin1');
		if (text.startsWith('<!--')) {
			this.#within = 'comment';
			this.#leave(piece, '-->');
		} else if (/^<!doctype/i.test(text)) {
			this.tell('a DOCTYPE: it was passed over, its entities are not used');
			this.#within = 'doctype';
			this.#doctypeBytes = 0;
			if (!piece.includes('[')) this.#leave(piece, '>');
			else this.#leave(piece, ']>');
		} else if (/^<\/\w+\s*>/.test(text) && !/^<\/row\s*>/.test(text)) this.#closed = true;
	}

	#inDoctype(piece: Buffer): void {
		this.#doctypeBytes += piece.length;
		this.#leave(piece, ']>');
		if (this.#within === 'doctype' && this.#doctypeBytes > DOCTYPE_BYTES) {
			this.tell('a DOCTYPE without an end; reading goes on at the next row');
			this.#within = 'document';
		}
	}

	#leave(piece: Buffer, end: string): void {
		if (piece.includes(end)) this.#within = 'document';
	}
}

/** `<row` and white space, or its end. */
const isRow = (piece: Buffer) =>
	piece[0] === 0x3c && piece[1] === 0x72 && piece[2] === 0x6f && piece[3] === 0x77 && (piece[4] ?? 0) < 0x41;

const idOf = (text: string) => {
	const id = /\sId="(\d+)"/.exec(text.slice(0, 300))?.[1];
	return id && `(Id ${id})`;
};

type PlainOptions = { position: false; xmlns: false };
type PlainParser = SaxesParser<PlainOptions>;

/** One parser for many rows, for speed; after a mistake it is replaced. */
class RowParser {
	#parser: PlainParser | undefined;
	#attributes: Record<string, string> | undefined;
	#error: string | undefined;
	#open = false;

	parse(text: string): { attributes?: Record<string, string>; error?: string } {
		this.#attributes = this.#error = undefined;
		this.#parser ??= this.#create();
		this.#parser.write(text);
		if (this.#attributes && this.#open) this.#parser.write('</row>');
		const { attributes, error } = { attributes: this.#attributes, error: this.#error };
		if (error || !attributes) this.#parser = undefined;
		return error ? { error } : { attributes };
	}

	#create(): PlainParser {
		const parser = new SaxesParser<PlainOptions>({ position: false, xmlns: false });
		parser.on('error', (error) => (this.#error ??= error.message.replace(/^[\d:]*\s*/, '').replace(/\.$/, '')));
		parser.on('opentag', ({ attributes, isSelfClosing }) => {
			this.#attributes = attributes;
			this.#open = !isSelfClosing;
		});
		parser.write('<rows>');
		this.#attributes = undefined;
		return parser;
	}
}
