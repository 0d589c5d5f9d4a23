import { describe, expect, test } from 'vitest';
import { findNames, maskNames } from './names.ts';

const named = (text: string, known: string[] = []) => findNames(text, known).map((name) => name.text);

describe('names in a story', () => {
	test.each([
		['The meeting with Harbour & Sons Ltd went badly.', ['Harbour & Sons Ltd']],
		['Yesterday Ms Miller called twice.', ['Ms Miller']],
		['We asked Anna Berg and then Tom.', ['Anna Berg', 'Tom']],
		['Write to anna.berg@harbour.example or call +31 20 555 01 23.', ['anna.berg@harbour.example', '+31 20 555 01 23']],
		['On Monday we sent the offer to Ludwig van Beek.', ['Ludwig van Beek']],
		['It rained. Nobody came. The till was slow on Friday in March.', []],
		[
			'Der Kunde rief an und die Lieferung kam zu spät, weil das Lager die Bestellung mit der Rechnung der Kollegin verwechselt hatte, aber Frau Özdemir half.',
			['Frau Özdemir']
		]
	])('%s', (text, names) => expect(named(text)).toEqual(names));

	test('people who are here are known by their names', () => {
		expect(named('then kim li from the shop came', ['kim li'])).toEqual(['kim li']);
		expect(named('the alkim list', ['kim'])).toEqual([]);
	});

	test('code and addresses of links are left alone', () => {
		expect(named('set `Anna Berg` in [the guide](https://x.example/Anna Berg)')).toEqual([]);
	});

	test('each comes once, with the words around it', () => {
		const [name, ...more] = findNames('we met Harbour Ltd, and Harbour Ltd agreed');
		expect(more).toEqual([]);
		expect(name).toMatchObject({ kind: 'organisation', context: expect.stringContaining('we met Harbour Ltd') });
	});

	test('long texts are read in time', () => {
		for (const text of [
			'Anna '.repeat(20_000),
			'A'.repeat(100_000),
			'Anna Berg & '.repeat(8_000),
			'1 '.repeat(50_000)
		]) {
			expect(Array.isArray(findNames(text))).toBe(true);
		}
	});
});

test('what the author chose stands in place of each name, as a sentence needs it', () => {
	const text = 'Ms Miller called. We told Ms Miller of Harbour Ltd, and Tom agreed. Millers are many.';
	expect(
		maskNames(text, { 'Ms Miller': 'the client', 'Harbour Ltd': 'a company', Tom: 'keep', Miller: 'somebody' })
	).toBe('The client called. We told the client of a company, and Tom agreed. Millers are many.');
});
