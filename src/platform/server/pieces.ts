import { constants, crc32, deflateRawSync } from 'node:zlib';

/** A part of an answer that is sent many times as it is: compressed once, when somebody first takes it so. */
export class Piece {
	readonly plain: Buffer;
	#packed: Buffer | undefined;

	constructor(text: string) {
		this.plain = Buffer.from(text);
	}

	/** Deflated by itself and ending on a byte, so that it can stand anywhere in a gzip stream (RFC 1951, RFC 1952). */
	get packed(): Buffer {
		return (this.#packed ??= deflateRawSync(this.plain, { finishFlush: constants.Z_SYNC_FLUSH }));
	}
}

/** What is sent: pieces, and short texts between them that are other ones each time. */
export type Part = Piece | string;

const plainOf = (part: Part): Buffer => (typeof part === 'string' ? Buffer.from(part) : part.plain);

/** The parts as they are sent uncompressed. */
export const plain = (parts: readonly Part[]): Buffer[] => parts.map(plainOf);

const HEAD = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
const LAST_BLOCK = Buffer.from([3, 0]);

/** The same, compressed: nothing is compressed twice. */
export function joinPacked(parts: readonly Part[]): Buffer {
	const sent: Buffer[] = [HEAD];
	let sum = 0;
	let length = 0;
	for (const part of parts) {
		const bytes = plainOf(part);
		sum = crc32(bytes, sum);
		length += bytes.length;
		sent.push(...(part instanceof Piece ? [part.packed] : stored(bytes)));
	}
	const tail = Buffer.alloc(8);
	tail.writeUInt32LE(sum, 0);
	tail.writeUInt32LE(length % 2 ** 32, 4);
	return Buffer.concat([...sent, LAST_BLOCK, tail]);
}

/** A short text uncompressed in a block of its own. */
function stored(plain: Buffer): Buffer[] {
	const head = Buffer.alloc(5);
	head.writeUInt16LE(plain.length, 1);
	head.writeUInt16LE(0xffff - plain.length, 3);
	return [head, plain];
}

/** Cuts a text at spans that give way to something else: the pieces between them and, in their places, the names. */
export function cut<N extends string>(text: string, spans: { name: N; from: number; to: number }[]): (Piece | N)[] {
	const parts: (Piece | N)[] = [];
	let at = 0;
	for (const { name, from, to } of spans.toSorted((a, b) => a.from - b.from)) {
		parts.push(new Piece(text.slice(at, from)), name);
		at = to;
	}
	return [...parts, new Piece(text.slice(at))];
}
