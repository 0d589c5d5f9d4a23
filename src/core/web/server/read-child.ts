/** A process that reads web pages: what they say of themselves and their readable text; see `reader.ts`. */
import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import sanitize from 'sanitize-html';
import { serveWork } from '#src/platform/server/process-pool.ts';
import { cleanArticle, countWords, lineOf, paragraphsOf, type PageFacts, type ToRead } from './page.ts';

/** More elements than this are no article; the page keeps its title alone. */
const MOST_ELEMENTS = 60_000;

serveWork(({ html, url, plain }: ToRead): PageFacts => (plain ? readPlain(html, url) : readHtml(html, url)));

function readPlain(text: string, url: string): PageFacts {
	const escaped = sanitize(text, { allowedTags: [], disallowedTagsMode: 'escape' });
	const html = cleanArticle(`<pre>${escaped}</pre>`, url);
	const kept = paragraphsOf(html);
	const name = decodeURIComponent(new URL(url).pathname.split('/').pop() ?? '').slice(0, 150);
	return { ...nothing(url), title: lineOf(name, 200), html, text: kept, words: countWords(kept) };
}

const nothing = (url: string): PageFacts => ({
	...{ title: '', site: new URL(url).hostname.replace(/^www\./, ''), author: '', published: null, description: '' },
	...{ language: '', image: null, canonical: null, html: '', text: '', words: 0, asksPassword: false }
});

/** Of a page with more tags than this its beginning is read. */
const MOST_TAGS = 120_000;

function firstTags(html: string): string {
	let at = -1;
	for (let count = 0; count < MOST_TAGS; count += 1) {
		at = html.indexOf('<', at + 1);
		if (at < 0) return html;
	}
	return html.slice(0, at);
}

function readHtml(whole: string, url: string): PageFacts {
	const source = firstTags(whole);
	const { document } = parseHTML(
		/<html[\s>]/i.test(source) ? source : `<!doctype html><html><body>${source}</body></html>`
	);
	const meta = metaOf(document);
	const data = structured(document);
	const canonical = absolute(document.querySelector('link[rel~="canonical"]')?.getAttribute('href'), url);
	const asksPassword = document.querySelector('input[type="password" i]') !== null;
	const heading = document.querySelector('h1')?.textContent;
	const title = meta.get('og:title') || document.querySelector('title')?.textContent || heading;
	const language = document.documentElement?.getAttribute('lang') ?? '';
	const time = document.querySelector('article time[datetime], time[pubdate], time[itemprop="datePublished"]');
	const published =
		meta.get('article:published_time') || data.published || meta.get('date') || time?.getAttribute('datetime');
	const article = readable(document);
	const html = cleanArticle(article?.content ?? '', url);
	const text = paragraphsOf(html);
	const author =
		data.author || named(meta.get('author')) || named(meta.get('article:author')) || named(article?.byline ?? '');
	return {
		title: lineOf(title || article?.title, 200),
		site: lineOf(meta.get('og:site_name') || article?.siteName, 100) || nothing(url).site,
		author: lineOf(author, 200),
		published: dateOf(published || article?.publishedTime),
		description: lineOf(meta.get('og:description') || meta.get('description') || article?.excerpt, 400),
		language: /^[a-z]{2,3}(-[\w-]{2,20})?$/i.test(language) ? language.toLowerCase() : '',
		image: absolute(meta.get('og:image') || meta.get('twitter:image'), url),
		...{ canonical, html, text, words: countWords(text), asksPassword }
	};
}

/** What stands in its meta elements, by name; the first of each. */
function metaOf(document: Document): Map<string, string> {
	const found = new Map<string, string>();
	for (const element of document.querySelectorAll('meta[content]')) {
		const name = (element.getAttribute('property') ?? element.getAttribute('name') ?? '').toLowerCase().trim();
		if (name && !found.has(name)) found.set(name, element.getAttribute('content') ?? '');
	}
	return found;
}

/** Who and when, as schema.org data says it. */
function structured(document: Document): { author: string; published: string } {
	for (const script of [...document.querySelectorAll('script[type="application/ld+json"]')].slice(0, 10)) {
		for (const thing of thingsIn(script.textContent ?? '')) {
			const { datePublished, author } = thing;
			if (typeof datePublished !== 'string' && !author) continue;
			const people = (Array.isArray(author) ? author : [author]).slice(0, 5).map(nameOf).filter(Boolean);
			return { author: people.join(', '), published: typeof datePublished === 'string' ? datePublished : '' };
		}
	}
	return { author: '', published: '' };
}

function thingsIn(json: string): Record<string, unknown>[] {
	try {
		const given: unknown = JSON.parse(json);
		const list = Array.isArray(given) ? given : [given];
		return list
			.flatMap((one: { '@graph'?: unknown[] }) => (Array.isArray(one?.['@graph']) ? one['@graph'] : [one]))
			.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null)
			.slice(0, 50);
	} catch {
		return [];
	}
}

const nameOf = (one: unknown): string =>
	typeof one === 'string'
		? named(one)
		: typeof (one as { name?: unknown })?.name === 'string'
			? (one as { name: string }).name
			: '';

/** Some give a profile's address for a name. */
const named = (text = '') => (/^https?:/i.test(text.trim()) ? '' : text.replace(/^\s*by\s+/i, ''));

function readable(document: Document) {
	try {
		return new Readability(document, { maxElemsToParse: MOST_ELEMENTS, charThreshold: 200 }).parse();
	} catch {
		return null;
	}
}

function absolute(address: string | null | undefined, base: string): string | null {
	if (!address || address.length > 2000 || !URL.canParse(address, base)) return null;
	const url = new URL(address, base);
	return /^https?:$/.test(url.protocol) ? url.href : null;
}

/** A date that can be one: not before the web's forerunners, not in the future. */
function dateOf(text: string | null | undefined): string | null {
	const time = Date.parse((text ?? '').trim());
	if (Number.isNaN(time) || time < Date.UTC(1900, 0) || time > Date.now() + 86_400_000) return null;
	return new Date(time).toISOString();
}
