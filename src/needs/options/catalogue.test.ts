import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtIns, recommended, starterNames, starters, type Option } from './catalogue.ts';

const all: Option[] = builtIns.map((one) => ({ ...one, by: null, canWithdraw: false }));

test('an option is begun here only where there is a room for it; for the others it says what to do outside', () => {
	for (const name of starterNames)
		expect(globSync(`src/routes/(app)${starters[name].path}/+page.svelte`), name).toHaveLength(1);
	for (const { id, starters, outside } of builtIns)
		expect(id === 'fix' || starters.length > 0 || outside !== '', id).toBe(true);
	for (const id of ['scenario', 'practice', 'mentoring'])
		expect(builtIns.find((one) => one.id === id)!.starters, id).toEqual([]);
});

test('what fits the causes is recommended, mending the work first; learning only where it is lacking', () => {
	expect(recommended(all, ['incentives', 'capacity']).map(({ id }) => id)).toEqual(['fix']);
	const ids = recommended(all, ['tools', 'knowledge']).map(({ id }) => id);
	expect(ids[0]).toBe('fix');
	expect(ids).toEqual(expect.arrayContaining(['aid', 'qa', 'video', 'mentoring']));
	expect(recommended(all, [])).toEqual([]);
});
