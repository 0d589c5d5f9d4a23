import { copyFile as copyOwn, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { fileIdsIn } from '#src/core/files/server/read.ts';
import { itemKind, itemKinds } from '#src/core/items/kinds.ts';
import { StartError } from '#src/platform/server/config.ts';
import type { Db } from '#src/platform/server/db.ts';
import { whyNot } from '#src/platform/server/trouble.ts';
import { copyFile, type SiteFile } from './files.ts';
import { indexPage, itemPage, type IndexEntry, type Shown } from './page.ts';
import { filesOf, piecesOf, placesOf, type Piece, type Place } from './read.ts';
import { rewriteHtml } from './rewrite.ts';

/** What capabilities tell of their items beyond title and text, by the item's id. */
export type Extras = (ids: string[]) => Promise<Map<string, { fileId?: string; address?: string; label?: string }>>;

export interface SiteExport {
	space: { id: string; name: string; purpose: string };
	/** New, or empty. */
	folder: string;
	extras: Extras;
	/** Where this Trellis is reached: links that name it lead within the site as well. */
	origin?: string | undefined;
	signal?: AbortSignal;
}

export interface SiteResult {
	items: number;
	files: number;
	/** Names of files whose content is not in the store any more. */
	lost: string[];
	stopped: boolean;
}

const BATCH = 100;

/**
 * Writes what the viewer may read of a space as a folder of HTML that needs no server: an
 * index by kind, a page for each item, and the files they show.
 */
export function exportSite(db: Db, viewer: Viewer, input: SiteExport): Promise<SiteResult> {
	return new Site(db, viewer, input).write();
}

class Site {
	readonly #db: Db;
	readonly #viewer: Viewer;
	readonly #input: SiteExport;
	readonly #result: SiteResult = { items: 0, files: 0, lost: [], stopped: false };
	#places = new Map<string, Place>();
	/** Files that lie in the site; undefined for those that are lost. */
	#files = new Map<string, SiteFile | undefined>();

	constructor(db: Db, viewer: Viewer, input: SiteExport) {
		this.#db = db;
		this.#viewer = viewer;
		this.#input = input;
	}

	async write(): Promise<SiteResult> {
		const { space, folder, signal } = this.#input;
		await makeEmpty(folder);
		this.#places = await placesOf(this.#db, this.#viewer, space.id);
		const threads = [...Map.groupBy(this.#places.values(), ({ rootId }) => rootId).values()];
		const entries: IndexEntry[] = [];
		for (let from = 0; from < threads.length && !signal?.aborted; from += BATCH)
			entries.push(...(await this.#writeBatch(threads.slice(from, from + BATCH).flat())));
		this.#result.stopped = signal?.aborted ?? false;
		this.#result.items = entries.length;
		const order = new Map(itemKinds.map(({ kind }, index) => [kind, index]));
		entries.sort((a, b) => order.get(a.kind)! - order.get(b.kind)! || a.title.localeCompare(b.title, 'en'));
		await writeFile(join(folder, 'index.html'), indexPage(space, entries));
		await copyOwn(fileURLToPath(new URL('./style.css', import.meta.url)), join(folder, 'style.css'));
		return this.#result;
	}

	async #writeBatch(places: Place[]): Promise<IndexEntry[]> {
		const { folder, space } = this.#input;
		const pieces = await piecesOf(this.#db, this.#viewer, places);
		const ids = pieces.map(({ id }) => id);
		const extras = await this.#input.extras(ids);
		const own = [...extras.values()].flatMap(({ fileId }) => fileId ?? []);
		const open = await this.#copyFiles(ids, [...own, ...pieces.flatMap(({ bodyHtml }) => fileIdsIn(bodyHtml))]);
		const beneath = Map.groupBy(pieces, ({ parentId }) => parentId);
		const show = (piece: Piece): Shown => {
			const { fileId, address, label } = extras.get(piece.id) ?? {};
			return {
				...piece,
				bodyHtml: rewriteHtml(piece.bodyHtml, (address) => this.#lead(piece.rootId, open, address)),
				extra: { file: fileId && open.has(fileId) ? this.#files.get(fileId) : undefined, address, label },
				children: (beneath.get(piece.id) ?? []).map(show)
			};
		};
		const entries: IndexEntry[] = [];
		for (const root of pieces.filter(({ id, rootId }) => id === rootId)) {
			const path = pathOf(root);
			await mkdir(join(folder, itemKind(root.kind)!.place), { recursive: true });
			await writeFile(join(folder, path), itemPage(space.name, show(root)));
			const { kind, title, author, createdAt } = root;
			entries.push({ path: addressed(path), kind, title, author, createdAt });
		}
		return entries;
	}

	/** Copies what has not been copied yet. @returns the ids of files that these items may show */
	async #copyFiles(itemIds: string[], fileIds: string[]): Promise<Set<string>> {
		const found = await filesOf(this.#db, itemIds, fileIds);
		for (const [id, file] of found) {
			if (this.#files.has(id)) continue;
			const copied = await copyFile(this.#input.folder, file);
			this.#files.set(id, copied);
			if (copied) this.#result.files += 1;
			else this.#result.lost.push(file.name);
		}
		return new Set(found.keys());
	}

	/** Where an address leads from the page of an item, which lies one folder below the root. */
	#lead(rootId: string, open: Set<string>, address: string): string | undefined {
		const local = this.#localPart(address);
		if (local === undefined) return /^(https?|mailto):/i.test(address) ? address : undefined;
		const [fileId] = fileIdsIn(local);
		if (fileId) {
			const file = open.has(fileId) ? this.#files.get(fileId) : undefined;
			return file && `../${file.path}`;
		}
		const [, id = '', fragment = ''] = /^\/[a-z]+\/([0-9a-f-]{36})(?:[?][^#]*)?(?:#(.*))?$/i.exec(local) ?? [];
		const place = this.#places.get(id.toLowerCase());
		if (!place) return undefined;
		const inside = this.#places.get(/^[a-z]+-([0-9a-f-]{36})$/i.exec(fragment)?.[1]?.toLowerCase() ?? '') ?? place;
		const root = this.#places.get(place.rootId)!;
		const anchor = inside.rootId === root.id && inside.id !== root.id ? `#${inside.kind}-${inside.id}` : '';
		return root.id === rootId && anchor ? anchor : `../${addressed(pathOf(root))}${anchor}`;
	}

	/** The path of an address within Trellis; undefined for one elsewhere. */
	#localPart(address: string): string | undefined {
		const origin = this.#input.origin?.replace(/\/+$/, '');
		if (/^\/(?!\/)/.test(address)) return address;
		const isOwn = origin && (address === origin || address.startsWith(`${origin}/`));
		return isOwn ? address.slice(origin.length) : undefined;
	}
}

/** Nothing that lies in the folder already may be taken for a part of the site, or written over. */
async function makeEmpty(folder: string): Promise<void> {
	await mkdir(folder, { recursive: true }).catch((error: unknown) => {
		throw new StartError(`${folder} cannot be made: ${whyNot(error)}.`);
	});
	if ((await readdir(folder)).length > 0) throw new StartError(`${folder} is not empty. Name a new folder.`);
}

/** `pages/opening-the-shop-5f0c2a91b7d3.html`: readable, and its own also among equal titles. */
function pathOf({ id, kind, title }: Pick<Place, 'id' | 'kind' | 'title'>): string {
	const slug = title
		.toLowerCase()
		.normalize('NFC')
		.replace(/[^\p{L}\p{N}]+/gu, '-')
		.slice(0, 60)
		.toWellFormed()
		.replace(/^-+|[-\ufffd]+$/g, '');
	return `${itemKind(kind)!.place}/${slug || kind}-${id.slice(-12)}.html`;
}

const addressed = (path: string) => path.split('/').map(encodeURIComponent).join('/');
