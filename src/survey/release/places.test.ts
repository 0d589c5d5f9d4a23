/**
 * The attacker on an order: they know how often each option stood in which place, what stood first
 * in each group, and every release. Whom could they find?
 */
import { lessEq, solve, type Constraint } from 'yalps';
import { expect, test } from 'vitest';
import type { Answers, Question } from '../survey.ts';
import { advance, type Figures, type Held } from './advance.ts';
import { placesKey } from './places.ts';
import { showQuestions } from './show.ts';

const MIN = 5;
const plain = { hint: '', required: true, about: false, rows: [], options: [], bands: [], showIf: null };
const questions: Question[] = [
	{ ...plain, key: 'city', type: 'single', label: 'Where', options: ['A', 'B'], about: true },
	{ ...plain, key: 'order', type: 'ranking', label: 'What first', options: ['X', 'Y', 'Z'], required: false }
];
/** Every order, and none. */
const orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0], null] as const;

interface Kind {
	city: number;
	order: number;
	release: number;
}
const RELEASES = 2;
const kinds: Kind[] = [0, 1].flatMap((city) =>
	orders.flatMap((_, order) => Array.from({ length: RELEASES }, (__, release) => ({ city, order, release })))
);
const name = ({ city, order, release }: Kind) => `${city}.${order}.${release}`;

function lots(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

/** @param weights how likely each order is, and none */
function aBatch(draw: () => number, size: number, weights: readonly number[], release: number): Kind[] {
	return Array.from({ length: size }, () => {
		let left = draw() * weights.reduce((sum, one) => sum + one, 0);
		const order = weights.findIndex((weight) => (left -= weight) < 0);
		return { city: draw() < 0.3 ? 1 : 0, order: Math.max(0, order), release };
	});
}

const answersOf = ({ city, order }: Kind): Answers => ({
	city,
	...(orders[order] ? { order: [...orders[order]] } : {})
});

interface Equation {
	times(kind: Kind): number;
	value: number;
}

function equationsOf(releases: readonly Figures[], batches: readonly Kind[][]): Equation[] {
	const from = new Map<string, number>();
	const said: Equation[] = batches.map((batch, at) => ({
		value: batch.length,
		times: ({ release }) => Number(release === at)
	}));
	for (const [number, figures] of releases.entries())
		for (const [key, { rows, cols, counts }] of Object.entries(figures)) {
			const since = from.get(key) ?? 0;
			from.set(key, number + 1);
			for (const [r, row] of rows.entries())
				for (const [c, col] of cols.entries())
					said.push({
						value: counts[r]![c]!,
						times: (kind) => (kind.release >= since && kind.release <= number ? timesIn(key, kind, row, col) : 0)
					});
		}
	return said;
}

/** How often somebody counts in a cell of a table. */
function timesIn(key: string, { city, order }: Kind, row: number[], col: number[]): number {
	const given = orders[order];
	if (key === placesKey('order')) return col.filter((place) => given && row.includes(given[place]!)).length;
	if (key === 'city') return Number(col.includes(city));
	const first = given ? given[0] : 3;
	return Number(col.includes(first) && (key === 'order' || row.includes(city)));
}

function found(said: readonly Equation[], people: readonly Kind[]): string[] {
	const constraints: Record<string, Constraint> = Object.fromEntries(
		said.map(({ value }, at) => [`e${at}`, { equal: value }])
	);
	const queries = kinds.flatMap((kind) => [
		{ words: name(kind), counts: (one: Kind) => name(one) === name(kind) },
		{
			words: `*.${kind.order}.${kind.release}`,
			counts: (one: Kind) => one.order === kind.order && one.release === kind.release
		}
	]);
	return queries.flatMap(({ words, counts }) => {
		const real = people.filter(counts).length;
		if (real >= MIN) return [];
		const bound = (direction: 'maximize' | 'minimize') => {
			const variables = Object.fromEntries(
				kinds.map((kind) => [
					name(kind),
					{
						...Object.fromEntries(said.flatMap(({ times }, at) => (times(kind) ? [[`e${at}`, times(kind)]] : []))),
						count: counts(kind) ? 1 : 0
					}
				])
			);
			const { status, result } = solve({
				direction,
				objective: 'count',
				constraints: { ...constraints, count: lessEq(1e6) },
				variables
			});
			expect(status).toBe('optimal');
			return result;
		};
		const open = bound('maximize') >= real + 0.99 || bound('minimize') <= real - 0.99;
		return open ? [] : [`${words}: ${real}`];
	});
}

function releaseAll(batches: readonly Kind[][]): Figures[] {
	let held: Held = {};
	return batches.map((batch) => {
		const next = advance(questions, held, batch.map(answersOf), MIN);
		held = next.held;
		return next.figures;
	});
}

const shapes: [name: string, weights: number[]][] = [
	['all orders', [3, 3, 3, 3, 3, 3, 3]],
	['a rare one', [9, 9, 6, 6, 3, 0.4, 4]],
	['few who gave none', [6, 5, 5, 4, 4, 4, 0.7]],
	['two that rule', [12, 1, 1, 12, 1, 1, 5]],
	['one never first', [8, 8, 8, 8, 0.5, 0.5, 6]]
];

test.each(shapes)('an order with %s: nobody is found in the places of two releases', (_, weights) => {
	let shown = 0;
	for (let seed = 1; seed <= 4; seed += 1) {
		const draw = lots(seed * 7919);
		const batches = Array.from({ length: RELEASES }, (__, at) =>
			aBatch(draw, 40 + Math.floor(draw() * 60), weights, at)
		);
		const releases = releaseAll(batches);
		shown += releases.filter((figures) => placesKey('order') in figures).length;
		expect(found(equationsOf(releases, batches), batches.flat()), `seed ${seed}`).toEqual([]);
	}
	if (weights[0] === 3) expect(shown).toBeGreaterThan(4);
});

test('shares of each place are shown, and only where they tell no more than what stood first', () => {
	const even = (many: number): Answers[] =>
		Array.from({ length: many }, (_, at) => answersOf({ city: at % 2, order: at % 6, release: 0 }));
	const without = Array.from({ length: 6 }, (_, at) => ({ city: at % 2 }));
	const { figures } = advance(questions, {}, [...even(60), ...without], MIN);
	const [, shown] = showQuestions(questions, figures, {});
	expect(shown!.places).toMatchObject({ n: 60, places: ['1', '2', '3'] });
	expect(shown!.places!.rows.map(({ label }) => label)).toEqual(['X', 'Y', 'Z']);
	for (const { shares } of shown!.places!.rows) for (const share of shares) expect(share).toBeCloseTo(1 / 3, 12);
	// Two who gave no order, or nobody, stand with an option in what stood first: the places would count them.
	const few = advance(questions, {}, [...even(60), { city: 0 }, { city: 1 }], MIN);
	expect(few.figures.order).toBeDefined();
	expect(few.figures[placesKey('order')]).toBeUndefined();
	// A survey whose earlier answers were never counted by place does not begin in the middle.
	const later = advance(questions, { city: { cells: [[0, 0]], coarse: null } }, [...even(60), ...without], MIN);
	expect(later.figures[placesKey('order')]).toBeUndefined();
});
