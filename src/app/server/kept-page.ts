import { randomUUID } from 'node:crypto';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { Kept } from '#src/platform/server/kept.ts';
import { cut, Piece, type Part } from '#src/platform/server/pieces.ts';
import { newNonce } from '#src/platform/server/secrets.ts';

/** What gives way to something else each time. */
type Hole = 'title' | 'path' | 'main' | 'now' | 'data' | 'params' | 'nonce';

/** What stands around the content of a page: the same for one viewer, whatever they read. */
interface Shell {
	parts: (Piece | Hole)[];
	/** Their values cut where the nonce stands. */
	headers: [string, string[]][];
}

/** The content: the same for all viewers with the same print, for as long as its times are told right. */
interface Content {
	made: number;
	title: Piece;
	main: (Piece | 'submission')[];
	data: Piece;
	/** What its address names, for the browser. */
	params: Piece;
}

/** Bytes of content kept at most. */
const MOST = 12 * 1024 ** 2;
/** How long "5 minutes ago" may stand, in milliseconds; pages that stay open count on by themselves. */
const HOLDS = 30_000;
/** How long it may take to render it anew, in milliseconds. */
const RENEWED = 2_000;

/** By viewer, who is another object as soon as their rights change; then by theme and kind of page. */
const shells = new WeakMap<Viewer, Map<string, Shell>>();
const contents = new Kept<Content>(MOST);

/** A page that can be put together again from what was sent before. */
export interface Page {
	/** The pattern of its address, as the router names it. */
	route: string;
	path: string;
	theme: string;
	/** All its content depends on. */
	print: string;
}

const shellKey = ({ route, theme }: Pick<Page, 'route' | 'theme'>) => `${route} ${theme}`;
const contentKey = ({ timeZone, language }: Viewer, { path, print }: Page) =>
	`${path} ${timeZone} ${language} ${print}`;

/** Whether this viewer has had a page of this kind, so that asking for its print is worth while. */
export const hasShell = (viewer: Viewer, page: Pick<Page, 'route' | 'theme'>) =>
	shells.get(viewer)?.has(shellKey(page)) ?? false;

/** Whoever finds it old first renders it anew; the others have it as it is for so long. */
function isOld(content: Content): boolean {
	const now = Date.now();
	if (now - content.made <= HOLDS) return false;
	content.made = now - HOLDS + RENEWED;
	return true;
}

/** A page from what was kept; undefined where it must be rendered. */
export function keptPage(viewer: Viewer, page: Page): { headers: [string, string][]; parts: Part[] } | undefined {
	const shell = shells.get(viewer)?.get(shellKey(page));
	const content = contents.get(contentKey(viewer, page));
	if (!shell || !content || isOld(content)) return undefined;
	const nonce = newNonce();
	const fill: Record<Hole, Part[]> = {
		title: [content.title],
		path: [encodeURIComponent(page.path)],
		// Each form that is sent once has a submission of its own.
		main: content.main.map((part) => (part === 'submission' ? randomUUID() : part)),
		now: [String(Date.now())],
		data: [content.data],
		params: [content.params],
		nonce: [nonce]
	};
	return {
		headers: shell.headers.map(([name, value]) => [name, value.join(nonce)]),
		parts: shell.parts.flatMap((part) => (part instanceof Piece ? [part] : fill[part]))
	};
}

/**
 * Keeps a page that was rendered, cut into what is the viewer's and what is the content.
 * One that does not look as it should is not kept.
 */
export function keepPage(viewer: Viewer, page: Page, html: string, headers: Headers): void {
	const found = spansOf(html, page.path, headers.get('content-security-policy') ?? '');
	if (!found || headers.has('set-cookie')) return;
	const { spans, nonce } = found;
	const text = (name: string) => {
		const { from, to } = spans.find((span) => span.name === name)!;
		return html.slice(from, to);
	};
	const main = text('main');
	const data = text('data');
	const ids = [...main.matchAll(/(?<=name="submission" value=")[\w-]{36}(?=")/g)];
	const submissions = ids.map(({ index }) => ({ name: 'submission' as const, from: index, to: index + 36 }));
	const content = {
		made: Date.now(),
		title: new Piece(text('title')),
		main: cut(main, submissions),
		data: new Piece(data),
		params: new Piece(text('params'))
	};
	contents.set(contentKey(viewer, page), content, 2 * (main.length + data.length));
	const own = shells.get(viewer) ?? new Map<string, Shell>();
	shells.set(viewer, own);
	if (!own.has(shellKey(page)))
		own.set(shellKey(page), { parts: cut(html, spans), headers: keptHeaders(headers, nonce) });
}

const keptHeaders = (headers: Headers, nonce: string) =>
	[...headers]
		.filter(([name]) => !['etag', 'content-length', 'date'].includes(name))
		.map(([name, value]): [string, string[]] => [name, value.split(nonce)]);

interface Span {
	name: Hole;
	from: number;
	to: number;
}

/**
 * Where in a page stands what is not its viewer's. What people wrote cannot look like any
 * of it: in HTML their angle brackets are escaped, and in data their quotes are.
 */
function spansOf(html: string, path: string, policy: string): { spans: Span[]; nonce: string } | undefined {
	const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
	const script = html.lastIndexOf('<script nonce="');
	const open = /<main [^>]*>/.exec(html);
	if (!nonce || script < 0 || !open) return undefined;
	const to = encodeURIComponent(path);
	const list = html.indexOf('data: [', html.indexOf('node_ids: [', script)) + 'data: '.length;
	const [data, layout] = elementsOf(html, list).reverse();
	if (!data || !layout) return undefined;
	const params = html.indexOf('params: ', data.to) + 'params: '.length;
	const now = html.lastIndexOf('clock:{now:', layout.to) + 'clock:{now:'.length;
	const spans: Span[] = [
		{ name: 'title', from: html.indexOf('<title>') + 7, to: html.indexOf('</title>') },
		{ name: 'path', from: html.indexOf(`?to=${to}"`) + 4, to: html.indexOf(`?to=${to}"`) + 4 + to.length },
		{ name: 'main', from: open.index + open[0].length, to: html.lastIndexOf('</main>', script) },
		{ name: 'now', from: now, to: now + /^\d*/.exec(html.slice(now, now + 20))![0].length },
		{ name: 'data', ...data },
		{ name: 'params', from: params, to: html.indexOf(',\n', params) }
	];
	const inOrder = spans.every(({ from, to }, index) => from > (spans[index - 1]?.to ?? 8) && to > from);
	if (!inOrder || now < layout.from) return undefined;
	return { spans: [...spans, ...everywhere(html, nonce)], nonce };
}

function everywhere(html: string, nonce: string): Span[] {
	const found: Span[] = [];
	for (let from = html.indexOf(nonce); from >= 0; from = html.indexOf(nonce, from + nonce.length))
		found.push({ name: 'nonce', from, to: from + nonce.length });
	return found;
}

/** The elements of the list that begins at `at` in a script: brackets count, but not within texts. */
function elementsOf(script: string, at: number): { from: number; to: number }[] {
	const found: { from: number; to: number }[] = [];
	let depth = 0;
	let from = at + 1;
	for (let index = at; index < script.length; index += 1) {
		const letter = script[index]!;
		if (letter === '"') index = endOfText(script, index);
		else if ('([{'.includes(letter)) depth += 1;
		else if (')]}'.includes(letter)) depth -= 1;
		if (depth === 1 && letter === ',') {
			found.push({ from, to: index });
			from = index + 1;
		}
		if (depth === 0) return [...found, { from, to: index }];
	}
	return [];
}

function endOfText(script: string, at: number): number {
	for (let index = at + 1; index < script.length; index += 1) {
		if (script[index] === '\\') index += 1;
		else if (script[index] === '"') return index;
	}
	return script.length;
}
