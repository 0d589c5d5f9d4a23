import type { Connection } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { copy } from './copy.ts';

const SPACES = 40;
/** The spaces that the one who searches belongs to. */
const OWN_SPACES = 8;
const VOCABULARY = 60_000;
const PIECE = 50_000;
const DOCUMENTS = 2_000;
const columns = 'id, kind, space_id, author_id, title, body_md, body_html, tags';

/** The same numbers in every run. */
export function random(seed: number): () => number {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** A made-up word for each rank, pronounceable, different for each. */
function wordAt(rank: number): string {
	const [consonants, vowels] = ['bdfgklmnprstvz', 'aeiou'];
	let word = '';
	for (let rest = rank + 80; rest > 0; rest = Math.floor(rest / 70))
		word += consonants[rest % 14]! + vowels[Math.floor(rest / 14) % 5]!;
	return `${word}k`;
}

export const vocabulary = Array.from({ length: VOCABULARY }, (_, rank) => wordAt(rank));
/** Words that stand in a third of all items each. */
export const EVERYWHERE = ['project', 'customer', 'system'];

/** Zipf: the word of rank r is 1/r as common as the first. */
export function zipf(next: () => number): string {
	return vocabulary[Math.min(VOCABULARY - 1, Math.floor(Math.exp(next() * Math.log(VOCABULARY))) - 1)]!;
}

const words = (next: () => number, length: number) => Array.from({ length }, () => zipf(next));

/**
 * Writes made-up questions by COPY until there are as many as wanted; what stands is kept, so it can be
 * interrupted and gone on with.
 */
export async function fillItems({ client }: Connection, wanted: number): Promise<void> {
	const { person, spaces, count } = await standing(client);
	for (let from = count; from < wanted; from += PIECE) {
		const lines = items(from, Math.min(from + PIECE, wanted), wanted, spaces, person);
		await copy(client, `item (${columns}, helped_count, created_at, updated_at, active_at)`, lines);
	}
}

/** Writes made-up documents, each of one to nine parts of 2 KB, in the same way. */
export async function fillDocuments({ client }: Connection, wanted: number): Promise<void> {
	const { person, spaces, count } = await standing(client);
	for (let from = count; from < wanted; from += DOCUMENTS) {
		const next = random(11 + from);
		const ids = Array.from({ length: Math.min(DOCUMENTS, wanted - from) }, newId);
		const titles = ids.map((id) => {
			const space = spaces[Math.floor(next() * SPACES)]!;
			return `${id}\tresource\t${space}\t${person}\t${words(next, 3 + Math.floor(next() * 5)).join(' ')}\t\t\t{}\n`;
		});
		const parts = ids.flatMap((id) =>
			Array.from({ length: 1 + Math.floor(next() * 9) }, (_, page) => {
				const text = words(next, 300);
				for (const word of EVERYWHERE) if (next() < 1 / 3) text.splice(Math.floor(next() * 300), 0, word);
				return `${id}\t${page + 1}\tPage ${page + 1}\t#page-${page + 1}\t${text.join(' ')}\n`;
			})
		);
		await client.begin(async (tx) => {
			await copy(tx, `item (${columns})`, titles);
			await copy(tx, 'item_part (item_id, part, locator, suffix, text)', parts);
		});
	}
}

/** What stands so far, with the organisation, its spaces and the one who searches. */
async function standing(client: Connection['client']) {
	if ((await client`select from organisation`).length === 0) await begin(client);
	const [person] = await client<{ id: string }[]>`select id from person`;
	const spaces = (await client<{ id: string }[]>`select id from space order by name`).map(({ id }) => id);
	const [{ count }] = await client<[{ count: number }]>`select count(*)::int as count from item`;
	return { person: person!.id, spaces, count };
}

async function begin(client: Connection['client']): Promise<void> {
	const person = newId();
	await client`insert into organisation (name) values ('Bench')`;
	await client`insert into person (id, name, email) values (${person}, 'Bench', 'bench@example.org')`;
	for (let number = 0; number < SPACES; number++) {
		const id = newId();
		await client`insert into space (id, slug, name, kind, access)
			values (${id}, ${`s${number}`}, ${`Space ${String(number).padStart(2, '0')}`}, 'community', ${number < 30 ? 'open' : 'closed'})`;
		if (number < OWN_SPACES) await client`insert into space_member (space_id, person_id) values (${id}, ${person})`;
	}
}

function* items(from: number, to: number, wanted: number, spaces: string[], author: string): Generator<string> {
	const next = random(7 + from);
	for (let index = from; index < to; index++) {
		const body = words(next, 40 + Math.floor(next() * 90));
		for (const word of EVERYWHERE) if (next() < 1 / 3) body.push(word);
		const title = words(next, 5 + Math.floor(next() * 6));
		if (next() < 0.02) title.push(EVERYWHERE[index % 3]!);
		const space = spaces[Math.floor(next() * SPACES)]!;
		const tag = `tag${Math.floor(next() ** 3 * 300)}`;
		const helped = Math.floor(next() ** 12 * 40);
		const day = new Date(Date.UTC(2020, 0, 1) + Math.floor((index / wanted) * 2200) * 86_400_000).toISOString();
		const text = body.join(' ');
		yield `${newId()}\tquestion\t${space}\t${author}\t${title.join(' ')}\t${text}\t<p>${text}</p>\t{${tag}}\t${helped}\t${day}\t${day}\t${day}\n`;
	}
}
