import { parseDocument } from 'htmlparser2';
import { isCDATA, isTag, isText, type ChildNode, type Element } from 'domhandler';
import { escapeHtml } from '#src/platform/html.ts';
import { carryMacro } from './macros.ts';
import { boxOf, childOf, KINDS, webAddress, wordsOf, type Surroundings } from './nodes.ts';

/** A text as HTML, and what of it could not be carried. */
export interface Carried {
	html: string;
	/** Each once, in words. */
	lost: string[];
}

/**
 * Writes a text in Confluence's storage format as plain HTML: its own elements become what
 * they show, links and pictures lead to what `around` knows of them.
 */
export function carryStorage(source: string, around: Surroundings): Carried {
	// Within a CDATA section the end of another is written with a space in it.
	const whole = source.replace(/\]\] >(?=\s*<(?:\/ac:plain-text|!\[CDATA\[))/g, ']]>');
	const writer = new StorageWriter(around);
	const html = writer.all(parseDocument(whole, { recognizeCDATA: true, recognizeSelfClosing: true }).children);
	return { html, lost: [...writer.lost] };
}

/** What says nothing by itself. */
const SILENT = new Set(['ac:parameter', 'ac:placeholder', 'ac:task-id', 'ac:task-uuid', 'script', 'style']);
const VOID = new Set(['br', 'hr', 'img', 'col']);
const EMOTICONS: Record<string, string> = {
	...{ smile: '🙂', sad: '🙁', cheeky: '😛', laugh: '😃', wink: '😉', 'thumbs-up': '👍', 'thumbs-down': '👎' },
	...{ information: 'ℹ️', tick: '✅', cross: '❌', warning: '⚠️', plus: '➕', minus: '➖', question: '❓' },
	...{ 'light-on': '💡', 'yellow-star': '⭐', heart: '❤️', 'broken-heart': '💔' }
};

/** Writes nodes as HTML, each by what it is. */
export class StorageWriter {
	readonly around: Surroundings;
	readonly lost = new Set<string>();

	constructor(around: Surroundings) {
		this.around = around;
	}

	all(nodes: ChildNode[]): string {
		return nodes.map((node) => this.#node(node)).join('');
	}

	#node(node: ChildNode): string {
		if (isText(node)) return escapeHtml(node.data);
		if (isCDATA(node)) return this.all(node.children);
		return isTag(node) ? this.#element(node) : '';
	}

	#element(node: Element): string {
		const { name, attribs, children } = node;
		if (SILENT.has(name)) return '';
		if (name === 'ac:structured-macro' || name === 'ac:macro') return carryMacro(this, node);
		if (name === 'ac:link') return this.#link(node);
		if (name === 'ac:image') return this.#image(node);
		if (name === 'ac:emoticon')
			return escapeHtml(attribs['ac:emoji-fallback'] ?? EMOTICONS[attribs['ac:name'] ?? ''] ?? '');
		if (name === 'ac:task-list') return `<ul>${this.all(children)}</ul>`;
		if (name === 'ac:task') return this.#task(node);
		if (name === 'ac:adf-extension') return this.#extension(node);
		if (name === 'time') return escapeHtml(attribs.datetime ?? '');
		if (name === 'a') return this.#anchor(node);
		if (name.startsWith('ac:') || name.startsWith('ri:')) return this.all(children);
		return this.#plain(node);
	}

	#plain({ name, attribs, children }: Element): string {
		const tag = name === 'span' && /line-through/.test(attribs.style ?? '') ? 's' : name;
		const kept = ['src', 'alt', 'start', 'class'].flatMap((key) =>
			attribs[key] === undefined ? [] : ` ${key}="${escapeHtml(attribs[key])}"`
		);
		return `<${tag}${kept.join('')}>${VOID.has(tag) ? '' : `${this.all(children)}</${tag}>`}`;
	}

	#link(node: Element): string {
		const body = childOf(node, 'ac:link-body');
		const plain = childOf(node, 'ac:plain-text-link-body');
		const target = node.children.find((child): child is Element => isTag(child) && child.name.startsWith('ri:'));
		const [address, named] = target ? this.addressOf(target) : ['', ''];
		const words = (body && this.all(body.children)) || escapeHtml((plain && wordsOf(plain)) || named);
		const anchor = node.attribs['ac:anchor'] ?? '';
		const place = anchor && `#h-${anchor.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}`;
		if (address || (!target && anchor))
			return `<a href="${escapeHtml((address ?? '') + place)}">${words || escapeHtml(named || anchor)}</a>`;
		if (!target) return words;
		if (target.name !== 'ri:user')
			this.lost.add(`a link to “${named}”, which is not in the export; its words were kept`);
		return words;
	}

	/** Where one of `ri:…` leads, and what it is called. */
	addressOf({ name, attribs, children }: Element): [address: string | undefined, named: string] {
		const title = attribs['ri:content-title'] ?? '';
		if (name === 'ri:page' || name === 'ri:blog-post') return [this.around.page(title, attribs['ri:space-key']), title];
		if (name === 'ri:content-entity') {
			const id = attribs['ri:content-id'] ?? '';
			return [this.around.numbered(id), id];
		}
		if (name === 'ri:attachment') {
			const file = attribs['ri:filename'] ?? '';
			const page = children.find((child): child is Element => isTag(child) && child.name === 'ri:page');
			return [this.around.file(file, page?.attribs['ri:content-title']), file];
		}
		if (name === 'ri:url') return [webAddress(attribs['ri:value']), attribs['ri:value'] ?? ''];
		if (name === 'ri:user') {
			const key = attribs['ri:userkey'] ?? attribs['ri:account-id'] ?? attribs['ri:username'] ?? '';
			return [undefined, this.around.person(key) ?? attribs['ri:username'] ?? ''];
		}
		return [undefined, attribs['ri:space-key'] ?? attribs['ri:key'] ?? title];
	}

	#image(node: Element): string {
		const target = node.children.find((child): child is Element => isTag(child) && child.name.startsWith('ri:'));
		const [address, named] = target ? this.addressOf(target) : [undefined, ''];
		const words = node.attribs['ac:alt'] ?? node.attribs['ac:title'] ?? '';
		const caption = childOf(node, 'ac:caption');
		if (!address) {
			this.lost.add(`the picture “${named}”, which is not in the export`);
			return escapeHtml(words);
		}
		const alt = words || named.replace(/^.*\//, '').replace(/\.\w+$/, '');
		const below = caption ? `<br><em>${this.all(caption.children).replace(/<\/?p>/g, '')}</em>` : '';
		return `<img src="${escapeHtml(address)}" alt="${escapeHtml(alt)}">${below}`;
	}

	#task(node: Element): string {
		const done = wordsOf(childOf(node, 'ac:task-status')).trim() === 'complete';
		return `<li>${done ? '☑' : '☐'} ${this.all(childOf(node, 'ac:task-body')?.children ?? []).trim()}</li>`;
	}

	/** Newer boxes: what they are in full, or what older readers are shown instead. */
	#extension(node: Element): string {
		const inner = childOf(node, 'ac:adf-node');
		const content = inner && childOf(inner, 'ac:adf-content');
		if (inner?.attribs.type === 'panel' && content) {
			const kind = inner.children.find((child) => isTag(child) && child.attribs.key === 'panel-type');
			return boxOf(KINDS[kind ? wordsOf(kind).trim() : ''], this.all(content.children));
		}
		const fallback = childOf(node, 'ac:adf-fallback');
		return this.all((fallback ?? content ?? node).children);
	}

	#anchor({ attribs, children }: Element): string {
		const href = attribs.href ?? '';
		const id = /[?&]pageId=(\d+)/.exec(href)?.[1] ?? /\/pages\/(\d+)(?:[/?#]|$)/.exec(href)?.[1];
		const [, space, title = ''] = /\/display\/([^/?#]+)\/([^/?#]+)/.exec(href) ?? [];
		const known = (id && this.around.numbered(id)) || (space && this.around.page(readable(title), space));
		const words = this.all(children);
		return href ? `<a href="${escapeHtml(known || href)}">${words}</a>` : words;
	}
}

/** `Opening+the+till` in an address. */
function readable(title: string): string {
	try {
		return decodeURIComponent(title.replaceAll('+', ' '));
	} catch {
		return title;
	}
}
