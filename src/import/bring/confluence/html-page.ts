import { DomUtils, parseDocument } from 'htmlparser2';
import { Element, Text, type ChildNode, type Document } from 'domhandler';
import { cleanLine } from '#src/core/import/clean.ts';

/** What a page tells, without the rest of its file. */
export interface Piece {
	title: string;
	by: string | undefined;
	at: string | undefined;
	/** The page above it, as its breadcrumbs say. */
	above: string | undefined;
	tags: string[];
	/** Files that hang on it and are not shown in its text. */
	attached: { name: string; called: string }[];
	comments: number;
	/** Names of macros that could not be carried. */
	macros: string[];
	html: string;
}

const { findOne, getElementsByTagName, textContent, replaceElement, removeElement, appendChild } = DomUtils;

const hasClass = (node: Element, name: string) => ` ${node.attribs.class ?? ''} `.includes(` ${name} `);
const byId = (document: Document, id: string) => findOne((node) => node.attribs.id === id, document.children, true);
const all = (root: Document | Element, test: (node: Element) => boolean) => DomUtils.findAll(test, root.children);

/** One page of a space as Confluence writes it in HTML: what it says of itself, and its text. */
export function readPage(html: string, spaceName: string): Piece | undefined {
	const document = parseDocument(html);
	const main = byId(document, 'main-content');
	if (!main) return undefined;
	const heading = byId(document, 'title-text');
	const title = cleanLine(heading ? textContent(heading) : '', 400);
	const about = findOne((node) => hasClass(node, 'page-metadata'), document.children, true);
	const words = about ? cleanLine(textContent(about), 400) : '';
	const crumbs = byId(document, 'breadcrumbs');
	const above = crumbs ? getElementsByTagName('a', crumbs).map((link) => link.attribs.href ?? '') : [];
	const macros = carryMacros(main);
	const shown = new Set(getElementsByTagName('img', main).map((image) => fileOf(image.attribs.src)));
	return {
		title: title.startsWith(`${spaceName} : `)
			? title.slice(spaceName.length + 3)
			: title.replace(/^[^:]{1,80} : /, ''),
		by: nameIn(about, 'author') ?? /Created by (.+?)(?:,| on |$)/.exec(words)?.[1]?.trim(),
		at: dayIn(words),
		above: above.at(-1),
		tags: all(document, (node) => node.name === 'a' && node.attribs.rel === 'tag').map((node) => textContent(node)),
		attached: attachmentsOf(document).filter(({ name }) => !shown.has(name)),
		comments: byId(document, 'comments') ? 1 : 0,
		macros,
		html: DomUtils.getInnerHTML(main)
	};
}

const fileOf = (address = '') => {
	const path = address.split(/[?#]/)[0]!;
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
};

function nameIn(about: Element | null, name: string): string | undefined {
	const found = about && findOne((node) => hasClass(node, name), about.children, true);
	return (found && cleanLine(textContent(found), 80)) || undefined;
}

function dayIn(words: string): string | undefined {
	const day = /\bon (\p{L}{3,9}\.? \d{1,2}, \d{4}|\d{1,2} \p{L}{3,9}\.? \d{4}|\d{4}-\d{2}-\d{2})/u.exec(words)?.[1];
	const time = day ? Date.parse(`${day} UTC`) : NaN;
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

/** The list below a page: the archive keeps files under numbers, and their names stand here. */
function attachmentsOf(document: Document): { name: string; called: string }[] {
	const head = byId(document, 'attachments');
	const section = head?.parent?.parent as Element | null | undefined;
	if (!section) return [];
	return getElementsByTagName('a', section).flatMap((link) => {
		const name = fileOf(link.attribs.href);
		return name.startsWith('attachments/') ? [{ name, called: cleanLine(textContent(link), 150) || name }] : [];
	});
}

/** Icons, tables of contents and scripts say nothing here. */
const NOISE = [
	'toc-macro',
	'confluence-information-macro-icon',
	'expand-control-icon',
	'aui-icon',
	'hidden',
	'plugin_pagetree'
];
/** What only a running Confluence fills with content. */
const LIVE =
	/^(jira|jiraissues|jira-chart|chart|drawio|gliffy|lucidchart|widget|calendar|roadmap|tasks-report-macro|contentbylabel|children|recently-updated|livesearch|include|excerpt-include|detailssummary|viewxls|viewdoc|viewppt|viewpdf|multimedia|iframe|html|gallery|profile|blog-posts|task-list|pagetree|create-from-template)$/;

/**
 * Writes what macros made of the text as plain HTML: boxes become quotes with their title,
 * code becomes code. @returns the names of macros that could not be carried
 */
function carryMacros(main: Element): string[] {
	const lost: string[] = [];
	for (const node of all(main, () => true)) {
		if (NOISE.some((name) => hasClass(node, name)) || node.name === 'script' || node.name === 'style')
			removeElement(node);
		else if (hasClass(node, 'syntaxhighlighter-pre')) asCode(node);
		else if (hasClass(node, 'confluence-information-macro')) asQuote(node, kindOf(node));
		else if (hasClass(node, 'panel') && !hasClass(node, 'code') && !hasClass(node, 'pdl')) asQuote(node);
		else if (hasClass(node, 'expand-control') || hasClass(node, 'panelHeader') || hasClass(node, 'codeHeader'))
			node.name = 'strong-block';
		else if (hasClass(node, 'emoticon'))
			replaceElement(node, new Text(node.attribs['data-emoji-fallback'] ?? node.attribs.alt ?? ''));
		else if (hasClass(node, 'status-macro')) node.name = 'strong';
		else if (hasClass(node, 'confluence-userlink')) delete node.attribs.href;
		if (LIVE.test(node.attribs['data-macro-name'] ?? '') || hasClass(node, 'jira-issue'))
			lost.push(node.attribs['data-macro-name'] ?? 'jira');
		if (node.name === 'strong-block') asBold(node);
		if (node.name === 'li' && node.attribs['data-inline-task-id'])
			node.children.unshift(new Text(hasClass(node, 'checked') ? '☑ ' : '☐ '));
	}
	return [...new Set(lost)];
}

function asCode(node: Element): void {
	const brush = /brush:\s*([\w+#-]+)/.exec(node.attribs['data-syntaxhighlighter-params'] ?? '')?.[1];
	node.name = 'pre';
	node.attribs = brush ? { class: `language-${brush}` } : {};
}

const KINDS: Record<string, string> = { note: 'Note', warning: 'Warning', tip: 'Tip' };
const kindOf = (node: Element) => KINDS[/macro-(note|warning|tip)/.exec(node.attribs.class ?? '')?.[1] ?? ''];

function asQuote(node: Element, kind?: string): void {
	const title = node.children.find((child): child is Element => child instanceof Element && hasClass(child, 'title'));
	node.name = 'blockquote';
	if (title) asBold(title);
	else if (kind) node.children.unshift(bold(kind));
}

function asBold(node: Element): void {
	const words = textContent(node).trim();
	node.name = 'p';
	node.attribs = {};
	node.children = words ? [new Element('strong', {}, [new Text(words)])] : [];
}

function bold(words: string): Element {
	const paragraph = new Element('p', {});
	appendChild(paragraph, new Element('strong', {}, [new Text(words)]));
	return paragraph;
}

export interface IndexBranch {
	href: string;
	title: string;
	children: IndexBranch[];
}

/** The tree of pages that the space's index shows, and the space's name. */
export function readIndex(html: string): { name: string; tree: IndexBranch[] } {
	const document = parseDocument(html);
	const cells = all(document, (node) => node.name === 'tr').map((line) =>
		line.children
			.filter((child): child is Element => child instanceof Element)
			.map((cell) => cleanLine(textContent(cell), 200))
	);
	const name = cells.find(([head]) => /^name$/i.test(head ?? ''))?.[1] ?? '';
	const heading = byId(document, 'title-text') ?? getElementsByTagName('title', document)[0];
	const lists = all(
		document,
		(node) => node.name === 'ul' && !inList(node) && getElementsByTagName('a', node).some(isPage)
	);
	const shown = heading ? cleanLine(textContent(heading), 200).replace(/^(?:Space Details|.*\()\s*/, '') : '';
	return { name: name || shown.replace(/\)$/, ''), tree: lists.flatMap(branches) };
}

const isPage = (link: Element) => /^[^/:?#]+\.html?(#|$)/i.test(link.attribs.href ?? '');

function inList(node: ChildNode): boolean {
	for (let above = node.parent; above; above = above.parent)
		if (above instanceof Element && above.name === 'ul') return true;
	return false;
}

function branches(list: Element): IndexBranch[] {
	const found: IndexBranch[] = [];
	for (const line of list.children) {
		if (!(line instanceof Element)) continue;
		const link = line.children.find((child): child is Element => child instanceof Element && child.name === 'a');
		const below = line.children
			.filter((child): child is Element => child instanceof Element && child.name === 'ul')
			.flatMap(branches);
		if (link && isPage(link))
			found.push({ href: fileOf(link.attribs.href), title: cleanLine(textContent(link), 200), children: below });
		else found.push(...below);
	}
	return found;
}
