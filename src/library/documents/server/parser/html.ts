import { Parser } from 'htmlparser2';
import type { Block } from '../../document.ts';
import { bounds } from './bounds.ts';

const blocks = new Set(
	'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul h1 h2 h3 h4 h5 h6 title'.split(
		' '
	)
);
/** What is not read: programs, styles, and what stands in for them. */
const silent = new Set([
	'script',
	'style',
	'template',
	'noscript',
	'head',
	'svg',
	'math',
	'object',
	'iframe',
	'select',
	'button'
]);

/**
 * The words of HTML with their headings, lists and tables. Nothing in it is run or fetched.
 * @returns the title that its head gives
 */
export function readHtmlInto(html: string, add: (block: Block) => void): { title: string; scripts: boolean } {
	let [text, title, heading, list, unheard, depth] = ['', '', 0, -1, 0, 0];
	let [inTitle, isItem, isCode, scripts] = [false, false, false, false];
	const tables: { rows: string[][]; head: boolean }[] = [];

	const flush = () => {
		const words = isCode ? text : text.replace(/\s+/g, ' ').trim();
		text = '';
		if (!words.trim()) return;
		const row = tables.at(-1)?.rows.at(-1);
		if (row) row[Math.max(0, row.length - 1)] = [row.at(-1), words].filter(Boolean).join(' ');
		else if (heading) add({ kind: 'heading', level: heading, text: words });
		else if (isCode) add({ kind: 'code', text: words });
		else
			add(
				isItem ? { kind: 'item', level: Math.min(8, Math.max(0, list)), text: words } : { kind: 'text', text: words }
			);
	};

	const parser = new Parser(
		{
			onopentag(name, attributes) {
				depth += 1;
				if (name === 'script' || Object.keys(attributes).some((key) => key.startsWith('on'))) scripts = true;
				if (name === 'title' && depth < 10) inTitle = true;
				if (silent.has(name)) unheard += 1;
				if (unheard > 0 || depth > bounds.depth) return;
				if (blocks.has(name)) flush();
				if (/^h[1-6]$/.test(name)) heading = Number(name[1]);
				else if (name === 'ul' || name === 'ol') list += 1;
				else if (name === 'li') isItem = true;
				else if (name === 'pre') isCode = true;
				else if (name === 'table') tables.push({ rows: [], head: false });
				else if (name === 'tr') tables.at(-1)?.rows.push([]);
				else if (name === 'td' || name === 'th') {
					const table = tables.at(-1);
					table?.rows.at(-1)?.push('');
					if (table && name === 'th' && table.rows.length === 1) table.head = true;
				} else if (name === 'br') text += isCode ? '\n' : ' ';
				else if (name === 'img' && attributes.alt) {
					flush();
					add({ kind: 'picture', text: attributes.alt });
				}
			},
			ontext(some) {
				if (inTitle) title += some;
				else if (unheard === 0 && text.length < bounds.text) text += some;
			},
			onclosetag(name) {
				depth -= 1;
				if (name === 'title') inTitle = false;
				if (silent.has(name)) unheard -= 1;
				if (unheard > 0) return;
				if (blocks.has(name)) flush();
				if (/^h[1-6]$/.test(name)) heading = 0;
				else if (name === 'ul' || name === 'ol') list -= 1;
				else if (name === 'li') isItem = false;
				else if (name === 'pre') isCode = false;
				else if (name === 'table') {
					const table = tables.pop();
					if (!table) return;
					const outer = tables.at(-1)?.rows.at(-1);
					if (outer) outer[Math.max(0, outer.length - 1)] += ` ${table.rows.map((row) => row.join(' ')).join(' ')}`;
					else if (table.rows.length > 0) add({ kind: 'table', head: table.head, rows: table.rows });
				}
			}
		},
		{ decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true }
	);
	parser.end(html);
	flush();
	return { title: title.replace(/\s+/g, ' ').trim(), scripts };
}
