import { decodeText } from '#src/platform/server/charset.ts';

/** The text of a file of unknown encoding, and what was odd about it; undefined where it holds null bytes: no text. */
export function textOf(bytes: Buffer): { text: string; odd?: { line: number; reason: string } } | undefined {
	const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	if (!wide && bytes.includes(0)) return undefined;
	const text = decodeText(bytes);
	const plain = bytes.toString('utf8');
	if (wide || !plain.includes('\ufffd')) return { text };
	const line = plain.slice(0, plain.indexOf('\ufffd')).split('\n').length;
	const reason = text.includes('\ufffd')
		? 'it holds bytes that are no UTF-8; replaced'
		: 'it is not written in UTF-8; read in the encoding that fits';
	return { text, odd: { line, reason } };
}
