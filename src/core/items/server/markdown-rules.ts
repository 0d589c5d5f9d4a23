import type { Env, MarkdownIt, StateCore, StateInline, Token } from 'markdown-it';
import { matchAt } from '#src/platform/markdown.ts';

/** What a text needs to know of the world to be rendered; without it, it stands for itself. */
export interface RenderContext {
	/** Names of the people who may be mentioned, by id. */
	people?: ReadonlyMap<string, string>;
	/** Sizes of images, by file id. */
	files?: ReadonlyMap<string, { width: number | null; height: number | null }>;
	/** What linked pages say of themselves, by address. */
	previews?: ReadonlyMap<string, LinkPreview>;
}

export interface LinkPreview {
	title: string;
	site: string;
	description: string;
}

const contextOf = (env: Env) => env as RenderContext;

/** Teaches markdown-it what this house's texts have beyond CommonMark. */
export function houseRules(md: MarkdownIt): void {
	md.renderer.rules.mention = (tokens, index, _options, env) => mention(tokens[index]!, env ?? {}, md.utils.escapeHtml);
	md.inline.ruler.before('link', 'hashtag', hashtag);
	md.core.ruler.push('headings', headings);
	md.core.ruler.push('tasks', tasks);
	md.core.ruler.push('images', images);
	md.core.ruler.push('cards', cards);
}

/** Shown by the name the person has, not by the one in the text, which anybody can write. */
function mention({ content, meta }: Token, env: Env, escape: (text: string) => string): string {
	const { id, inLink } = meta as { id: string; inLink: boolean };
	const name = contextOf(env).people?.get(id);
	if (name === undefined || inLink) return escape(`@${content}`);
	return `<a href="/people/${id}" class="mention">${escape(`@${name}`)}</a>`;
}

const HASHTAG = /#(\p{L}[\p{L}\p{N}.+#-]{0,34})/gu;

function hashtag(state: StateInline, silent: boolean): boolean {
	if (state.src.charCodeAt(state.pos) !== 0x23 || state.linkLevel > 0) return false;
	if (state.pos > 0 && !/[\s([{,;/]/.test(state.src[state.pos - 1]!)) return false;
	const found = matchAt(HASHTAG, state)?.[1]?.replace(/[.-]+$/, '');
	if (!found) return false;
	if (!silent) pushLink(state, `/questions?tag=${encodeURIComponent(found.toLowerCase())}`, 'tag', `#${found}`);
	state.pos += found.length + 1;
	return true;
}

function pushLink(state: StateInline, href: string, kind: string, text: string): void {
	const open = state.push('link_open', 'a', 1);
	open.attrs = [
		['href', href],
		['class', kind]
	];
	state.push('text', '', 0).content = text;
	state.push('link_close', 'a', -1);
}

/** The page has the first heading, so a text begins at the second; each can be linked to. */
function headings(state: StateCore): void {
	const seen = new Map<string, number>();
	for (const [index, token] of state.tokens.entries()) {
		if (token.type !== 'heading_open' && token.type !== 'heading_close') continue;
		token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`;
		if (token.type === 'heading_open') token.attrSet('id', anchorOf(textOf(state.tokens[index + 1]), seen));
	}
}

/** The prefix keeps a heading from taking the name of a part of the page. */
function anchorOf(text: string, seen: Map<string, number>): string {
	const slug = text
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 60);
	const before = seen.get(slug) ?? 0;
	seen.set(slug, before + 1);
	return `h-${slug || 'part'}${before ? `-${before + 1}` : ''}`;
}

const textOf = (inline?: Token) =>
	(inline?.children ?? [])
		.map(({ type, content }) => (type === 'text' || type === 'code_inline' ? content : ''))
		.join('');

/** `- [ ] to do` and `- [x] done` (GitHub Flavored Markdown, 5.3). */
function tasks(state: StateCore): void {
	for (const [index, token] of state.tokens.entries()) {
		const inline = state.tokens[index + 2];
		const words = inline?.children?.[0];
		// An escaped bracket is no box: it shows in the text as written.
		if (token.type !== 'list_item_open' || words?.type !== 'text') continue;
		const [sign, mark] = /^\[([ xX])\] /.exec(inline!.content) ?? [];
		if (!sign) continue;
		words.content = words.content.slice(sign.length);
		const box = new state.Token('checkbox', 'input', 0);
		box.attrs = [
			['type', 'checkbox'],
			['disabled', ''],
			['aria-label', mark === ' ' ? 'To do' : 'Done']
		];
		if (mark !== ' ') box.attrSet('checked', '');
		inline!.children!.unshift(box);
		token.attrSet('class', 'task');
	}
}

const OWN_FILE = /^\/files\/([0-9a-f-]{36})\//i;

/** Images of the house know their size; those of other sites become links, for a page loads nothing from others. */
function images(state: StateCore): void {
	for (const { children } of state.tokens) {
		for (const [index, token] of (children ?? []).entries()) {
			if (token.type !== 'image') continue;
			const source = String(token.attrGet('src') ?? '');
			const id = OWN_FILE.exec(source)?.[1]?.toLowerCase();
			if (!id) {
				children![index] = imageLink(state, source, token.content);
				continue;
			}
			const size = contextOf(state.env).files?.get(id);
			if (size?.width && size.height) {
				token.attrSet('width', String(size.width));
				token.attrSet('height', String(size.height));
			}
		}
	}
}

function imageLink(state: StateCore, source: string, alt: string): Token {
	const link = new state.Token('html_inline', '', 0);
	const { escapeHtml } = state.md.utils;
	link.content = `<a href="${escapeHtml(source)}">${escapeHtml(alt || 'Image')}</a>`;
	return link;
}

/** A bare address that stands alone in its paragraph becomes a card, once its page is known. */
function cards(state: StateCore): void {
	const { previews } = contextOf(state.env);
	if (!previews?.size) return;
	for (const [index, token] of state.tokens.entries()) {
		const url =
			token.type === 'inline' && state.tokens[index - 1]?.type === 'paragraph_open' ? aloneIn(token) : undefined;
		const preview = url === undefined ? undefined : previews.get(url);
		if (!preview) continue;
		const card = new state.Token('html_inline', '', 0);
		card.content = cardOf(url!, preview, state.md.utils.escapeHtml);
		token.children = [card];
	}
}

function cardOf(url: string, { title, site, description }: LinkPreview, escape: (text: string) => string): string {
	const part = (name: string, text: string) => text && `<span class="link-card-${name}">${escape(text)}</span> `;
	const parts = [part('title', title), part('text', description), part('site', site)];
	return `<a class="link-card" href="${escape(url)}">${parts.join('').trim()}</a>`;
}

/** The address of an inline token that holds a bare link and nothing else. */
export function aloneIn({ children }: Token): string | undefined {
	if (children?.length !== 3 || children[0]!.type !== 'link_open' || children[0]!.info !== 'auto') return undefined;
	return children[0]!.attrGet('href')?.toString();
}
