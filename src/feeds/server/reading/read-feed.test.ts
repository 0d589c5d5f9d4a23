import { expect, test } from 'vitest';
import { NotAFeed } from './not-a-feed.ts';
import { readFeed } from './read-feed.ts';

const at = 'https://news.example/feeds/all.xml';
const read = (text: string | Buffer, type = 'application/xml', url = at) => readFeed(Buffer.from(text), type, url);
const refused = (text: string, type?: string) => {
	try {
		read(text, type);
	} catch (error) {
		return error as NotAFeed;
	}
	throw new Error('It was read.');
};
const spaces =
	'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"';
const rss = (items: string, head = '') =>
	`<?xml version="1.0"?><rss version="2.0" ${spaces}><channel><title>Yard &amp; dock</title><link>https://news.example/</link>${head}${items}</channel></rss>`;

test('RSS 2.0: whole text before summary, addresses made whole, tracking taken off, scripts and pictures too', () => {
	const feed = read(
		rss(
			`<item><title>Two &lt;b&gt; pallets</title><link>/posts/1?utm_source=feed</link><guid isPermaLink="false">p1</guid>
				<pubDate>Tue, 03 Nov 2026 10:00:00 CET</pubDate><dc:creator>Ines Duarte</dc:creator><description>Short.</description>
				<content:encoded><![CDATA[<h1>One</h1><script>x()</script><p>See <a href="more">more</a><img src="/a.png"></p>]]></content:encoded></item>`,
			`<atom:link rel="hub" href="https://hub.example/"/><sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>`
		)
	);
	expect(feed).toMatchObject({
		...{ format: 'rss', title: 'Yard & dock', siteUrl: 'https://news.example/', hubUrl: 'https://hub.example/' },
		restMinutes: 720
	});
	expect(feed.posts).toEqual([
		{
			...{ guid: 'p1', url: 'https://news.example/posts/1', title: 'Two <b> pallets', author: 'Ines Duarte' },
			html: '<h2>One</h2><p>See <a href="https://news.example/posts/more" rel="nofollow noopener noreferrer">more</a></p>',
			...{ publishedAt: new Date('2026-11-03T09:00:00Z'), oddDate: '', media: [], tags: [] },
			raw: expect.stringMatching(/^[\w-]{22}$/)
		}
	]);
});

test('RSS 0.90 and 1.0, Atom 0.3 and 1.0, JSON Feed', () => {
	const rdf = (space: string, item: string) =>
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="${space}" ${spaces}><channel><title>R</title><link>https://r.example/</link></channel>${item}</rdf:RDF>`;
	const item = '<item rdf:about="https://r.example/1"><title>I</title><link>https://r.example/1</link></item>';
	expect(read(rdf('http://my.netscape.com/rdf/simple/0.9/', item)).posts[0]).toMatchObject({ title: 'I' });
	expect(read(rdf('http://purl.org/rss/1.0/', item)).posts[0]?.guid).toBe('https://r.example/1');
	const atom3 =
		'<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title><entry><title>E</title><link rel="alternate" href="http://a.example/1"/><id>x</id><issued>2004-01-01T00:00:00Z</issued><content mode="escaped" type="text/html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>';
	expect(read(atom3).posts[0]).toMatchObject({ guid: 'x', html: '<p>x</p>', url: 'http://a.example/1' });
	const atom1 =
		'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/"><title type="html">A &lt;b&gt;x&lt;/b&gt;</title><entry><id>e1</id><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">T <i>x</i></div></title><link href="p1"/><updated>2026-01-01T00:00:00Z</updated><summary>1 &lt; 2</summary></entry></feed>';
	expect(read(atom1)).toMatchObject({
		title: 'A x',
		posts: [{ title: 'T x', url: 'https://b.example/x/p1', html: '<p>1 &lt; 2</p>' }]
	});
	const json =
		'{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":1,"url":"https://j.example/1","content_text":"a <b>\\n\\nc","attachments":[{"url":"/a.mp3","mime_type":"audio/mpeg","duration_in_seconds":61}]}]}';
	expect(read(json).posts[0]).toMatchObject({
		...{ guid: '1', html: '<p>a &lt;b&gt;</p><p>c</p>' },
		media: [{ url: 'https://news.example/a.mp3', type: 'audio/mpeg', seconds: 61 }]
	});
});

test('a podcast’s sound, a film of YouTube', () => {
	const podcast = rss(
		'<item><title>Episode</title><enclosure url="https://n.example/e.mp3" type="audio/mpeg" length="1"/><itunes:duration>1:02:03</itunes:duration></item>'
	);
	expect(read(podcast).posts[0]?.media).toEqual([
		{ url: 'https://n.example/e.mp3', type: 'audio/mpeg', seconds: 3723 }
	]);
	const youtube =
		'<feed xmlns:media="http://search.yahoo.com/mrss/" xmlns="http://www.w3.org/2005/Atom"><title>Y</title><entry><id>yt:video:a</id><title>V</title><link rel="alternate" href="https://www.youtube.com/watch?v=a"/><media:group><media:description>Line one\nLine two</media:description></media:group></entry></feed>';
	expect(read(youtube).posts[0]).toMatchObject({ html: '<p>Line one<br />Line two</p>' });
});

test('what is broken is read as far as it goes', () => {
	const cut = rss(
		'<item><title>Salt & pepper &nbsp;&eacute;</title></item><item><title>Second</title></item><item><title>Cut o'
	).replace(/<\/channel>.*/, '');
	expect(read(cut).posts.map(({ title }) => title)).toEqual(['Salt & pepper é', 'Second']);
	const latin = Buffer.from(rss('<item><title>Größe</title></item>'), 'latin1');
	expect(read(latin, 'text/xml; charset=utf-8').posts[0]?.title).toBe('Größe');
	expect(read(`\n \ufeff${rss('<item><title>a\u0008b</title></item>')}`).posts[0]?.title).toBe('ab');
	const same = '<item><guid>1</guid><title>Once</title></item>';
	expect(read(rss(same + same)).posts).toHaveLength(1);
});

test('dates of every form and century: taken where they can be, told where not', () => {
	const dated = (date: string) => read(rss(`<item><title>x</title><pubDate>${date}</pubDate></item>`)).posts[0]!;
	expect(dated('Tues, 3rd November 2026 9:05 EST').publishedAt?.toISOString()).toBe('2026-11-03T14:05:00.000Z');
	expect(dated('2026-11-03 09:05:00').publishedAt?.toISOString()).toBe('2026-11-03T09:05:00.000Z');
	expect(dated('03 Nov 2026 24:61:00 GMT').publishedAt?.toISOString()).toBe('2026-11-03T12:00:00.000Z');
	expect(dated('Thu, 01 Jan 1970 00:00:00 GMT')).toMatchObject({
		publishedAt: null,
		oddDate: '1970-01-01 lies before the web'
	});
	expect(dated('0001-01-01T00:00:00Z').oddDate).toBe('0001-01-01 lies before the web');
	expect(dated('2099-01-01').oddDate).toBe('2099-01-01 lies ahead');
	expect(dated('last Tuesday').oddDate).toBe('“last Tuesday” is no date');
	expect(dated('')).toMatchObject({ publishedAt: null, oddDate: '' });
});

test('a page, an entity bomb, a file of the server and nothing at all are no feeds', () => {
	const page = refused('<!doctype html><title>Sign in</title><form><input type="password"></form>', 'text/html');
	expect(page).toMatchObject({ isPage: true, message: 'A page to sign in stands where the feed was.' });
	expect(refused('<!doctype html><title>Welcome</title>', 'text/html').message).toBe('This is a web page, not a feed.');
	expect(refused('').isPage).toBe(false);
	expect(refused('{"items": 3}').message).toMatch(/neither RSS, Atom nor JSON/);
	const doctype = (entity: string) => `<!DOCTYPE rss [${entity}]>`;
	const bomb =
		doctype('<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">') +
		rss('<item><title>&b;</title></item>');
	expect(read(bomb).posts[0]?.title).toBe('&b;');
	expect(
		refused(doctype('<!ENTITY x SYSTEM "file:///etc/hostname">') + rss('<item><title>&x;</title></item>'))
	).toBeInstanceOf(NotAFeed);
});
