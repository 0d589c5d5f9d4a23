import type { ItemPart } from '#src/core/search/server/parts.ts';
import { suffixOf, textOf, type Contents, type Heading, type Part, type Unit, type View } from '../document.ts';

/** Letters of a view: some thirty pages, a page that comes quickly over a slow network. */
const VIEW = 60_000;
/** Letters of a stretch that is found by itself. */
const CHUNK = 2_000;

type Place = Pick<Part, 'no' | 'anchor' | 'locator' | 'title'> & { view: number };

/** Parts a long document into views, and says where each of its parts is found. */
export class Layout {
	#places: Place[] = [];
	#view = 1;
	#letters = 0;
	readonly chunks: ItemPart[] = [];

	/** @returns the view that shows the part */
	add({ no, anchor, locator, title, blocks }: Part): number {
		const text = textOf({ blocks });
		if (this.#letters > 0 && this.#letters + text.length > VIEW) {
			this.#view += 1;
			this.#letters = 0;
		}
		// A page that is a picture takes room as well.
		this.#letters += Math.max(500, text.length);
		this.#places.push({ no, anchor, locator, title, view: this.#view });
		const suffix = suffixOf(anchor, this.#view);
		for (const chunk of chunksOf(text)) this.chunks.push({ locator, suffix, text: chunk });
		return this.#view;
	}

	get count(): number {
		return this.#places.length;
	}

	/** The slides or sheets, or the headings of a text. */
	contents(unit: Unit, headings: Heading[]): Contents[] {
		if (unit === 'slide' || unit === 'sheet') {
			return this.#places
				.filter(({ title }, at) => unit === 'slide' || (title && title !== this.#places[at - 1]?.title))
				.map((place) => ({
					title: place.title || place.locator,
					level: 1,
					suffix: suffixOf(place.anchor, place.view)
				}));
		}
		const top = Math.min(...headings.map(({ level }) => level));
		return headings.flatMap(({ title, level, no }) => {
			const place = this.#places[no - 1];
			return place ? [{ title, level: level - top + 1, suffix: suffixOf(place.anchor, place.view) }] : [];
		});
	}

	views(unit: Unit): View[] {
		return Array.from({ length: this.#places.length > 0 ? this.#view : 0 }, (_, at) => {
			const places = this.#places.filter(({ view }) => view === at + 1);
			return { label: labelOf(unit, places, at + 1), suffix: suffixOf(places[0]!.anchor, at + 1) };
		});
	}
}

function labelOf(unit: Unit, places: Place[], view: number): string {
	if (unit !== 'page' && unit !== 'slide') return `Part ${view}`;
	const [first, last] = [places[0]!, places.at(-1)!].map(({ locator }) => locator.replace(/^\D+/, ''));
	const name = unit === 'page' ? 'Page' : 'Slide';
	return first === last ? `${name} ${first}` : `${name}s ${first}–${last}`;
}

/** Cut at the end of a line where there is one, else at a blank. */
function chunksOf(text: string): string[] {
	const chunks: string[] = [];
	let rest = text.trim();
	while (rest.length > CHUNK) {
		const head = rest.slice(0, CHUNK);
		const end = [head.lastIndexOf('\n'), head.lastIndexOf(' ')].find((at) => at > CHUNK / 2) ?? CHUNK;
		chunks.push(rest.slice(0, end).trim());
		rest = rest.slice(end).trim();
	}
	return rest ? [...chunks, rest] : chunks;
}
