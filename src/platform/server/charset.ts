/** Bytes that cannot be what they were said to be: above this share the next guess is tried. */
const WRONG = 0.01;

/**
 * The text of a page whose encoding is only claimed: a mark at its beginning, then the
 * header, then what it says of itself in its first two kilobytes, then UTF-8. A claim that
 * does not fit the bytes gives way to the next one; in the end every byte is a letter of
 * Windows-1252, as browsers take it.
 * @param contentType the header, with or without a charset
 */
export function decodeText(body: Uint8Array, contentType = ''): string {
	const marked = markOf(body);
	if (marked) return new TextDecoder(marked).decode(body);
	const head = Buffer.from(body.subarray(0, 2048)).toString('latin1');
	const said = [charsetIn(contentType), withoutMark(charsetIn(head)), 'utf-8'];
	let best: string | undefined;
	for (const label of new Set(said)) {
		const decoder = label && decoderOf(label);
		if (!decoder) continue;
		const text = decoder.decode(body);
		if (wrongIn(text) === 0) return text;
		if (wrongIn(text) < WRONG && mostlyRight(text)) best ??= text;
	}
	return best ?? new TextDecoder('windows-1252').decode(body);
}

/** By its byte order mark. */
function markOf(body: Uint8Array): string | undefined {
	const [a, b, c] = body;
	if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
	if (a === 0xff && b === 0xfe) return 'utf-16le';
	if (a === 0xfe && b === 0xff) return 'utf-16be';
	return undefined;
}

/** What could be read as ASCII is not UTF-16, whatever it says (HTML, "prescan a byte stream"). */
const withoutMark = (label = '') => (/^utf-?16/i.test(label) ? 'utf-8' : label);

const charsetIn = (text: string) => /(?:charset|encoding)\s*=\s*["']?([\w:.-]+)/i.exec(text)?.[1];

function decoderOf(label: string): TextDecoder | undefined {
	try {
		return new TextDecoder(label);
	} catch {
		return undefined;
	}
}

/** Where hardly a letter beyond ASCII could be read, markup alone makes the share of wrong ones small. */
function mostlyRight(text: string): boolean {
	const beyond = text.match(/[^\x00-\x7f]/g)?.length ?? 0; // eslint-disable-line no-control-regex
	return wrongIn(text) * text.length < beyond / 2;
}

/** The share of letters that stand for bytes nobody could read. */
function wrongIn(text: string): number {
	let wrong = 0;
	for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) wrong += 1;
	return wrong / Math.max(1, text.length);
}

/** Bytes that are looked at to tell how a text is written. */
const LOOKED_AT = 64 * 1024;

/**
 * The text of a file as it comes in: by its mark, else UTF-8 where its beginning is that, else
 * Windows-1252, which spreadsheets write where they do not write UTF-8.
 */
export async function* decodePieces(content: AsyncIterable<Buffer>): AsyncGenerator<string> {
	let head: Buffer[] | undefined = [];
	let size = 0;
	let decoder: TextDecoder | undefined;
	for await (const chunk of content) {
		if (decoder) yield decoder.decode(chunk, { stream: true });
		else {
			head!.push(chunk);
			if ((size += chunk.length) < LOOKED_AT) continue;
			const whole = Buffer.concat(head!);
			decoder = new TextDecoder(guess(whole));
			head = undefined;
			yield decoder.decode(whole, { stream: true });
		}
	}
	if (decoder) return yield decoder.decode();
	const whole = Buffer.concat(head ?? []);
	yield new TextDecoder(guess(whole)).decode(whole);
}

function guess(start: Buffer): string {
	const marked = markOf(start);
	if (marked) return marked;
	// A mark is often left out where every second byte is null.
	if (start.length > 3 && start[1] === 0 && start[3] === 0) return 'utf-16le';
	try {
		new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
		return 'utf-8';
	} catch {
		return 'windows-1252';
	}
}
