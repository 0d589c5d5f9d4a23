import { expect, test } from 'vitest';
import { answers } from './answer.ts';
import { leadTo, partKey, pieceOf } from './part.ts';
import { questionContent, questionTypes } from './question.ts';

const said = (content: unknown) => questionContent.safeParse(content).error?.issues.map(({ message }) => message);
const options = (...right: boolean[]) => right.map((each, at) => ({ key: `${at}`, text: `Option ${at}`, right: each }));
const case1 = { type: 'choice', prompt: 'A customer has no receipt. What do you do first?' };

test('a choice has one right option, or several where several may be chosen', () => {
	expect(said({ ...case1, options: options(false, false) })).toEqual(['needs a right option']);
	expect(said({ ...case1, options: options(true, true) })).toEqual(['may have one right option only']);
	expect(said({ ...case1, multiple: true, options: options(true, true) })).toBeUndefined();
	const [first, second] = options(true, false);
	expect(said({ ...case1, options: [first, { ...second, key: '0' }] })).toEqual(['is there twice']);
});

test('nothing unknown comes in, neither a type nor a field', () => {
	expect(said({ type: 'essay', prompt: 'Tell.' })).toEqual(['must be a type of question']);
	expect(said({ ...case1, options: options(true, false), seconds: 30 })?.join()).toContain('seconds');
});

test('a field of a form that is a choice is right with one of its options', () => {
	const field = { kind: 'choice', key: 'tax', label: 'Tax', options: ['7 %', '19 %'], value: '16 %' };
	expect(said({ type: 'form', prompt: 'Fill it in.', title: 'Invoice', fields: [field] })).toEqual([
		'must be one of the options'
	]);
});

test('each type of question has its form of answer', () => {
	expect(Object.keys(answers)).toEqual([...questionTypes]);
});

test('a part leads to its place in the content', () => {
	const itemId = '0199d4a0-0000-7000-8000-000000000001';
	const page = pieceOf({ type: 'page', from: 12 });
	expect(leadTo({ kind: 'resource', piece: page })).toBe('#page-12');
	expect(leadTo({ kind: 'resource', piece: page, later: '?view=2#page-12' })).toBe('?view=2#page-12');
	expect(leadTo({ kind: 'page', piece: pieceOf({ type: 'heading', id: 'zurück' }) })).toBe('#zur%C3%BCck');
	const time = pieceOf({ type: 'time', from: 75, to: 90 });
	expect(leadTo({ kind: 'resource', piece: time })).toBe('?t=75');
	expect(leadTo({ kind: 'page', piece: time })).toBe('');
	expect(leadTo({ kind: 'page', piece: '' })).toBe('');
	expect(partKey({ itemId, anchor: { type: 'slide', from: 3, to: 4 }, label: '' })).toBe(`${itemId}#slide-3-4`);
});
