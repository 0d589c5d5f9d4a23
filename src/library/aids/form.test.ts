import { expect, test } from 'vitest';
import { aidTypes } from './aid.ts';
import { aidContent, type AidContent } from './content.ts';
import { examples } from '#src/testing/aids.ts';
import { countRows, readChange } from '#src/ui/rows/rows.ts';
import { changeRows, clock, gapsIn, rowsOf } from './flat.ts';
import { contentOf, valuesOf } from './form.ts';

test.each(aidTypes)('what a form of type %s shows describes the same content again', (type) => {
	const content: AidContent = examples[type];
	const again = contentOf(type, valuesOf(content)).content;
	const parsed = aidContent.parse(again);
	// A form numbers the steps of a flow itself.
	if (parsed.type === 'flow' && content.type === 'flow') {
		expect(parsed.nodes.map(({ text }) => text)).toEqual(content.nodes.map(({ text }) => text));
		expect(parsed.nodes.map(({ next }) => next.map(({ label }) => label))).toEqual(
			content.nodes.map(({ next }) => next.map(({ label }) => label))
		);
	} else expect(parsed).toEqual(content);
});

test('rows are added, taken away and moved, and empty ones are left out', () => {
	const [rows] = rowsOf.checklist;
	let values: Record<string, string> = { intro: 'x', 'items.0.text': 'a', 'items.2.text': 'c', 'items.2.note': 'n' };
	expect(countRows(values, rows!)).toBe(4);
	values = changeRows(values, 'checklist', readChange('down:items:0')!);
	expect(values).toMatchObject({ intro: 'x', 'items.0.text': '', 'items.1.text': 'a', 'items.2.text': 'c' });
	values = changeRows(values, 'checklist', readChange('remove:items:1')!);
	values = changeRows(values, 'checklist', readChange('add:items:4')!);
	expect(countRows(values, rows!)).toBe(5);
	const { content, fieldOf } = contentOf('checklist', values);
	expect(content).toMatchObject({ items: [{ text: 'c', note: 'n' }] });
	expect(fieldOf('items.0.text')).toBe('items.1.text');
	for (const wrong of ['add:items', 'drop:items:1', 'add:../x:1', '', 'add:items:9999'])
		expect(readChange(wrong)).toBeUndefined();
	expect(changeRows(values, 'checklist', { what: 'up', list: 'items', row: 0 })).toMatchObject({ 'items.1.text': 'c' });
});

test('a column takes its cells with it', () => {
	const values = {
		...{ 'columns.0': 'Code', 'columns.1': 'Old', 'columns.2': 'Meaning' },
		...{ 'rows.0.0': '12', 'rows.0.1': 'x', 'rows.0.2': 'Paper' }
	};
	const without = contentOf('reference', changeRows(values, 'reference', { what: 'remove', list: 'columns', row: 1 }));
	expect(without.content).toMatchObject({ columns: ['Code', 'Meaning'], rows: [['12', 'Paper']] });
	const moved = contentOf('reference', changeRows(values, 'reference', { what: 'up', list: 'columns', row: 2 }));
	expect(moved.content).toMatchObject({ columns: ['Code', 'Meaning', 'Old'], rows: [['12', 'Paper', 'x']] });
});

test('the ways of a flow are written as people would', () => {
	const flow = (next: string) => {
		const values = {
			'nodes.0.text': 'Broken?',
			'nodes.0.next': next,
			'nodes.1.text': 'Repair',
			'nodes.2.text': 'Ship'
		};
		return aidContent.safeParse(contentOf('flow', values).content);
	};
	const ways = (next: string) => {
		const found = flow(next);
		return found.success && found.data.type === 'flow' ? found.data.nodes[0]!.next : found.error!.issues[0]!.message;
	};
	const both = [
		{ to: 's2', label: 'Yes' },
		{ to: 's3', label: 'No' }
	];
	for (const text of ['Yes: 2; No: 3', 'Yes → 2\nNo → 3', 'Yes: 2, No: 3', 'Yes = step 2; No -> #3;'])
		expect(ways(text)).toEqual(both);
	expect(ways('Yes, a bit: 2; No: 3')).toEqual([{ to: 's2', label: 'Yes, a bit' }, both[1]]);
	expect(ways('')).toEqual([{ to: 's2', label: '' }]);
	expect(ways('3')).toEqual([{ to: 's3', label: '' }]);
	expect(ways('end')).toEqual([]);
	expect(ways('Yes: 9; No: 3')).toBe('leads to a step that is not there');
	expect(ways('maybe')).toBe('leads to a step that is not there');
	expect(ways('2; 3')).toBe('leads several ways: each needs its answer');
	expect(ways('Yes: 2; yes: 3')).toBe('has the same answer twice');
});

test.each([
	[
		'a picture without words',
		{ ...examples.steps, steps: [{ title: 'x', image: examples.infographic.image }] },
		'steps.0.alt'
	],
	['a picture from elsewhere', { ...examples.infographic, image: 'https://example.org/a.png' }, 'image'],
	[
		'a picture address with more in it',
		{ ...examples.infographic, image: `${examples.infographic.image})![x](y` },
		'image'
	],
	['no step at all', { type: 'steps', steps: [] }, 'steps'],
	['a film without its steps', { ...examples.screencast, steps: [] }, 'steps'],
	['too many things', { type: 'checklist', items: Array(101).fill({ text: 'x' }) }, 'items'],
	['a hidden character', { type: 'checklist', items: [{ text: 'a\u202eb' }] }, 'items.0.text'],
	['a null byte', { type: 'checklist', items: [{ text: 'a\0b' }] }, 'items.0.text'],
	['half a character', { type: 'checklist', items: [{ text: 'a\ud800' }] }, 'items.0.text'],
	['an unknown field', { type: 'checklist', items: [{ text: 'a', html: '<b>' }] }, 'items.0'],
	['another type', { type: 'game' }, 'type'],
	['a flow to nowhere', { type: 'flow', nodes: [{ id: 'a', text: 'a', next: [{ to: 'z' }] }] }, 'nodes.0.next'],
	[
		'a flow with two of a name',
		{
			type: 'flow',
			nodes: [
				{ id: 'a', text: 'a' },
				{ id: 'a', text: 'b' }
			]
		},
		'nodes.1.id'
	],
	[
		'more answers than questions',
		{ type: 'decision', questions: ['a'], rules: [{ when: ['x', 'y'], then: 'z' }] },
		'rules.0.when'
	],
	['more cells than columns', { type: 'reference', columns: ['a'], rows: [['x', 'y']] }, 'rows.0']
])('%s is refused at its field', (_, content, path) => {
	const result = aidContent.safeParse(content);
	expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContain(path);
});

test('gaps of a template are named once, times read like a clock', () => {
	expect(gapsIn('Dear {{name}}, on {{ day }} {{name}} {{}} {{a\nb}}')).toEqual(['name', 'day']);
	expect([0, 65, 3725].map(clock)).toEqual(['0:00', '1:05', '1:02:05']);
	expect(contentOf('screencast', { 'steps.0.at': '1:02:05', 'steps.1.at': 'soon' }).content).toMatchObject({
		steps: [{ at: 3725 }, { at: 'soon' }]
	});
});
