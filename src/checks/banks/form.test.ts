import { expect, test } from 'vitest';
import { exampleQuestions } from '#src/testing/checks.ts';
import { questionContent, questionTypes } from '../question.ts';
import { contentOf, valuesOf } from './form.ts';
import { partAt } from './part-form.ts';

const itemId = '0199d4a0-0000-7000-8000-000000000001';
const examples = exampleQuestions({ image: `/files/${itemId}/a.png`, reviewerId: itemId });
const parts = [
	{ itemId, anchor: { type: 'heading' as const, id: 'by-card' }, label: 'By card' },
	{ itemId, anchor: { type: 'page' as const, from: 12, to: 14 }, label: '' },
	{ itemId, anchor: { type: 'time' as const, from: 75, to: 90 }, label: '' },
	{ itemId, anchor: { type: 'whole' as const }, label: '' }
];

test.each(questionTypes)('the form of %s brings back what it was given', (type) => {
	const content = { ...examples[type], parts };
	const { content: back } = contentOf(type, valuesOf(content));
	const expected = questionContent.parse(type === 'form' || type === 'short' ? content : content);
	expect(questionContent.parse(back)).toEqual(expected);
});

test('errors stand at the fields of the form, empty rows between counted in', () => {
	const { content, fieldOf } = contentOf('choice', { prompt: 'x', 'options.0.text': 'A', 'options.2.right': 'on' });
	const issues = questionContent.safeParse(content).error!.issues.map(({ path }) => fieldOf(path.join('.')));
	expect(issues).toEqual(['options.2.text']);
	const numeric = contentOf('numeric', { prompt: 'x', value: 'ten', tolerance: 'two %' });
	const wrong = questionContent
		.safeParse(numeric.content)
		.error!.issues.map(({ path }) => numeric.fieldOf(path.join('.')));
	expect(wrong).toEqual(['value', 'tolerance']);
	const part = contentOf('order', {
		prompt: 'x',
		'parts.0.at': `${itemId}:page`,
		'items.0.text': 'a',
		'items.1.text': 'b'
	});
	expect(questionContent.safeParse(part.content).error!.issues.map(({ path }) => part.fieldOf(path.join('.')))).toEqual(
		['parts.0.range']
	);
});

test('numbers are read as they are written, and new pieces have names that tell nothing', () => {
	const read = (value: string) => (contentOf('numeric', { value }).content as { value: unknown }).value;
	expect([read('1 250,5'), read('-3.5'), read('ten'), read('')]).toEqual([1250.5, -3.5, 'ten', '']);
	const { options } = contentOf('choice', { 'options.0.text': 'A', 'options.1.text': 'B' }).content as {
		options: { key: string }[];
	};
	expect(new Set(options.map(({ key }) => key)).size).toBe(2);
	expect(options[0]!.key).toMatch(/^[0-9a-f]{8}$/);
});

test('an address of something else leads to its place', () => {
	expect(partAt({ other: `/pages/${itemId}#by-card` })).toEqual({
		...{ itemId: `/pages/${itemId}`, label: '' },
		anchor: { type: 'heading', id: 'by-card' }
	});
	expect(partAt({ other: `/resources/${itemId}#page-12` })).toMatchObject({ anchor: { type: 'page', from: '12' } });
});
