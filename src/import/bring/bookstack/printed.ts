import { Parser } from 'htmlparser2';
import { cleanLine } from '#src/core/import/clean.ts';
import { skip, type FileReport } from '#src/core/import/report.ts';
import { readText, Refused, type Archive } from '../archive.ts';
import type { Plan, PlannedCollection } from '../plan.ts';

const HTML_BYTES = 50_000_000;

interface Piece {
	kind: 'book' | 'chapter' | 'page';
	id: string;
	title: string;
	from: number;
	to: number;
	/** A page of a chapter says so. */
	within: boolean;
}

/**
 * Books, chapters and pages that BookStack wrote as HTML, a file each: pages begin at headings
 * that name their number. Pictures stand in the text itself.
 */
export async function readPrinted(
	archive: Archive,
	names: string[],
	report: FileReport,
	called: string
): Promise<Plan> {
	const plan: Plan = { name: called, pages: [], files: [], links: [], collections: [], resolve };
	for (const name of names) {
		try {
			addFile(plan, archive, name, await readText(archive, name, HTML_BYTES));
		} catch (error) {
			if (!(error instanceof Refused)) throw error;
			skip(report, { line: 0, what: name, reason: error.message });
		}
	}
	const known = new Set(plan.pages.map(({ ref }) => ref));
	/** Within a book its parts are named by their headings. */
	function resolve(_: string, address: string) {
		const ref = /#?(page-\d+)$/.exec(address)?.[1];
		return ref && known.has(ref) ? { ref } : undefined;
	}
	if (names.length === 1) plan.name = plan.collections[0]?.title ?? plan.pages[0]?.title ?? called;
	return plan;
}

function addFile(plan: Plan, archive: Archive, name: string, html: string): void {
	const pieces = piecesOf(html);
	const whole: PlannedCollection = {
		ref: `book-${pieces[0]?.title ?? name}`,
		title: pieces[0]?.title ?? name,
		tags: [],
		entries: []
	};
	let chapter: PlannedCollection | undefined;
	const single = pieces.length === 1;
	for (const { kind, id, title, from, to, within } of pieces) {
		if (kind === 'chapter') {
			chapter = { ref: id, title: `${whole.title} / ${title}`, tags: [], entries: [] };
			plan.collections.push(chapter);
			whole.entries.push(id);
		} else if (kind === 'page' || single) {
			const ref = kind === 'page' ? id : `page-${title}`;
			const read = async () => ({ html: (await readText(archive, name, HTML_BYTES)).slice(from, to) });
			plan.pages.push({ ref, title, tags: [], attached: [], read });
			(within && chapter ? chapter : whole).entries.push(ref);
		}
	}
	if (!single) plan.collections.unshift(whole);
}

/** Where in the file each part begins and ends. */
function piecesOf(html: string): Piece[] {
	const pieces: Piece[] = [];
	let open: Piece | undefined;
	let breakAt: number | undefined;
	let within = false;
	const parser = new Parser({
		onopentag(tag, { id = '', class: name }) {
			if (name === 'page-break') [breakAt, within] = [parser.startIndex, false];
			if (name === 'chapter-hint') within = true;
			if (tag !== 'h1') return;
			const kind = /^(page|chapter)-\d+$/.exec(id)?.[1] as Piece['kind'] | undefined;
			if (!kind && pieces.length > 0) return;
			const last = pieces.at(-1);
			if (last) last.to = breakAt ?? parser.startIndex;
			pieces.push((open = { kind: kind ?? 'book', id, title: '', from: 0, to: html.length, within }));
			breakAt = undefined;
		},
		ontext(text) {
			if (open) open.title += text;
		},
		onclosetag(tag) {
			if (tag !== 'h1' || !open) return;
			open.title = cleanLine(open.title, 200) || 'Without a title';
			open.from = parser.endIndex + 1;
			open = undefined;
		}
	});
	parser.write(html);
	parser.end();
	return pieces;
}
