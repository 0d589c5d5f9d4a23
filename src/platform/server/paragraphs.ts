import { Parser } from 'htmlparser2';

/** A piece of a paragraph in one face. */
export interface Run {
	text: string;
	strong: boolean;
	slanted: boolean;
	link?: string;
}

export interface Paragraph {
	runs: Run[];
	/** How deep it stands in lists and quotes. */
	indent: number;
	/** Of which level it is a heading: 2 to 6. */
	heading?: number;
}

const BLOCKS = new Set(['p', 'li', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre', 'tr', 'blockquote', 'ul', 'ol', 'div', 'hr']);
const DEEPER = new Set(['ul', 'ol', 'blockquote']);

/**
 * Rendered text as paragraphs of runs, for a page that is drawn and not laid out by a browser.
 * @example paragraphsIn('<p>So <em>it</em> is.</p>') // [{ indent: 0, runs: [{ text: 'So ' … }, { text: 'it', slanted: true … }, …] }]
 */
export function paragraphsIn(html: string): Paragraph[] {
	const all: Paragraph[] = [];
	const depth = { strong: 0, slanted: 0, indent: 0 };
	const links: (string | undefined)[] = [];
	let runs: Run[] = [];
	let heading = 0;
	const end = () => {
		if (runs.some(({ text }) => text.trim()))
			all.push({ runs: trimmed(runs), indent: depth.indent, ...(heading && { heading }) });
		runs = [];
	};
	const say = (text: string) =>
		runs.push({ text, strong: depth.strong > 0, slanted: depth.slanted > 0, link: links.findLast(Boolean) });
	const turn = (name: string, by: 1 | -1) => {
		if (/^(strong|h[2-6]|th)$/.test(name)) depth.strong += by;
		if (name === 'em') depth.slanted += by;
		if (DEEPER.has(name)) depth.indent += by;
	};
	const parser = new Parser({
		onopentag(name, { href }) {
			if (BLOCKS.has(name)) end();
			heading = /^h[2-6]$/.test(name) ? Number(name[1]) : BLOCKS.has(name) ? 0 : heading;
			turn(name, 1);
			if (name === 'a') links.push(/^https?:/.test(href ?? '') ? href : undefined);
			if (name === 'li') say('– ');
			if (name === 'br') say('\n');
		},
		ontext: (text) => say(text.replace(/\s+/g, ' ')),
		onclosetag(name) {
			if (BLOCKS.has(name)) end();
			turn(name, -1);
			if (name === 'a') links.pop();
		}
	});
	parser.end(html);
	end();
	return all;
}

function trimmed(runs: Run[]): Run[] {
	const full = runs.filter(({ text }) => text !== '');
	return full.map((run, at) => ({
		...run,
		text: at === 0 ? run.text.trimStart() : at === full.length - 1 ? run.text.trimEnd() : run.text
	}));
}
