import type { SuggestionKeyDownProps, SuggestionProps } from '@tiptap/suggestion';

export interface Choice {
	id: string;
	label: string;
	/** A few words more, such as what a person does. */
	hint?: string;
}

/** The list that opens while somebody types `@` or `#`, and where its choices come from. */
export class Suggestions {
	title = $state('');
	items = $state.raw<Choice[]>([]);
	index = $state(0);
	rect = $state.raw<DOMRect | null>(null);
	#space: () => string | undefined;
	#choose: (choice: Choice) => void = () => {};

	/** @param space the id of the space a text is written in: its people are suggested */
	constructor(space: () => string | undefined) {
		this.#space = space;
	}

	get isOpen(): boolean {
		return this.title !== '' && this.items.length > 0 && this.rect !== null;
	}

	people = (query: string): Promise<Choice[]> => this.#ask('people', query);
	tags = async (query: string): Promise<Choice[]> => (query ? this.#ask('tags', query) : []);

	choose(choice: Choice): void {
		this.#choose(choice);
	}

	/** What the text says of the list while it is open: the ARIA combobox pattern on a textbox of many lines. */
	attributes(listId: string): Record<string, string> {
		if (!this.isOpen) return {};
		const active = `${listId}-${this.index}`;
		return { 'aria-autocomplete': 'list', 'aria-controls': listId, 'aria-activedescendant': active };
	}

	/** For the editor: how it opens, moves and closes the list. */
	popup(title: string) {
		const show = ({ items, command, clientRect }: SuggestionProps<Choice>) => {
			if (items !== this.items) this.index = 0;
			this.title = title;
			this.items = items;
			this.rect = clientRect?.() ?? null;
			this.#choose = (choice) => command(choice);
		};
		return {
			onStart: show,
			onUpdate: show,
			onExit: () => this.close(),
			onKeyDown: ({ event }: SuggestionKeyDownProps) => this.#key(event)
		};
	}

	close(): void {
		this.title = '';
		this.items = [];
	}

	#key(event: KeyboardEvent): boolean {
		if (!this.isOpen) return false;
		const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
		if (event.key in moves) {
			this.index = (this.index + moves[event.key]! + this.items.length) % this.items.length;
			return true;
		}
		if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
			this.#choose(this.items[this.index]!);
			return true;
		}
		if (event.key === 'Escape') {
			this.close();
			return true;
		}
		return false;
	}

	async #ask(what: 'people' | 'tags', query: string): Promise<Choice[]> {
		const space = this.#space();
		const search = `q=${encodeURIComponent(query)}${space ? `&space=${encodeURIComponent(space)}` : ''}`;
		try {
			const response = await fetch(`/suggest/${what}?${search}`);
			return response.ok ? ((await response.json()) as Choice[]) : [];
		} catch {
			return [];
		}
	}
}
