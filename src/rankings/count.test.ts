import { expect, test } from 'vitest';
import { countBallots, movement, nameKey, standings } from './count.ts';
import { moveInWords } from './ranking.ts';

const same = (tool: number) => tool;
const names = ['', 'Notes', 'Films', 'People', 'aids'];
const nameOf = (tool: number) => names[tool]!;

test('the first of five choices gives five points, and one fewer each after it', () => {
	const tallies = countBallots([[1, 2, 3], [2, 1], [1]], 5, same);
	expect(tallies).toEqual([
		{ tool: 1, points: 14, ballots: 3 },
		{ tool: 2, points: 9, ballots: 2 },
		{ tool: 3, points: 3, ballots: 1 }
	]);
});

test('a ballot that names one tool by two names counts once, at the better place', () => {
	expect(countBallots([[1, 2, 3]], 5, (tool) => (tool === 2 ? 1 : tool))).toEqual([
		{ tool: 1, points: 5, ballots: 1 },
		{ tool: 3, points: 3, ballots: 1 }
	]);
});

test('ties: points, then ballots, then a shared place, by name, and the next place is left out', () => {
	const tallies = [
		{ tool: 3, points: 8, ballots: 2 },
		{ tool: 2, points: 8, ballots: 2 },
		{ tool: 4, points: 8, ballots: 3 },
		{ tool: 1, points: 2, ballots: 1 }
	];
	const found = standings(tallies, nameOf, 100).map(({ name, place, tied }) => [place, name, tied]);
	expect(found).toEqual([
		[1, 'aids', false],
		[2, 'Films', true],
		[2, 'People', true],
		[4, 'Notes', false]
	]);
	// Whatever the order in which they come.
	expect(standings([...tallies].reverse(), nameOf, 100).map(({ name }) => name)).toEqual(found.map(([, name]) => name));
});

test('those who share the last place are all in', () => {
	const equal = [1, 2, 3].map((tool) => ({ tool, points: 3, ballots: 1 }));
	expect(standings([{ tool: 4, points: 9, ballots: 2 }, ...equal], nameOf, 2)).toHaveLength(4);
	expect(standings([{ tool: 4, points: 9, ballots: 2 }, ...equal], nameOf, 1)).toHaveLength(1);
});

test('movement: up, down, same, new, and back after a year away', () => {
	const past = [
		new Map([
			['a', 4],
			['b', 1],
			['c', 3]
		]),
		new Map([['d', 2]])
	];
	expect(movement('a', 1, past)).toEqual({ move: 'up', was: 4 });
	expect(movement('b', 2, past)).toEqual({ move: 'down', was: 1 });
	expect(movement('c', 3, past)).toEqual({ move: 'same', was: 3 });
	expect(movement('d', 4, past)).toEqual({ move: 'back', was: null });
	expect(movement('e', 5, past)).toEqual({ move: 'new', was: null });
	expect(moveInWords({ move: 'up', was: 4, place: 1 })).toEqual({ mark: '▲ 3', words: 'up 3 places' });
	expect(moveInWords({ move: 'down', was: 1, place: 2 })).toEqual({ mark: '▼ 1', words: 'down 1 place' });
});

test('spellings of a name are one, and names that differ stay apart', () => {
	expect(nameKey('Sticky-Notes')).toBe(nameKey('sticky notes '));
	expect(nameKey('Café')).toBe(nameKey('cafe'));
	expect(nameKey('C#')).not.toBe(nameKey('C++'));
	expect(nameKey('…')).toBe('…');
});
