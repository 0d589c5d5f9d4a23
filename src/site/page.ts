import { inWords } from '#src/core/files/size.ts';
import { itemKind } from '#src/core/items/kinds.ts';
import type { SiteFile } from './files.ts';
import type { Piece } from './read.ts';
import { escapeHtml as escape } from '#src/platform/html.ts';

/** What is special to an item beside its text. */
export interface Extra {
	/** The file that it is. */
	file?: SiteFile | undefined;
	/** The address elsewhere that it is about. */
	address?: string | undefined;
	/** What it is called beside its kind: "Accepted answer". */
	label?: string | undefined;
}

/** What stands on a page: its texts lead within the site already. */
export interface Shown extends Piece {
	extra: Extra;
	children: Shown[];
}

export interface IndexEntry {
	path: string;
	kind: string;
	title: string;
	author: string;
	createdAt: string;
}

/** The page of an item, one folder below the root. */
export function itemPage(space: string, item: Shown): string {
	const { title, kind, tags } = item;
	return frame({ title: `${title} · ${space}`, root: '../' }, [
		`<nav><a href="../index.html">${escape(space)}</a></nav>`,
		`<main><article id="${kind}-${item.id}">`,
		`<p class="kind">${escape(itemKind(kind)?.label ?? kind)}</p><h1>${escape(title)}</h1>${byline(item)}`,
		...extraOf(item.extra),
		`<div class="text">${item.bodyHtml}</div>`,
		tags.length ? `<ul class="tags">${tags.map((tag) => `<li>${escape(tag)}</li>`).join('')}</ul>` : '',
		'</article>',
		...item.children.map((child) => below(child)),
		'</main>'
	]);
}

/** The first page: everything by kind. */
export function indexPage({ name, purpose }: { name: string; purpose: string }, entries: IndexEntry[]): string {
	const kinds = [...Map.groupBy(entries, ({ kind }) => kind)];
	return frame({ title: name, root: '' }, [
		`<main><h1>${escape(name)}</h1>`,
		purpose && `<p class="purpose">${escape(purpose)}</p>`,
		kinds.length === 0 ? '<p>There is nothing here yet.</p>' : '',
		...kinds.map(
			([kind, list]) =>
				`<section><h2>${escape(itemKind(kind)?.plural ?? kind)}</h2><ul class="index">${list.map(entry).join('')}</ul></section>`
		),
		'</main>'
	]);
}

const entry = ({ path, title, author, createdAt }: IndexEntry) =>
	`<li><a href="${escape(path)}">${escape(title)}</a> <span class="by">${escape(author)}, ${day(createdAt)}</span></li>`;

function frame({ title, root }: { title: string; root: string }, parts: string[]): string {
	return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; base-uri 'none'">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${root}style.css">
</head>
<body>
${parts.filter(Boolean).join('\n')}
</body>
</html>
`;
}

/** Answers, outcomes and comments, each with what stands beneath it. */
function below(piece: Shown): string {
	const label = piece.extra.label ?? piece.kind[0]!.toUpperCase() + piece.kind.slice(1);
	return [
		`<section class="below" id="${piece.kind}-${piece.id}">`,
		`<h2 class="kind">${escape(label)}</h2>${byline(piece)}`,
		`<div class="text">${piece.bodyHtml}</div>`,
		...piece.children.map(below),
		'</section>'
	].join('\n');
}

const byline = ({ author, createdAt, updatedAt }: Piece) =>
	`<p class="by">${escape(author)}, ${day(createdAt)}${updatedAt ? `, changed ${day(updatedAt)}` : ''}</p>`;

const day = (time: string) => `<time datetime="${time}">${time.slice(0, 10)}</time>`;

function extraOf({ file, address }: Extra): string[] {
	const parts: string[] = [];
	if (address) parts.push(`<p class="address"><a href="${escape(address)}">${escape(address)}</a></p>`);
	if (!file) return parts;
	const from = escape(`../${file.path}`);
	const name = escape(file.name);
	if (file.mime.startsWith('video/')) parts.push(`<video controls preload="metadata" src="${from}"></video>`);
	else if (file.mime.startsWith('audio/')) parts.push(`<audio controls preload="metadata" src="${from}"></audio>`);
	else if (file.mime.startsWith('image/')) parts.push(`<p><img src="${from}" alt="${name}"></p>`);
	return [...parts, `<p class="file"><a href="${from}" download="${name}">${name}</a> (${inWords(file.bytes)})</p>`];
}
