import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBookmarks } from './formats.ts';

const fixture = (name: string) => readBookmarks(readFileSync(join('src/import/fixtures/bookmarks', name)))!;
const of = (text: string) => readBookmarks(Buffer.from(text));

test('bookmarks of a browser', () => {
	const { format, links, report } = fixture('browser.html');
	expect(format).toBe('bookmarks');
	expect(links).toEqual([
		{
			...{ url: 'https://scales.example/guide?utm_source=mail', title: 'Scales & weights', tags: [] },
			...{ bodyMd: 'How to zero a scale.', addedAt: '2023-11-14T22:15:00.000Z' }
		},
		expect.objectContaining({ title: 'Boxes', tags: ['boxes', 'tape', 'warehouse-tips'], bodyMd: '' }),
		expect.objectContaining({ title: 'The same again', tags: ['warehouse-tips'] })
	]);
	expect(report).toMatchObject({ read: 5, unneeded: { 'marked as private': 1, 'small pictures of sites': 1 } });
	expect(report.skipped['no address of a web page']).toMatchObject({ count: 2 });
});

test('what Karakeep exports', () => {
	const { format, links, report } = fixture('karakeep.json');
	expect(format).toBe('karakeep');
	expect(links).toMatchObject([
		{
			title: 'Scales',
			tags: ['measuring', 'scale-care'],
			bodyMd: 'Zero it **first**.',
			addedAt: '2024-03-09T16:00:00.000Z'
		},
		{ title: '', url: 'https://untitled.example/a' }
	]);
	expect(report.unneeded).toEqual({ 'notes without a link': 1, 'files and what has no content': 1 });
});

test('what Linkwarden exports', () => {
	const { format, links, report } = fixture('linkwarden.json');
	expect(format).toBe('linkwarden');
	expect(links).toMatchObject([
		{ title: 'Scales', tags: ['measuring', 'shop-floor'], addedAt: '2024-03-01T10:00:00.000Z' },
		{ title: 'Boxes', tags: [], bodyMd: 'Sizes.' }
	]);
	expect(report.unneeded).toMatchObject({ 'uploaded files': 1, 'marked passages': 1 });
});

test('what Pocket exported, as HTML and as CSV', () => {
	const html = fixture('pocket.html');
	expect(html).toMatchObject({ format: 'pocket', report: { unneeded: { 'whether it had been read': 3 } } });
	expect(html.links).toMatchObject([{ title: 'Scales & weights', tags: ['measuring', 'scales'] }, { title: '' }, {}]);
	const csv = fixture('pocket.csv');
	expect(csv).toMatchObject({ format: 'pocket', report: { read: 3 } });
	expect(csv.links).toMatchObject([
		{ title: 'Scales, and "weights"', tags: ['measuring', 'scales'] },
		{ title: 'Boxes' }
	]);
	expect(csv.report.skipped['no address of a web page']!.count).toBe(1);
});

test.each(['', 'hello', '{"a":1}', '{"bookmarks":', '<html><p>nothing', 'a,b,c\n1,2,3', '\0\0\0'])(
	'%j is none of these',
	(text) => expect(of(text)).toBeUndefined()
);

test('what is broken within costs itself only', () => {
	expect(
		of(
			'{"bookmarks":[null,1,{"content":7},{"content":{"type":"link","url":9}},{"content":{"type":"link","url":"https://a.example/"}}]}'
		)!.links
	).toHaveLength(1);
	expect(
		of('{"collections":[{"links":"no"},{"links":[{"url":"https://a.example/","tags":"x"}]}]}')!.links
	).toHaveLength(1);
	expect(
		of('<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="https://a.example/" ADD_DATE="x">A')!.links
	).toMatchObject([{ title: 'A' }]);
	const password = of('<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><A HREF="https://a:secret@b.example/">x</A></DL>')!;
	expect(JSON.stringify(password)).not.toContain('secret');
});

test('what repeats itself without end is read in one go, and what can be read is kept', () => {
	const many = 100_000;
	expect(of('<DL>'.repeat(many))).toBeUndefined();
	expect(of(`<DL>${'<A '.repeat(many)}`)).toBeUndefined();
	expect(of(`{"bookmarks":${'['.repeat(many)}`)).toBeUndefined();
	const head = '<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="https://a.example/">A</A>';
	const nested = of(head + '<DL><DT><H3>x</H3>'.repeat(many))!;
	expect(nested.links).toMatchObject([{ title: 'A' }]);
	expect(nested.report.unneeded).toEqual({ 'what comes after folders that are nested without end': 1 });
	expect(of(`title,url,time_added\n"${'x'.repeat(many)}`)!.links).toEqual([]);
});

test('a file in another encoding, as its mark tells', () => {
	const text = '\ufeff<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><DT><A HREF="https://a.example/">Käse</A>';
	expect(readBookmarks(Buffer.from(text, 'utf16le'))!.links).toMatchObject([{ title: 'Käse' }]);
});
