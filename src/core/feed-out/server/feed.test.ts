import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { feedAnswer, toAtom, toJsonFeed } from './feed.ts';

const page = 'https://trellis.example.org/lists?shelf=1';
const feed = {
	...{ id: page, title: 'Lists & more <of> Ana', page, self: 'https://trellis.example.org/lists/by/1/atom' },
	entries: [
		{
			...{ id: 'https://trellis.example.org/lists/2', title: '10 > 9', url: 'https://trellis.example.org/lists/2' },
			...{ author: 'Ana & Bo', published: '2030-03-31T10:00:00.000Z', updated: '2030-05-12T08:00:00.000Z' },
			html: '<p>One &amp; <a href="https://a.example/?a=1&amp;b=2">two</a></p>]]>'
		}
	]
};

test('what goes out as Atom reads back as it was', async () => {
	const read = parseAtomFeed(await toAtom(feed));
	expect(read).toMatchObject({ id: page, title: { value: feed.title }, updated: '2030-05-12T08:00:00.000Z' });
	expect(read.entries).toMatchObject([
		{ title: { value: '10 > 9' }, authors: [{ name: 'Ana & Bo' }], content: { value: feed.entries[0]!.html } }
	]);
});

test('and as JSON Feed', async () => {
	const read = parseJsonFeed(JSON.parse(await toJsonFeed(feed)));
	expect(read).toMatchObject({ title: feed.title, home_page_url: page });
	expect(read.items).toMatchObject([
		{ content_html: feed.entries[0]!.html, date_published: '2030-03-31T10:00:00.000Z' }
	]);
});

test('a reader that has it already is sent nothing', async () => {
	const first = await feedAnswer(feed, 'atom', new Request(page));
	expect(first.headers.get('content-type')).toContain('application/atom+xml');
	const again = new Request(page, { headers: { 'if-none-match': first.headers.get('etag')! } });
	expect((await feedAnswer(feed, 'atom', again)).status).toBe(304);
	expect((await feedAnswer({ ...feed, entries: [] }, 'atom', again)).status).toBe(200);
});
