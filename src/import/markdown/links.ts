import { dirname, join, normalize } from 'node:path/posix';
import { outsideCode } from './plain.ts';

/** What an address in a page leads to. */
export type Target = { page: string } | { file: string } | { nowhere: string };

/** `[words](address "title")` and `![alt](address)`; brackets may stand in both once. */
const INLINE =
	/(!?)\[((?:[^[\]]|\[[^[\]]*\])*)\]\(\s*(<[^<>\n]*>|(?:[^\s()]|\([^\s()]*\))+)(\s+(?:"[^"]*"|'[^']*'))?\s*\)/g;
const REFERENCE = /^([ ]{0,3}\[[^\]\n]+\]:[ \t]+)(<[^<>\n]*>|\S+)/gm;

/**
 * Rewrites the addresses of a page that lead to its own tree. `resolve` gives the new one,
 * or nothing: then the words stay and the link goes.
 */
export async function rewriteLinks(
	text: string,
	resolve: (address: string, isImage: boolean) => Promise<string | undefined>
): Promise<string> {
	const found = new Map<string, string | undefined>();
	const key = (address: string, isImage: boolean) => `${isImage ? '!' : ''}${address}`;
	const wanted: [string, boolean][] = [];
	outsideCode(text, (part) => {
		for (const [, mark, , address] of part.matchAll(INLINE)) wanted.push([bare(address!), mark === '!']);
		for (const [, , address] of part.matchAll(REFERENCE)) wanted.push([bare(address!), false]);
		return part;
	});
	for (const [address, isImage] of wanted)
		if (isRelative(address) && !found.has(key(address, isImage)))
			found.set(key(address, isImage), await resolve(address, isImage));
	if (found.size === 0) return text;
	return outsideCode(text, (part) => {
		// The words of a link may be an image with an address of its own: inside first.
		const inline = (source: string): string =>
			source.replace(INLINE, (whole, mark: string, words: string, address: string, title = '') => {
				const inner = words.includes('](') ? inline(words) : words;
				if (!isRelative(bare(address))) return inner === words ? whole : whole.replace(words, () => inner);
				const target = found.get(key(bare(address), mark === '!'));
				return target ? `${mark}[${inner}](${target}${title})` : inner;
			});
		return inline(part).replace(REFERENCE, (whole, start: string, address: string) =>
			isRelative(bare(address)) ? `${start}${found.get(key(bare(address), false)) ?? '#'}` : whole
		);
	});
}

const bare = (address: string) => address.replace(/^<|>$/g, '');

const isRelative = (address: string) => address !== '' && !/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address);

/** Finds what a relative address means, the ways sites write them: with or without ending, a folder, an `.html`. */
export function targetOf(
	from: string,
	address: string,
	has: { page(path: string): string | undefined; file(path: string): boolean }
): Target {
	const [path = ''] = address.split(/[?#]/);
	let plain = path;
	try {
		plain = decodeURIComponent(path);
	} catch {
		// A bare % is a part of the name.
	}
	if (plain === '') return { nowhere: address };
	for (const full of candidates(from, plain)) {
		if (full === '..' || full.startsWith('../')) return { nowhere: 'it leads out of the folder' };
		const stem = full.replace(/\.html?$/, '');
		const names = [full, `${stem}.md`, `${stem}.mdx`, `${stem}.markdown`, `${full}.md`, `${full}.mdx`];
		const folder = full === '.' || full === '' ? '' : `${full}/`;
		for (const index of ['index', 'README', '_index']) names.push(`${folder}${index}.md`, `${folder}${index}.mdx`);
		const page = names.map((name) => has.page(name)).find(Boolean);
		if (page) return { page };
		// Sites serve a folder of files as if it were their root.
		const file = [full, `static/${full}`, `public/${full}`].find((name) => has.file(name));
		if (file) return { file };
	}
	return { nowhere: 'it leads nowhere' };
}

/** From the page's folder, or as if the page were a folder; from the root, which a site may hang below a first name or two. */
function candidates(from: string, path: string): string[] {
	const clean = (full: string) => normalize(full).replace(/^\/+|\/+$/g, '');
	if (!path.startsWith('/')) return [clean(join(dirname(from), path)), clean(join(from.replace(/\.\w+$/, ''), path))];
	const names = path.split('/').filter(Boolean);
	return [0, 1, 2]
		.filter((first) => first === 0 || first < names.length)
		.map((first) => clean(names.slice(first).join('/')));
}
