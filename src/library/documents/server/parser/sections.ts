import { wordsOfBlock, type Block } from '../../document.ts';
import { bounds } from './bounds.ts';
import { line, parted, type Out } from './out.ts';

/** Parts a text that flows: a section begins at each heading, or where one grew too long. */
export class Sections {
	#out: Out;
	#no = 0;
	#title = '';
	#blocks: Block[] = [];
	#size = 0;

	constructor(out: Out) {
		this.#out = out;
	}

	add(block: Block): void {
		if (block.kind !== 'table' && block.text.length > bounds.block) {
			for (const text of parted(block.text)) this.add({ ...block, text });
			return;
		}
		if (block.kind === 'heading' && block.level <= 3 && block.text.trim()) {
			this.#flush();
			this.#title = line(block.text, 200);
		}
		this.#blocks.push(block);
		this.#size += wordsOfBlock(block).length;
		if (this.#size > bounds.section && block.kind !== 'heading') this.#flush();
	}

	end(): void {
		this.#flush();
	}

	#flush(): void {
		if (this.#blocks.length === 0) return;
		this.#no += 1;
		const locator = this.#title || `Section ${this.#no}`;
		const blocks = this.#blocks;
		this.#blocks = [];
		this.#size = 0;
		this.#out.part({ anchor: `section-${this.#no}`, locator, title: this.#title, blocks });
	}
}

/** Parts a table of many rows into stretches, each with the row of headings above it. */
export class Rows {
	#out: Out;
	#sheet: number;
	#name: string;
	#from = 1;
	#row = 0;
	#head: string[] | undefined;
	#rows: string[][] = [];

	constructor(out: Out, sheet: number, name: string) {
		this.#out = out;
		this.#sheet = sheet;
		this.#name = name;
	}

	/** @param number of the row in its sheet, from 1 */
	add(cells: string[], number = this.#row + 1): void {
		while (cells.length > 0 && !cells.at(-1)!.trim()) cells.pop();
		if (cells.length === 0) return;
		this.#head ??= cells;
		if (this.#rows.length >= 100) this.#flush();
		if (this.#rows.length === 0) this.#from = number;
		this.#row = number;
		this.#rows.push(cells);
	}

	end(): void {
		this.#flush();
	}

	#flush(): void {
		if (this.#rows.length === 0) return;
		const first = this.#rows[0] === this.#head;
		const rows = first ? this.#rows : [this.#head!, ...this.#rows];
		const heading: Block[] = first && this.#name ? [{ kind: 'heading', level: 2, text: this.#name }] : [];
		this.#rows = [];
		this.#out.part({
			anchor: first ? `sheet-${this.#sheet}` : `sheet-${this.#sheet}-row-${this.#from}`,
			locator: [this.#name, `rows ${this.#from}–${this.#row}`].filter(Boolean).join(', '),
			title: this.#name,
			blocks: [...heading, { kind: 'table', head: true, rows }]
		});
	}
}
