import { expect, test } from 'vitest';
import { movedInWords, weaknessOf } from './aim.ts';

const base = { baseline: 14, baselineOn: '2030-03-01', target: 6 };
const figure = { id: 'x', title: 'Returns', unit: 'parcels', href: '/figures/x', latest: null };

test('where an aim stands is a difference, and never called an effect', () => {
	expect(movedInWords(base, { value: 9 }, 'en')).toBe(
		'It was 14 on 1 March 2030; 6 is aimed at. Now it is 9: 5 the right way. That is a difference, not yet an effect.'
	);
	expect(movedInWords(base, { value: 16 }, 'en')).toContain('2 the wrong way');
	expect(movedInWords(base, { value: 14 }, 'en')).toContain('It has not moved.');
	expect(movedInWords(base, null, 'en')).toBe('It was 14 on 1 March 2030; 6 is aimed at.');
});

test('an aim without a figure of the work says so, and one that counts activity is no headline', () => {
	expect(weaknessOf({ figure: null, hidden: false })).toContain('matter of judgement');
	expect(weaknessOf({ figure: { ...figure, isActivity: true }, hidden: false })).toContain('no success by itself');
	expect(weaknessOf({ figure: null, hidden: true })).toBe('Its figure is not open to you.');
	expect(weaknessOf({ figure: { ...figure, isActivity: false }, hidden: false })).toBeNull();
});
