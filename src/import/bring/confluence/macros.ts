import { isTag, type ChildNode, type Element } from 'domhandler';
import { escapeHtml } from '#src/platform/html.ts';
import { boxOf, childOf, KINDS, webAddress, wordsOf, type Surroundings } from './nodes.ts';

/** What a macro needs of the writer it stands in. */
interface Around {
	around: Surroundings;
	/** What could not be carried, in words. */
	lost: Set<string>;
	all(nodes: ChildNode[]): string;
	addressOf(node: Element): [address: string | undefined, words: string];
}

type Carry = (writer: Around, macro: Macro) => string;

interface Macro {
	name: string;
	/** The value of a parameter as text. */
	told(parameter: string): string;
	/** What a parameter names: the page, file or address in it. */
	named(parameter: string): Element | undefined;
	/** Its text as HTML. */
	body: string;
	/** Its text, where it is plain. */
	plain: string | undefined;
}

/** Writes a macro as what it shows; of one that only a running Confluence can fill, its text at most. */
export function carryMacro(writer: Around, node: Element): string {
	const macro = read(writer, node);
	const carry = CARRIED[macro.name];
	if (carry) return carry(writer, macro);
	writer.lost.add(
		macro.body || macro.plain
			? `the macro “${macro.name}” is not known here; its text was kept`
			: `the macro “${macro.name}” shows nothing without Confluence`
	);
	return macro.body || code(macro.plain ?? '');
}

function read(writer: Around, node: Element): Macro {
	const find = (parameter: string) =>
		node.children.find(
			(child): child is Element =>
				isTag(child) && child.name === 'ac:parameter' && (child.attribs['ac:name'] ?? '') === parameter
		);
	const rich = childOf(node, 'ac:rich-text-body');
	const plain = childOf(node, 'ac:plain-text-body');
	return {
		name: node.attribs['ac:name'] ?? '',
		told: (parameter) => wordsOf(find(parameter)).trim(),
		named: (parameter) => firstNamed(find(parameter)),
		body: rich ? writer.all(rich.children) : '',
		plain: plain && wordsOf(plain)
	};
}

function firstNamed(node: Element | undefined): Element | undefined {
	for (const child of node?.children ?? []) {
		if (!isTag(child)) continue;
		if (child.name.startsWith('ri:')) return child;
		const within = firstNamed(child);
		if (within) return within;
	}
	return undefined;
}

const code = (text: string, language = '') => {
	const name = /^[\w+#-]+$/.test(language) ? ` class="language-${language}"` : '';
	return text ? `<pre${name}>${escapeHtml(text)}</pre>` : '';
};
const heading = (title: string) => (title ? `<p><strong>${escapeHtml(title)}</strong></p>` : '');
const link = (address: string, words: string) => `<a href="${escapeHtml(address)}">${escapeHtml(words)}</a>`;

const body: Carry = (_, macro) => macro.body;
const nothing: Carry = () => '';
const box: Carry = (_, macro) =>
	boxOf(macro.told('title') || KINDS[macro.name], macro.body || heading(macro.plain ?? ''));
const titled: Carry = (_, macro) => heading(macro.told('title') || macro.told('')) + macro.body;

const listing: Carry = (_, { told, plain = '' }) =>
	heading(told('title')) + code(plain, told('language').toLowerCase());

/** A file that is shown in the page there is one to open here. */
const file: Carry = (writer, macro) => {
	const named = macro.named('name');
	const [address, words] = named
		? writer.addressOf(named)
		: [writer.around.file(macro.told('name'), undefined), macro.told('name')];
	if (!address) writer.lost.add(`the file “${words}”, which is not in the export`);
	return address ? link(address, words) : escapeHtml(words);
};

const included: Carry = (writer, macro) => {
	const named = macro.named('') ?? macro.named('page');
	const [address, words] = named
		? writer.addressOf(named)
		: [writer.around.page(macro.told(''), undefined), macro.told('')];
	writer.lost.add(`the macro “${macro.name}”; a link to the page that it shows stands in its place`);
	return address ? `<p>${link(address, words)}</p>` : heading(words);
};

const frame: Carry = (writer, macro) => {
	const [address] = [macro.named('url'), macro.named('src')].flatMap((named) =>
		named ? [writer.addressOf(named)[0]] : []
	);
	const web = address ?? webAddress(macro.told('url') || macro.told('src'));
	if (!web) writer.lost.add(`the macro “${macro.name}” shows nothing without Confluence`);
	return web ? `<p>${link(web, web)}</p>` : '';
};

/** Drawings keep a picture of themselves as a file of the page. */
const drawing: Carry = (writer, macro) => {
	const name = macro.told('diagramName') || macro.told('name');
	const address = writer.around.file(`${name}.png`, undefined);
	if (!address) writer.lost.add(`the drawing “${name}”, of which there is no picture`);
	return address ? `<p><img src="${escapeHtml(address)}" alt="${escapeHtml(name)}"></p>` : '';
};

const ticket: Carry = (writer, macro) => {
	writer.lost.add('the macro “jira” shows nothing without Confluence');
	return macro.told('key') ? `<code>${escapeHtml(macro.told('key'))}</code>` : '';
};

const each = (names: string, carry: Carry) => Object.fromEntries(names.split(' ').map((name) => [name, carry]));

const CARRIED: Record<string, Carry> = {
	...each('info note tip warning panel', box),
	...each('code noformat codeblock mathblock latex', listing),
	...each('expand ui-expand details', titled),
	...each('excerpt section column div span center toc-zone ui-tabs', body),
	'ui-tab': titled,
	// Here every page has its contents, and headings are anchors by themselves.
	...each('toc anchor pagebreak style', nothing),
	status: (_, { told }) => (told('title') ? `<strong>${escapeHtml(told('title'))}</strong>` : ''),
	mathinline: (_, { told, plain }) => `<code>${escapeHtml(plain ?? told('body'))}</code>`,
	...each('view-file viewfile viewpdf viewdoc viewxls viewppt multimedia', file),
	...each('include excerpt-include', included),
	...each('widget iframe', frame),
	...each('drawio inc-drawio gliffy', drawing),
	...each('jira jiraissues', ticket)
};
