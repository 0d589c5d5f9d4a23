import { SaxesParser } from 'saxes';
import { Unreadable } from './unreadable.ts';

/** Elements within each other. */
const DEPTH = 200;

/** What a reader of XML wants to hear; names come without their prefix. */
export interface Listener {
	open?(name: string, attribute: (name: string) => string, attributes: Record<string, string>, line: number): void;
	close?(name: string): void;
	text?(text: string): void;
}

export interface XmlOptions {
	/** Tells `open` the lines, and names the line of a mistake: costs time. */
	lines?: boolean;
}

/**
 * Reads XML as it comes, in bounded memory. A document type is refused before anything
 * in it is looked at: no entity is ever defined, fetched or put in.
 * @throws Unreadable when it is not well-formed, too deep, or has a document type
 */
export async function readXml(content: AsyncIterable<Buffer>, listener: Listener, options?: XmlOptions): Promise<void> {
	for await (const pause of readXmlPieces(content, listener, options)) void pause;
}

/** The same, pausing after each piece of the file, so that whoever takes what was read decides how fast it goes. */
export async function* readXmlPieces(
	content: AsyncIterable<Buffer>,
	listener: Listener,
	{ lines = false }: XmlOptions = {}
): AsyncGenerator<void> {
	const parser = new SaxesParser({ xmlns: false, position: lines });
	let depth = 0;
	let refused: Unreadable | undefined;
	const refuse = (sentence: string) => (refused ??= new Unreadable(sentence));
	parser.on('doctype', () =>
		refuse('The file defines entities of its own, or could: it has a document type. It was not read.')
	);
	parser.on('error', () =>
		refuse(`The file is damaged: its text is not well-formed${lines ? ` (line ${parser.line})` : ''}.`)
	);
	parser.on('opentag', ({ name, attributes }) => {
		if ((depth += 1) > DEPTH) refuse('The file is nested too deeply to be read.');
		if (refused) return;
		const plain: Record<string, string> = {};
		for (const [key, value] of Object.entries(attributes as Record<string, string>)) plain[local(key)] = value;
		listener.open?.(
			local(name),
			(key) => plain[key] ?? '',
			attributes as Record<string, string>,
			lines ? parser.line : 0
		);
	});
	parser.on('closetag', ({ name }) => {
		depth -= 1;
		if (!refused) listener.close?.(local(name));
	});
	parser.on('text', (text) => !refused && listener.text?.(text));
	parser.on('cdata', (text) => !refused && listener.text?.(text));
	let decoder: TextDecoder | undefined;
	for await (const chunk of content) {
		decoder ??= new TextDecoder(encodingOf(chunk));
		parser.write(decoder.decode(chunk, { stream: true }));
		yield;
		if (refused) throw refused;
	}
	parser.close();
	yield;
	if (refused) throw refused;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** By its mark, else as its declaration says; UTF-8 where that is nothing known. */
function encodingOf(start: Buffer): string {
	if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
	if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
	const said = /^[^<]{0,3}<\?xml[^>]*\bencoding\s*=\s*["']([\w:.-]{1,40})/.exec(start.toString('latin1', 0, 200))?.[1];
	if (!said || /^utf-?16/i.test(said)) return 'utf-8';
	try {
		return new TextDecoder(said).encoding;
	} catch {
		return 'utf-8';
	}
}
