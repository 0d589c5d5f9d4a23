/** All terms of an item with their impacts, packed as search_doc keeps them. */

/** An impact of 1: postings hold impacts as whole numbers up to 32,767. */
export const SCALE = 8000;

const K1 = 1.2;
const B = 0.75;

/**
 * How much one term says about an item: BM25's saturated frequency, with an item's worth on top.
 * Okapi BM25 as in Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009).
 * @param frequency the weighted frequency over all fields
 * @param length the item's length over the average
 * @param worth what helped colleagues weighs more: 1 for an item nobody marked
 */
export function impactOf(frequency: number, length: number, worth: number): number {
	const saturated = ((K1 + 1) * frequency) / (frequency + K1 * (1 - B + B * length));
	return Math.min(32_767, Math.max(1, Math.round(SCALE * saturated * worth)));
}

export function packVector(impacts: [term: number, impact: number][]): Buffer {
	const packed = Buffer.allocUnsafe(impacts.length * 6);
	let at = 0;
	for (const [term, impact] of impacts) {
		packed.writeUInt32LE(term, at);
		packed.writeUInt16LE(impact, at + 4);
		at += 6;
	}
	return packed;
}

export function* unpackVector(packed: Buffer): Generator<[term: number, impact: number]> {
	for (let at = 0; at < packed.length; at += 6) yield [packed.readUInt32LE(at), packed.readUInt16LE(at + 4)];
}
