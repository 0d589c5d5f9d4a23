import { createHash } from 'node:crypto';
import type { z } from 'zod';
import type { questionContent } from '../../question.ts';

/** A picture or other file that comes with questions. */
export interface Media {
	name: string;
	/** The same for the same file of a package: it is read once. */
	once?: string;
	bytes(): Promise<Buffer>;
}

/** The files of a question, by the address that its texts give. */
export interface MediaOf {
	get(address: string): Media | undefined;
}

/** A question as a file has it: its texts are Markdown already, its files still lead into the file. */
export interface Carried {
	/** Names it in its source, so that the same file brings it once. */
	id: string;
	line: number;
	/** What the report calls it. */
	what: string;
	/** The title of the objective it belongs to, or nothing. */
	objective: string;
	/** `reviewerId` is filled in by who imports. */
	content: Draft;
	media: MediaOf;
	/** The areas of a hotspot are counted in pixels of the picture. */
	pixels?: true;
}

export type Draft = z.input<typeof questionContent>;
export type DraftOf<T extends Draft['type']> = Extract<Draft, { type: T }>;

/** Why a question cannot be carried. */
export class NotCarried extends Error {}

/** Where the report looks for a question. */
export interface Where {
	line: number;
	what: string;
}

export const noMedia: MediaOf = new Map<string, Media>();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Names a question within its format. An id of this house stands for itself; other programs give the same short ids
 * in every file, so what is asked belongs to the name; without an id all of the question is its name.
 */
export function originOf(given: string, content: Draft): string {
	if (UUID.test(given)) return given.toLowerCase();
	const named = given ? `${content.type}\n${content.prompt}` : JSON.stringify(content);
	const print = createHash('sha256').update(named).digest('hex').slice(0, 20);
	return given ? `${given.slice(0, 60)}:${print}` : print;
}

/** Keys of options: their numbers, from 1. */
export const numbered = <T extends object>(all: readonly T[]): (T & { key: string })[] =>
	all.map((each, index) => ({ key: String(index + 1), ...each }));

/** What "do it and show it" is judged by where the file does not say it. */
export const plainRubric = (criterion: string) => [
	{
		key: '1',
		criterion: criterion || 'Does what was asked',
		levels: [
			{ label: 'Not yet', points: 0 },
			{ label: 'Yes', points: 1 }
		]
	}
];
