import { XmlStream } from './xml-stream.ts';

/** One `<object>` of what Hibernate wrote: its own values, and the ids of what it names. */
export interface Entity {
	class: string;
	id: string;
	/** Values, and the ids of other objects, by the name of the property. */
	values: Record<string, string>;
	/** Of which class a property's object is. */
	classes: Record<string, string>;
	/** The ids of a collection's objects. */
	lists: Record<string, string[]>;
	/** Names of values that were longer than what is taken. */
	cut: string[];
}

/** As much of a value as is taken; names and days are short. */
const SHORT = 2000;
/** Of one list; longer ones are of no use here. */
const MOST_LISTED = 1000;

export interface EntityReading {
	/** How many characters of a value are wanted. */
	most?(of: string, property: string): number;
	take(entity: Entity): Promise<void> | void;
}

export interface EntityNotes {
	count: number;
	doctype: boolean;
	/** The text broke off. */
	early: boolean;
}

/**
 * Reads the objects of an `entities.xml` one after the other; none is held longer than it takes.
 * An object that is broken costs itself only: the next begins at its own tag.
 */
export async function readEntities(pieces: AsyncIterable<string>, reading: EntityReading): Promise<EntityNotes> {
	const builder = new Builder(reading);
	const xml = new XmlStream(builder);
	let count = 0;
	const hand = async () => {
		for (const entity of builder.done.splice(0)) {
			count += 1;
			await reading.take(entity);
		}
	};
	for await (const piece of pieces) {
		xml.write(piece);
		await hand();
	}
	const ended = xml.end();
	await hand();
	return { count, doctype: xml.doctype, early: !ended || !builder.closed };
}

class Builder {
	readonly #reading: EntityReading;
	readonly done: Entity[] = [];
	/** The root's own end was seen. */
	closed = false;
	#entity: Entity | undefined;
	#property: string | undefined;
	#list: string[] | undefined;
	#words = '';
	#left = 0;

	constructor(reading: EntityReading) {
		this.#reading = reading;
	}

	open(tag: string, attributes: Record<string, string>): void {
		if (tag === 'object') {
			this.#entity = { class: attributes.class ?? '', id: '', values: {}, classes: {}, lists: {}, cut: [] };
			this.#property = this.#list = undefined;
		}
		if (!this.#entity) return;
		this.#words = '';
		this.#left = SHORT;
		if (tag === 'property') {
			this.#property = attributes.name ?? '';
			if (attributes.class) this.#entity.classes[this.#property] = attributes.class;
			this.#left = this.#reading.most?.(this.#entity.class, this.#property) ?? SHORT;
		} else if (tag === 'collection') this.#list = this.#entity.lists[attributes.name ?? ''] = [];
	}

	text(words: string): void {
		if (!this.#entity || words === '') return;
		this.#words += words.slice(0, this.#left);
		if (words.length > this.#left && this.#property && !this.#entity.cut.includes(this.#property))
			this.#entity.cut.push(this.#property);
		this.#left = Math.max(0, this.#left - words.length);
	}

	close(tag: string): void {
		if (tag === 'hibernate-generic') this.closed = true;
		const entity = this.#entity;
		if (!entity) return;
		if (tag === 'id') this.#id(entity);
		else if (tag === 'property' && this.#property !== undefined) {
			entity.values[this.#property] ??= kept(this.#words);
			this.#property = undefined;
		} else if (tag === 'collection') this.#list = undefined;
		else if (tag === 'object') {
			this.done.push(entity);
			this.#entity = undefined;
		}
		this.#words = '';
	}

	#id(entity: Entity): void {
		const id = kept(this.#words.trim());
		if (this.#property !== undefined) entity.values[this.#property] = id;
		else if (!this.#list) entity.id ||= id;
		else if (this.#list.length < MOST_LISTED) this.#list.push(id);
	}
}

/** A short text by itself: cut out of a piece of the file, it would keep all of that piece in memory. */
const kept = (words: string) => (words.length > SHORT ? words : Buffer.from(words).toString());
