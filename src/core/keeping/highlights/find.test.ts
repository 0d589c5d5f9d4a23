import { expect, test } from 'vitest';
import { cleanArticle } from '#src/core/web/server/page.ts';
import { findPassage } from './find.ts';
import { flatten } from './flat.ts';
import { markPassages } from './mark.ts';

const html = cleanArticle(
	`<h2>At night</h2><p>We never counted the <em>drawer</em> twice &amp; locked it.</p>
	<ul><li>Count <a href="https://example.org/?a=1&amp;b=2" title="a > b">once</a>.</li><li>Lock it.</li></ul>
	<p>In the morning: count once. Café 🎈 opens.</p>`,
	'https://example.org'
);
const flat = flatten(html);
const at = (exact: string, more = {}) => findPassage(flat.text, { exact, prefix: '', suffix: '', place: 0, ...more });
const said = (exact: string, more = {}) => {
	const found = at(exact, more);
	return found && flat.text.slice(found.start, found.end);
};
const marked = (exact: string) => markPassages(html, flat, [{ id: 'x', ...at(exact)! }]);
const textOf = (marks: string) => [...marks.matchAll(/<mark[^>]*>([^]*?)<\/mark>/g)].map(([, text]) => text);

test('a text is one line, its blocks parted, its entities read', () => {
	expect(flat.text.trim()).toBe(
		'At night We never counted the drawer twice & locked it. Count once. Lock it. In the morning: count once. Café 🎈 opens.'
	);
	expect(flat.starts).toHaveLength(flat.text.length);
});

test('a passage over elements and blocks is marked in each, and nothing of the text changes', () => {
	expect(textOf(marked('the drawer twice & locked'))).toEqual(['the ', 'drawer', ' twice &amp; locked']);
	expect(textOf(marked('locked it. Count once. Lock'))).toEqual(['locked it.', 'Count ', 'once', '.', 'Lock']);
	expect(textOf(marked('Café 🎈'))).toEqual(['Café 🎈']);
	for (const passage of ['At night We', 'once. Lock it. In', flat.text.trim()])
		expect(flatten(marked(passage)).text).toBe(flat.text);
	expect(marked('drawer').replace(/<\/?mark[^>]*>/g, '')).toBe(html);
});

test('where passages overlap each letter is marked once', () => {
	const two = [at('We never counted the')!, at('counted the drawer')!].map((range, id) => ({ id: `${id}`, ...range }));
	const result = markPassages(html, flat, two);
	expect(textOf(result)).toEqual(['We never counted the', 'drawer']);
	expect(flatten(result).text).toBe(flat.text);
});

test('of the same words twice, those with the same neighbours are meant', () => {
	const first = at('ount once', { prefix: 'locked it. C' })!;
	const second = at('ount once', { prefix: 'the morning: c' })!;
	expect(first.start).toBeLessThan(second.start);
	expect(at('ount once', { place: flat.text.length })).toEqual(second);
});

test('a passage is found after small changes, and not where other words stand', () => {
	expect(said('We never counted the cash drawer twice and locked it.')).toMatch(/^We never counted the drawer twice/);
	expect(said('in the mornings, count once')).toContain('the morning: count once');
	expect(said('The budget of the yard was spent by May')).toBeUndefined();
	expect(said('xyz')).toBeUndefined();
});

test('in a text as long as a book it takes no noticeable time', () => {
	const long = `${'A page of other words, one like the next. '.repeat(20_000)} The drawer was counted once. ${'More of the same. '.repeat(5_000)}`;
	const place = long.indexOf('The drawer');
	const begun = performance.now();
	const found = findPassage(long, {
		exact: 'The drawer was counted just once.',
		prefix: '',
		suffix: '',
		place: place + 900
	})!;
	expect(long.slice(found.start, found.end)).toContain('drawer was counted');
	expect(performance.now() - begun).toBeLessThan(2_000);
});
