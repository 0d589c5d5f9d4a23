import { wordsOfBlock, type Block, type Heading, type Part, type Unit } from '../../document.ts';
import { bounds, Enough } from './bounds.ts';

/** What the parser process tells, a line of JSON each. */
export type Message =
	| { tell: 'about'; format: string; unit: Unit }
	| { tell: 'part'; part: Part }
	| { tell: 'headings'; headings: Heading[] }
	| { tell: 'note'; text: string }
	| { tell: 'picture'; no: number; width: number; height: number; webp: string }
	| { tell: 'cover'; content: string }
	| { tell: 'unreadable'; reason: string }
	| { tell: 'end' };

/** Takes what a reader finds, numbers it and keeps to the bounds. */
export class Out {
	#send: (message: Message) => void;
	#no = 0;
	#text = 0;
	#headings: Heading[] = [];
	#outline: Heading[] | undefined;

	constructor(send: (message: Message) => void) {
		this.#send = send;
	}

	about(format: string, unit: Unit): void {
		this.#send({ tell: 'about', format, unit });
	}

	note(text: string): void {
		this.#send({ tell: 'note', text });
	}

	/** A picture of the file that it carries with it, as it is. */
	cover(content: Buffer): void {
		this.#send({ tell: 'cover', content: content.toString('base64') });
	}

	/** The headings as the file itself lists them, instead of those found in its text. */
	outline(headings: Heading[]): void {
		this.#outline = headings;
	}

	/** @throws Enough when the file has more text than is kept */
	part({ anchor, locator, title, blocks }: Omit<Part, 'no'>): void {
		this.#no += 1;
		const part = {
			no: this.#no,
			anchor,
			locator: line(locator, 200),
			title: line(title, 300),
			blocks: this.#within(clean(blocks))
		};
		for (const block of part.blocks) {
			if (block.kind === 'heading')
				this.#headings.push({ title: line(block.text, 200), level: block.level, no: part.no });
		}
		this.#send({ tell: 'part', part });
		if (this.#text >= bounds.text) throw new Enough('It is very long: only the first 8 million letters were read.');
	}

	/** As many of the blocks as there is still room for. */
	#within(blocks: Block[]): Block[] {
		const end = blocks.findIndex((block) => (this.#text += wordsOfBlock(block).length) >= bounds.text);
		return end < 0 ? blocks : blocks.slice(0, end);
	}

	/** Tells the headings, and that nothing more comes. */
	end(): void {
		const known = (this.#outline ?? this.#headings).filter(({ no, title }) => title && no <= this.#no);
		this.#send({ tell: 'headings', headings: known.slice(0, bounds.headings) });
		this.#send({ tell: 'end' });
	}
}

/** Files hold null bytes, halves of characters and marks that turn the direction of writing. */
const unfit = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g; // eslint-disable-line no-control-regex -- these are meant
export const fit = (text: string): string => text.toWellFormed().replace(unfit, '');
export const line = (text: string, most: number): string =>
	fit(text).replace(/\s+/g, ' ').trim().slice(0, most).toWellFormed();

function clean(blocks: Block[]): Block[] {
	return blocks.flatMap((block): Block[] => {
		if (block.kind === 'table') {
			const rows = block.rows.map((row) => row.slice(0, bounds.columns).map((cell) => line(cell, bounds.cell)));
			return rows.some((row) => row.some(Boolean)) ? [{ ...block, rows }] : [];
		}
		const text = fit(block.text).trim();
		return text ? parted(text).map((some) => ({ ...block, text: some })) : [];
	});
}

/** A paragraph of a book's length becomes several. */
export function parted(text: string): string[] {
	const parts: string[] = [];
	for (let at = 0; at < text.length; at += bounds.block) parts.push(text.slice(at, at + bounds.block).toWellFormed());
	return parts;
}
