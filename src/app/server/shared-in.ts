import { parseUrl } from '#src/core/web/url.ts';

/** An address must fit into a request: of longer texts the beginning. */
const LONGEST = { title: 300, text: 2000 };

/**
 * Where something shared from another application is kept: the form, filled in. Many applications send the address
 * within the text, or as the text.
 * @example sharedAddress(new URLSearchParams({ text: 'Read this https://example.org/a' }))
 * // '/kept/new?url=https%3A%2F%2Fexample.org%2Fa&text=Read+this'
 */
export function sharedAddress(given: URLSearchParams): string {
	const told = (name: string) => (given.get(name) ?? '').trim().toWellFormed();
	const [title, text] = [told('title'), told('text')];
	const within = [text, title].flatMap((each) => each.match(/https?:\/\/\S+/gi) ?? []);
	const url = [told('url'), ...within].find((one) => parseUrl(one)) ?? '';
	const rest = url ? text.replace(url, '').trim() : text;
	const filled = {
		url,
		title: title === url ? '' : title.slice(0, LONGEST.title),
		text: rest === title ? '' : rest.slice(0, LONGEST.text)
	};
	const query = new URLSearchParams(Object.entries(filled).filter(([, value]) => value));
	return query.size > 0 ? `/kept/new?${query}` : '/kept/new';
}
