import { sql, type Db } from '#src/platform/server/db.ts';
import { slices } from '#src/platform/server/breath.ts';
import { numberArray, textArray } from './arrays.ts';

/** Words whose counts are written at once, and where others should hardly notice. */
const AT_ONCE = { many: Infinity, few: 300 };

/**
 * What a transaction changes in the counts by word, by space and in all. They are written once, at its end: most
 * words of an item that is indexed anew are taken out and put in again, and cost nothing.
 */
export class Counts {
	#words = new Map<string, number>();
	#spaces = new Map<number, number>();
	#docs = 0;
	#parts = 0;
	#tokens = 0;

	/** @param sign 1 for an entry put in, -1 for one taken out */
	add(words: string[], space: number, part: number, sign: 1 | -1): void {
		for (const word of new Set(words)) this.#words.set(word, (this.#words.get(word) ?? 0) + sign);
		this.#spaces.set(space, (this.#spaces.get(space) ?? 0) + sign);
		this.#docs += sign;
		if (part > 0) this.#parts += sign;
		else this.#tokens += sign * words.length;
	}

	async write(tx: Db, breath: () => Promise<void>): Promise<void> {
		const words = [...this.#words].filter(([, n]) => n !== 0);
		const spaces = [...this.#spaces].filter(([, n]) => n !== 0);
		for (const some of slices(words, AT_ONCE, breath)) {
			await tx.execute(sql`update search_word w set df = greatest(0, w.df + c.n)
				from unnest(${textArray(some.map(([word]) => word))}::text[], ${numberArray(some.map(([, n]) => n))}::int[]) c(word, n)
				where w.word = c.word`);
			await breath();
		}
		if (spaces.length > 0)
			await tx.execute(sql`update search_space s set docs = s.docs + c.n
				from unnest(${numberArray(spaces.map(([id]) => id))}::smallint[], ${numberArray(spaces.map(([, n]) => n))}::int[]) c(id, n)
				where s.id = c.id`);
		if (this.#docs !== 0 || this.#parts !== 0 || this.#tokens !== 0)
			await tx.execute(sql`update search_stats
				set docs = docs + ${this.#docs}, tokens = tokens + ${this.#tokens}, parts = parts + ${this.#parts}`);
	}
}
