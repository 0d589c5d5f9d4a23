import { open } from 'node:fs/promises';

export interface Encoding {
	/** Turns the bytes of a row into text. */
	decode(bytes: Uint8Array): string;
	/** UTF-16 has `<` and line ends in two bytes each, so it is read as a stream of UTF-8 instead. */
	wide?: 'utf-16le' | 'utf-16be';
	/** Bytes of a byte order mark at the start. */
	mark: number;
	/** Said in the report. */
	note?: string;
}

/** Finds out how a file is written, from its byte order mark or its XML declaration. */
export async function detectEncoding(path: string): Promise<Encoding> {
	const head = await firstBytes(path, 512);
	const [a, b, c] = head;
	if (a === 0xef && b === 0xbb && c === 0xbf) return { decode: utf8, mark: 3 };
	if (a === 0xff && b === 0xfe) return { decode: utf8, wide: 'utf-16le', mark: 0 };
	if (a === 0xfe && b === 0xff) return { decode: utf8, wide: 'utf-16be', mark: 0 };
	if (a === 0x3c && b === 0) return { decode: utf8, wide: 'utf-16le', mark: 0 };
	if (a === 0 && b === 0x3c) return { decode: utf8, wide: 'utf-16be', mark: 0 };
	const label = /^<\?xml[^>]*\bencoding\s*=\s*["']([^"']+)/.exec(head.toString('latin1'))?.[1]?.toLowerCase();
	if (!label || /^(utf-?8|us-ascii|ascii|utf-16.*)$/.test(label)) return { decode: utf8, mark: 0 };
	return byLabel(label);
}

function byLabel(label: string): Encoding {
	try {
		const decoder = new TextDecoder(label);
		return { decode: (bytes) => decoder.decode(bytes), mark: 0 };
	} catch {
		return { decode: utf8, mark: 0, note: `the encoding "${label.slice(0, 40)}" is not known; read as UTF-8` };
	}
}

/** Bytes that are no UTF-8 become U+FFFD; `rows.ts` tells of them. */
const utf8 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

async function firstBytes(path: string, length: number): Promise<Buffer> {
	const file = await open(path);
	try {
		const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, 0);
		return buffer.subarray(0, bytesRead);
	} finally {
		await file.close();
	}
}
