/** Feeds as the web has them, made from a seed: formats, sizes and habits of blogs, papers, podcasts and release notes. */
import { seeded } from '#src/testing/stories/random.ts';

const WORDS =
	'the harbour crane shift pallet counts a label which nobody reads before noon and whoever closes looks twice at lists that came from another town where ships wait for weather while drivers sleep in their cabs until gates open again with coffee small rain old maps new rules about weight salt tea timber glass and copper'.split(
		' '
	);

type Random = ReturnType<typeof seeded>;
const sentence = (random: Random, words: number) => {
	const said = Array.from({ length: words }, () => WORDS[random.upTo(WORDS.length)]).join(' ');
	return `${said[0]!.toUpperCase()}${said.slice(1)}.`;
};
const escaped = (html: string) => html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The text of a post as publishing programs write it: links, pictures, classes, a share bar, a pixel. */
function article(random: Random, site: string, paragraphs: number): string {
	const paragraph = () =>
		`<p class="wp-block-paragraph">${sentence(random, 30)} <a href="/p/${random.upTo(999)}?utm_source=rss" target="_blank">${sentence(random, 4)}</a> ${sentence(random, 25)}&nbsp;<em>${sentence(random, 5)}</em></p>\n`;
	const figure = `<figure class="wp-block-image size-large"><img decoding="async" src="${site}/i/${random.upTo(999)}.jpg" srcset="${site}/i/1.jpg 1024w, ${site}/i/2.jpg 300w" alt=""/><figcaption>${sentence(random, 8)}</figcaption></figure>`;
	const list = `<ul><li>${sentence(random, 9)}</li><li>${sentence(random, 9)}</li></ul><h3 id="x">${sentence(random, 4)}</h3>`;
	const body = Array.from({ length: paragraphs }, (_, at) => paragraph() + (at % 4 === 1 ? figure + list : '')).join(
		''
	);
	return `${body}<div class="sharedaddy"><a href="https://share.example/?u=${site}">Share</a></div><img src="${site}/pixel.gif" width="1" height="1"/>`;
}

interface Post {
	name: string;
	title: string;
	html: string;
	at: string;
}

/** A feed: what it says now, and what it says after its next post. */
export interface CorpusFeed {
	format: 'rss' | 'atom' | 'rdf' | 'json';
	now: string;
	next: string;
}

/** So many feeds, always the same. */
export function feedCorpus(count: number, seed = 7): CorpusFeed[] {
	const random = seeded(seed);
	return Array.from({ length: count }, (_, at) => {
		const site = `https://site-${at}.example`;
		const kind = random.upTo(20);
		const format = kind < 12 ? 'rss' : kind < 17 ? 'atom' : kind < 18 ? 'rdf' : 'json';
		// Some give whole texts, some excerpts.
		const [posts, paragraphs] =
			kind % 3 === 0 ? [10 + random.upTo(15), 12] : [15 + random.upTo(25), 1 + random.upTo(5)];
		const made = Array.from({ length: posts + 1 }, (_, index): Post => ({
			name: `${site}/2026/${index}-${random.upTo(9999)}`,
			title: sentence(random, 7),
			html: article(random, site, paragraphs),
			at: new Date(Date.UTC(2026, 9, 1) - index * 86_400_000).toISOString()
		}));
		const write = writers[format];
		return { format, now: write(site, made.slice(1)), next: write(site, made.slice(0, -1)) };
	});
}

const rssSpaces =
	'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"';
const excerpt = (html: string) => html.replace(/<[^>]*>/g, '').slice(0, 200);

const writers: Record<CorpusFeed['format'], (site: string, posts: Post[]) => string> = {
	rss: (site, posts) =>
		`<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" ${rssSpaces}>\n<channel>\n<title>Site</title>\n<atom:link href="${site}/feed" rel="self" type="application/rss+xml"/>\n<link>${site}</link>\n<sy:updatePeriod>hourly</sy:updatePeriod>\n<generator>https://press.example/?v=6.5</generator>\n${posts
			.map(
				({ name, title, html, at }) =>
					`<item>\n<title>${title}</title>\n<link>${name}/?utm_source=rss</link>\n<comments>${name}/#respond</comments>\n<dc:creator><![CDATA[Ana Ito]]></dc:creator>\n<pubDate>${new Date(at).toUTCString()}</pubDate>\n<category><![CDATA[Harbour]]></category>\n<category><![CDATA[News]]></category>\n<guid isPermaLink="false">${name}</guid>\n<description><![CDATA[${excerpt(html)}]]></description>\n<content:encoded><![CDATA[${html}]]></content:encoded>\n</item>`
			)
			.join('\n')}\n</channel>\n</rss>`,
	atom: (site, posts) =>
		`<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Site</title><id>${site}/</id><updated>${posts[0]!.at}</updated><link href="${site}/"/>${posts
			.map(
				({ name, title, html, at }) =>
					`<entry><id>${name}</id><title type="html">${title}</title><link rel="alternate" href="${name}"/><published>${at}</published><updated>${at}</updated><author><name>Ben Orr</name></author><content type="html">${escaped(html)}</content></entry>`
			)
			.join('')}</feed>`,
	rdf: (site, posts) =>
		`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${rssSpaces}><channel rdf:about="${site}"><title>Site</title><link>${site}</link></channel>${posts
			.map(
				({ name, title, html, at }) =>
					`<item rdf:about="${name}"><title>${title}</title><link>${name}</link><dc:date>${at}</dc:date><description>${escaped(html)}</description></item>`
			)
			.join('')}</rdf:RDF>`,
	json: (site, posts) =>
		JSON.stringify({
			...{ version: 'https://jsonfeed.org/version/1.1', title: 'Site', home_page_url: site },
			items: posts.map(({ name, title, html, at }) => ({
				...{ id: name, url: name, title, content_html: html, date_published: at }
			}))
		})
};
