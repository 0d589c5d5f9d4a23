import { invalid } from '#src/platform/server/errors.ts';
import { cleanTag } from '#src/core/import/clean.ts';
import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { readText, Refused, type Archive } from '../archive.ts';
import { readIndex, readPage, type IndexBranch, type Piece } from './html-page.ts';
import { collectionsOf, type Branch } from './tree.ts';
import { readConfluenceXml } from './xml.ts';
import type { Plan } from '../plan.ts';

const PAGE_BYTES = 20_000_000;

/** A space that Confluence wrote as XML, or as HTML: its tree of pages becomes collections within each other. */
export async function readConfluence(archive: Archive, report: FileReport, called: string): Promise<Plan> {
	if (archive.has('entities.xml')) return readConfluenceXml(archive, report, called);
	const names = archive.names.filter((name) => /^[^/]+\.html?$/i.test(name) && !/^index\.html?$/i.test(name));
	const index = archive.has('index.html') ? readIndex(await readText(archive, 'index.html', PAGE_BYTES)) : undefined;
	if (!index && names.length === 0) throw invalid({ file: 'is no HTML export of Confluence: no page is in it' });
	if (!index)
		change(report, { line: 0, what: 'index.html', reason: 'it is missing; the tree was read from the pages' });
	const plan: Plan = {
		name: index?.name || called,
		pages: [],
		files: [],
		links: [],
		collections: [],
		resolve: () => undefined
	};
	const above = new Map<string, string | undefined>();
	for (const name of names) await addPage(plan, archive, report, name, above);
	tellMissing(index?.tree ?? [], above, report);
	plan.collections = collectionsOf(plan, treeOf(plan, index?.tree ?? [], above));
	const refs = new Map(names.map((name) => [name.toLowerCase(), refOf(name)]));
	const known = new Set(plan.pages.map(({ ref }) => ref));
	const attached = new Set(plan.files.map(({ ref }) => ref));
	const root = plan.collections[0]?.ref;
	plan.resolve = (page, address) => {
		const path = decoded(address.split(/[?#]/)[0]!).replace(/^\.?\//, '');
		const byNumber = /[?&]pageId=(\d+)/.exec(address)?.[1];
		const ref = byNumber ? `page-${byNumber}` : refs.get(path.toLowerCase());
		if (ref && known.has(ref)) return { ref };
		if (path === 'index.html' && root) return { ref: root };
		const file = /(?:^|\/)(attachments\/.+)$/.exec(path)?.[1];
		if (!file) return path.startsWith('images/') ? { name: path } : undefined;
		return attached.has(file) ? { ref: file } : { name: file };
	};
	return plan;
}

const decoded = (path: string) => {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
};

/** `Opening-the-till_65538.html` is page 65538, whatever it is called today. */
const refOf = (name: string) => `page-${/_(\d+)\.html?$/.exec(name)?.[1] ?? /^(\d+)\.html?$/.exec(name)?.[1] ?? name}`;

async function addPage(
	plan: Plan,
	archive: Archive,
	report: FileReport,
	name: string,
	above: Map<string, string | undefined>
) {
	const read = async () => readPage(await readText(archive, name, PAGE_BYTES), plan.name);
	const refuse = (reason: string) => skip(report, { line: 0, what: name, reason });
	let piece: Piece | undefined;
	try {
		piece = await read();
	} catch (error) {
		if (!(error instanceof Refused || error instanceof RangeError)) throw error;
		return refuse(error instanceof Refused ? error.message : 'it is nested deeper than can be read');
	}
	if (!piece) return refuse('no page of Confluence');
	const { title, by, at, macros, comments } = piece;
	if (comments) leaveOut(report, 'comments below pages (pages that have some)');
	for (const macro of macros)
		change(report, { line: 0, what: title, reason: `the macro “${macro}” shows nothing without Confluence` });
	above.set(name, piece.above);
	const tags = [...new Set(piece.tags.flatMap((tag) => cleanTag(tag) ?? []))].slice(0, 8);
	const attached = piece.attached.map(({ name: file }) => file);
	for (const { name: file, called } of piece.attached)
		plan.files.push({ ref: file, name: file, called, title: called.replace(/\.\w+$/, ''), tags: [] });
	if (!/<img|[^\s<>](?![^<]*>)/.test(piece.html) && attached.length === 0)
		return leaveOut(report, 'pages that only hold others, without text of their own');
	plan.pages.push({
		...{ ref: refOf(name), title: title || name.replace(/(_\d+)?\.html?$/, ''), tags, by, at, attached },
		read: async () => ({ html: (await read())!.html })
	});
}

function tellMissing(tree: IndexBranch[], above: Map<string, unknown>, report: FileReport): void {
	for (const { href, title, children } of tree) {
		if (!above.has(href))
			skip(report, { line: 0, what: `${title} (${href})`, reason: 'the index names it, and it is not in the archive' });
		tellMissing(children, above, report);
	}
}

/** The index, and what it does not name, by what the pages are called for good. */
function treeOf(plan: Plan, tree: IndexBranch[], above: Map<string, string | undefined>): Branch[] {
	const named = ({ href, title, children }: IndexBranch): Branch => ({
		...{ ref: refOf(href), title, children: children.map(named) }
	});
	return [...tree, ...byBreadcrumbs(plan, above, tree)].map(named);
}

/** Pages that the index does not name stand where their breadcrumbs say. */
function byBreadcrumbs(plan: Plan, above: Map<string, string | undefined>, tree: IndexBranch[]): IndexBranch[] {
	const named = new Set<string>();
	const note = (list: IndexBranch[]) => list.forEach(({ href, children }) => (named.add(href), note(children)));
	note(tree);
	const titles = new Map(plan.pages.map(({ ref, title }) => [ref, title]));
	const branches = new Map(
		[...above.keys()]
			.filter((name) => !named.has(name))
			.map((name) => [name, { href: name, title: titles.get(refOf(name)) ?? name, children: [] } as IndexBranch])
	);
	const tops: IndexBranch[] = [];
	for (const [name, branch] of branches) {
		const parent = branches.get(decoded(above.get(name) ?? ''));
		if (parent && parent !== branch) parent.children.push(branch);
		else tops.push(branch);
	}
	return tops;
}
