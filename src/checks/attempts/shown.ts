import type { Answer, AnswerTo } from '../answer.ts';
import type { QuestionContent, QuestionOf } from '../question.ts';

/**
 * The places in which the pieces of a question are shown, drawn by its seed: the same for an attempt each time. What
 * is to be brought into order never stands solved.
 */
export function drawnOrder(content: QuestionContent, seed: number): number[] {
	const count = piecesOf(content).length;
	// A form stands as it does at work.
	const places = content.type === 'form' ? Array.from({ length: count }, (_, at) => at) : shuffled(count, seed);
	const isSolved = content.type === 'order' && places.every((place, at) => place === at);
	return isSolved ? [...places.slice(1), ...places.slice(0, 1)] : places;
}

/** The words that can be matched, each once; they never stand beside the left ones that they belong to, all of them. */
export function matchable(content: QuestionOf<'match'>, seed: number): string[] {
	const words = [...new Set([...content.pairs.map(({ right }) => right), ...content.others])];
	const drawn = shuffled(words.length, seed ^ 0x5bd1e995).map((at) => words[at] ?? '');
	const left = drawnOrder(content, seed).map((at) => content.pairs[at]?.right);
	const isSolved = left.every((right, at) => drawn[at] === right);
	return isSolved ? [...drawn.slice(1), ...drawn.slice(0, 1)] : drawn;
}

/** An answer in the names of the pieces as they are shown, told in their own keys. What is not there is left out. */
export function toKeys(content: QuestionContent, seed: number, answer: Answer): Answer {
	const keys = piecesOf(content);
	const names = new Map(drawnOrder(content, seed).map((at, place) => [nameOf(place), keys[at] ?? '']));
	return renamed(content, answer, names);
}

/** The same the other way round. */
export function toNames(content: QuestionContent, seed: number, answer: Answer): Answer {
	const keys = piecesOf(content);
	const names = new Map(drawnOrder(content, seed).map((at, place) => [keys[at] ?? '', nameOf(place)]));
	return renamed(content, answer, names);
}

/** What a piece is called while it is answered. */
export const nameOf = (place: number): string => `p${place + 1}`;

function renamed({ type }: QuestionContent, answer: Answer, names: Map<string, string>): Answer {
	const all = (list: string[]) => [...new Set(list)].flatMap((each) => names.get(each) ?? []);
	const entries = (record: Record<string, string>) =>
		Object.fromEntries(
			Object.entries(record).flatMap(([each, value]) => (names.has(each) ? [[names.get(each)!, value]] : []))
		);
	switch (type) {
		case 'choice':
			return { chosen: all((answer as AnswerTo<'choice'>).chosen) };
		case 'order':
			return { keys: all((answer as AnswerTo<'order'>).keys) };
		case 'match':
			return { pairs: entries((answer as AnswerTo<'match'>).pairs) };
		case 'form':
			return { fields: entries((answer as AnswerTo<'form'>).fields) };
		default:
			return answer;
	}
}

function piecesOf(content: QuestionContent): string[] {
	switch (content.type) {
		case 'choice':
			return content.options.map(({ key }) => key);
		case 'order':
			return content.items.map(({ key }) => key);
		case 'match':
			return content.pairs.map(({ key }) => key);
		case 'form':
			return content.fields.map(({ key }) => key);
		default:
			return [];
	}
}

/** As Fisher and Yates do it. */
function shuffled(count: number, seed: number): number[] {
	const places = Array.from({ length: count }, (_, at) => at);
	const next = lot(seed);
	for (let at = count - 1; at > 0; at -= 1) {
		const other = Math.floor(next() * (at + 1));
		[places[at], places[other]] = [places[other]!, places[at]!];
	}
	return places;
}

/** Numbers between 0 and 1 from a seed (Weyl sequence through a mixing function). */
function lot(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x9e3779b9) >>> 0;
		let mixed = state;
		mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
	};
}
