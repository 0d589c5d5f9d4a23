import { SaxesParser } from 'saxes';
import { bounds, Unreadable } from './bounds.ts';

/** What a reader of XML wants to hear; names come without their prefix. */
export interface Listener {
	open?(name: string, attribute: (name: string) => string, attributes: Record<string, string>): void;
	close?(name: string): void;
	text?(text: string): void;
}

/**
 * Reads XML as it comes, in bounded memory. A document type is refused before anything
 * in it is looked at: no entity is ever defined, fetched or put in.
 * @throws Unreadable when it is not well-formed, too deep, or has a document type
 */
export async function readXml(content: AsyncIterable<Buffer>, listener: Listener): Promise<void> {
	const parser = new SaxesParser({ xmlns: false, position: false });
	let depth = 0;
	let refused: Unreadable | undefined;
	const refuse = (sentence: string) => (refused ??= new Unreadable(sentence));
	parser.on('doctype', () =>
		refuse('The file defines entities of its own, which office programs never do. It was not read.')
	);
	parser.on('error', () => refuse('The file is damaged: its text is not well-formed.'));
	parser.on('opentag', ({ name, attributes }) => {
		if ((depth += 1) > bounds.depth) refuse('The file is nested too deeply to be read.');
		if (refused) return;
		const plain: Record<string, string> = {};
		for (const [key, value] of Object.entries(attributes as Record<string, string>)) plain[local(key)] = value;
		listener.open?.(local(name), (key) => plain[key] ?? '', attributes as Record<string, string>);
	});
	parser.on('closetag', ({ name }) => {
		depth -= 1;
		if (!refused) listener.close?.(local(name));
	});
	parser.on('text', (text) => !refused && listener.text?.(text));
	parser.on('cdata', (text) => !refused && listener.text?.(text));
	// Office writes UTF-8; UTF-16 is told by its mark.
	let decoder: TextDecoder | undefined;
	for await (const chunk of content) {
		decoder ??= new TextDecoder(encodingOf(chunk));
		parser.write(decoder.decode(chunk, { stream: true }));
		if (refused) throw refused;
	}
	parser.close();
	if (refused) throw refused;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

function encodingOf(start: Buffer): string {
	if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
	if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
	return 'utf-8';
}
