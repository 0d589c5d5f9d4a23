/**
 * An attacker who has every release and asks every filter: whom could they find?
 * They know how releases are made, and solve for the bounds of each count that no figure
 * shows, over all that was ever shown. Somebody is found where a count below the smallest
 * figure has only one value left.
 */
import { lessEq, solve, type Constraint } from 'yalps';
import { expect, test } from 'vitest';
import type { Answers, Question } from '../survey.ts';
import { figureLines } from '../export/figures.ts';
import { advance, together, type Figures, type Held } from './advance.ts';
import { OTHERS, showQuestions } from './show.ts';
import { variablesOf, type Variable } from './variables.ts';

const MIN = 5;
const RELEASES = 3;

const plain = { hint: '', required: true, about: false, rows: [], options: [], bands: [], showIf: null };
const questions: Question[] = [
	{ ...plain, key: 'city', type: 'single', label: 'Where', options: ['A', 'B', 'C'], about: true },
	{ ...plain, key: 'tool', type: 'single', label: 'Which', options: ['X', 'Y', 'Z'] },
	{ ...plain, key: 'rating', type: 'scale', label: 'How', options: ['0', '1', '2', '3'], required: false },
	{
		...{ ...plain, key: 'why', type: 'single', label: 'Why', options: ['P', 'Q'] },
		showIf: { key: 'tool', options: [0] }
	}
];
const variables = variablesOf(questions);

/** The same numbers each time. */
function lots(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** People whose answers hang together, so that some combinations are rare. */
function aBatch(draw: () => number, size: number): Answers[] {
	const pick = (weights: number[]) => {
		let left = draw() * weights.reduce((sum, one) => sum + one, 0);
		return weights.findIndex((weight) => (left -= weight) < 0);
	};
	return Array.from({ length: size }, () => {
		const city = pick([6, 3, 1]);
		const tool = pick(city === 2 ? [1, 1, 8] : [6, 4, 1]);
		const rating = pick(tool === 0 ? [1, 1, 4, 6] : [6, 3, 2, 1]);
		const answers: Answers = { city, tool };
		if (draw() > 0.1) answers.rating = rating;
		if (tool === 0) answers.why = pick([8, 1]);
		return answers;
	});
}

/** Somebody as the attacker imagines them: a category of each variable, in a release. */
interface Kind {
	places: number[];
	release: number;
}

/** Its categories, and one past the last for who was not asked. */
const placesOf = ({ categories, after }: Variable) => [...Array(categories.length + (after ? 1 : 0)).keys()];
const placeOf = (variable: Variable, answers: Answers) => variable.of(answers) ?? variable.categories.length;

/** Only what can be: who was not asked has not answered. */
function kinds(): Kind[] {
	const all: Kind[] = [];
	const grow = (places: number[]): void => {
		const next = variables[places.length];
		if (next) return placesOf(next).forEach((place) => grow([...places, place]));
		const [, tool, , why] = places;
		if ((tool === 0) === (why === 2)) return;
		for (let release = 0; release < RELEASES; release++) all.push({ places, release });
	};
	grow([]);
	return all;
}
const everyKind = kinds();
const name = (kind: Kind) => `${kind.places.join('')}.${kind.release}`;
const at = (key: string) => variables.findIndex((variable) => variable.key === key);

interface Equation {
	counts(kind: Kind): boolean;
	value: number;
}

/** All that the releases say, as equations on the counts of kinds. */
function equationsOf(releases: readonly Figures[], sizes: readonly number[]): Equation[] {
	const shownTo = new Map<string, number>();
	const said: Equation[] = sizes.map((value, number) => ({ value, counts: ({ release }) => release === number }));
	for (const [number, figures] of releases.entries())
		for (const [key, { rows, cols, counts }] of Object.entries(figures)) {
			const [asked = '', by] = key.split('|');
			const from = shownTo.get(key) ?? 0;
			shownTo.set(key, number + 1);
			for (const [r, row] of rows.entries())
				for (const [c, col] of cols.entries())
					said.push({
						value: counts[r]![c]!,
						counts: ({ places, release }) =>
							release >= from &&
							release <= number &&
							col.includes(places[at(asked)]!) &&
							(!by || row.includes(places[at(by)]!))
					});
		}
	return said;
}

interface Query {
	counts(kind: Kind): boolean;
	words: string;
}

/** Every filter: any place of any variables, in any one release or up to it. */
function queries(): Query[] {
	const filters = variables.reduce<(number | null)[][]>(
		(all, variable) => all.flatMap((filter) => [null, ...placesOf(variable)].map((place) => [...filter, place])),
		[[]]
	);
	return filters.flatMap((filter) =>
		Array.from({ length: RELEASES }, (_, release) => ({
			words: `${filter.map((place) => place ?? '*').join('')} in ${release}`,
			counts: (kind: Kind) =>
				kind.release === release && filter.every((place, index) => place === null || kind.places[index] === place)
		}))
	);
}

/** What the attacker finds: counts below the smallest figure that can only have one value. */
function found(said: readonly Equation[], truth: ReadonlyMap<string, number>, asked: readonly Query[]): string[] {
	const constraints: Record<string, Constraint> = Object.fromEntries(
		said.map(({ value }, number) => [`e${number}`, { equal: value }])
	);
	const bound = (query: Query, direction: 'maximize' | 'minimize'): number => {
		const columns = everyKind.map((kind) => [
			name(kind),
			{
				...Object.fromEntries(said.flatMap(({ counts }, number) => (counts(kind) ? [[`e${number}`, 1]] : []))),
				count: query.counts(kind) ? 1 : 0
			}
		]);
		const { status, result } = solve({
			...{ direction, objective: 'count', constraints: { ...constraints, count: lessEq(1e6) } },
			variables: Object.fromEntries(columns) as Record<string, Record<string, number>>
		});
		expect(status).toBe('optimal');
		return result;
	};
	return asked.flatMap((query) => {
		const real = everyKind.filter(query.counts).reduce((sum, kind) => sum + (truth.get(name(kind)) ?? 0), 0);
		if (real >= MIN || !everyKind.some(query.counts)) return [];
		const open = bound(query, 'maximize') >= real + 0.99 || bound(query, 'minimize') <= real - 0.99;
		return open ? [] : [`${query.words}: ${real}`];
	});
}

function truthOf(batches: readonly Answers[][]): Map<string, number> {
	const truth = new Map<string, number>();
	for (const [release, batch] of batches.entries())
		for (const answers of batch) {
			const key = name({ places: variables.map((variable) => placeOf(variable, answers)), release });
			truth.set(key, (truth.get(key) ?? 0) + 1);
		}
	return truth;
}

function releaseAll(batches: readonly Answers[][]): Figures[] {
	let held: Held = {};
	return batches.map((batch) => {
		const next = advance(questions, held, batch, MIN);
		held = next.held;
		return next.figures;
	});
}

const everyQuery = queries();
/** One in so many of all filters, others for each survey: together all are asked. */
const SURVEYS = 12;

test.each(Array.from({ length: SURVEYS }, (_, index) => index))('survey %i: nobody is found', (index) => {
	const draw = lots(index * 7919 + 1);
	const batches = Array.from({ length: RELEASES }, () => aBatch(draw, 20 + Math.floor(draw() * 60)));
	const releases = releaseAll(batches);
	for (const figures of releases)
		for (const { counts } of Object.values(figures)) expect(Math.min(...counts.flat())).toBeGreaterThanOrEqual(MIN);
	expect(releases.some((figures) => Object.keys(figures).some((key) => key.includes('|')))).toBe(true);
	const asked = everyQuery.filter((_, number) => number % SURVEYS === index);
	const sizes = batches.map((batch) => batch.length);
	expect(found(equationsOf(releases, sizes), truthOf(batches), asked)).toEqual([]);
});

/** What files taken away after each release say, as the attacker reads them: by their words alone. */
function equationsOfFiles(releases: readonly Figures[], sizes: readonly number[]): Equation[] {
	const said: Equation[] = sizes.map((value, number) => ({ value, counts: ({ release }) => release === number }));
	const labels = new Map(questions.map(({ key, label }) => [label, at(key)]));
	const placesIn = (variable: number, words: string) => {
		const names = variables[variable]!.categories;
		return words
			.replace(/ together$/, '')
			.split(', ')
			.map((word) => names.indexOf(word));
	};
	/** A table waits with what does not fill it: until it grows it says what it said before. */
	const shownTo = new Map<string, { people: number; to: number }>();
	for (const number of releases.keys()) {
		const shown = together(releases.slice(0, number + 1));
		const lines = figureLines(
			[null, ...variables.filter(({ about }) => about).map(({ key }) => key)].map((by) => ({
				by: by ? questions.find(({ key }) => key === by)!.label : '',
				questions: showQuestions(questions, shown, { by })
			}))
		);
		for (const line of lines) {
			expect(line.people).toBeGreaterThanOrEqual(MIN);
			const [asked, by] = [labels.get(line.question)!, labels.get(line.by)];
			const col = placesIn(asked, line.answer);
			// Which groups stand together is not said, but who knows those of the others does know.
			const others = lines.filter((each) => each.question === line.question && each.by === line.by);
			const named = new Set(others.map(({ group }) => group).filter((group) => group !== OTHERS));
			const row =
				by === undefined
					? []
					: line.group === OTHERS
						? variables[by]!.categories.flatMap((name, place) => (named.has(name) ? [] : [place]))
						: placesIn(by, line.group);
			const key = [line.question, line.by, line.group, line.answer].join('|');
			const before = shownTo.get(key);
			const to = before && before.people === line.people ? before.to : number;
			shownTo.set(key, { people: line.people, to });
			said.push({
				value: line.people,
				counts: ({ places, release }) =>
					release <= to && col.includes(places[asked]!) && (by === undefined || row.includes(places[by]!))
			});
		}
	}
	return said;
}

test.each([0, 1, 2, 3])('files taken away after each release, survey %i: nobody is found in them', (index) => {
	const draw = lots(index * 104729 + 7);
	const batches = Array.from({ length: RELEASES }, () => aBatch(draw, 20 + Math.floor(draw() * 60)));
	const sizes = batches.map((batch) => batch.length);
	const said = equationsOfFiles(releaseAll(batches), sizes);
	expect(said.length).toBeGreaterThan(20);
	const asked = everyQuery.filter((_, number) => number % 12 === index);
	expect(found(said, truthOf(batches), asked)).toEqual([]);
});

test('the attacker is no straw man: where only small cells are hidden, they find people', () => {
	const batches = Array.from({ length: RELEASES }, (_, index) => aBatch(lots(index + 1), 40));
	const naive = batches.map((batch) => {
		const city = variables[0]!;
		const cells = city.categories.map((_, place) => batch.filter((answers) => city.of(answers) === place).length);
		const shown = cells.flatMap((count, place) => (count >= MIN ? [{ count, place }] : []));
		const figure = { rows: [[0]], cols: shown.map(({ place }) => [place]), counts: [shown.map(({ count }) => count)] };
		return { city: figure };
	});
	const sizes = batches.map((batch) => batch.length);
	const inCity = everyQuery.filter(({ words }) => /^2\*\*\*/.test(words));
	expect(found(equationsOf(naive, sizes), truthOf(batches), inCity)).not.toEqual([]);
});
