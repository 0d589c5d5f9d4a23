import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { basename as pathBasename } from 'node:path/posix';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { linkFiles } from '#src/core/files/server/read.ts';
import { fileAddress, storeFile } from '#src/core/files/server/store.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { renderBody } from '#src/core/items/server/body.ts';
import { StartError } from '#src/platform/server/config.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { Progress } from '../progress.ts';
import { change, emptyReport, skip, type FileReport } from '#src/core/import/report.ts';
import { textOf } from '../text.ts';
import { writeItems, type ImportedItem } from '../write.ts';
import { readDocument, type Document } from './document.ts';
import { rewriteLinks, targetOf } from './links.ts';
import { readTree, type Tree } from './tree.ts';

/** Larger files are data, not text for people. */
const FILE_BYTES = 1_000_000;
const BATCH = 50;

export interface MarkdownImport {
	folder: string;
	spaceId: string;
	/** Who the pages belong to: they are asked when a page is outdated. */
	author: Viewer;
	/** What the pages are said to come from; by default the folder's last two names. */
	name?: string;
	/** Archive pages whose file is gone. */
	prune?: boolean;
	signal?: AbortSignal;
	progress?: boolean;
}

export interface MarkdownResult {
	report: FileReport;
	updated: number;
	unchanged: number;
	/** Paths of pages whose file is gone. */
	vanished: string[];
	files: number;
	stopped: boolean;
	seconds: number;
}

/**
 * Takes a tree of Markdown over into a space, a page for each file. Run again, it adds what
 * is new, gives what changed a new revision, and leaves the rest alone.
 * @example await importMarkdown(db, { folder: './handbook', spaceId, author })
 */
export async function importMarkdown(db: Db, input: MarkdownImport): Promise<MarkdownResult> {
	return new Run(db, input).run();
}

/** A page of the source that is here already. */
interface Known {
	id: string;
	ref: string;
	version: number;
	state: string;
	/** Of what the last import wrote, and as which version. */
	hash: string | null;
	imported: number | null;
}

interface Page {
	path: string;
	document: Document;
	hash: string;
	fileIds: string[];
	bodyHtml: string;
}

/** `docs` alone is the name of too many folders. */
const folderName = (folder: string) => resolve(folder).split(/[\\/]/).filter(Boolean).slice(-2).join('/');

const addressed = (path: string) => path.toLowerCase().replace(/(^|\/)\d+[-_.]/g, '$1');

class Run {
	readonly #db: Db;
	readonly #input: MarkdownImport;
	readonly #source: string;
	readonly #report = emptyReport();
	readonly #tree: Tree;
	#known = new Map<string, Known>();
	/** The id of each page, also of those that are not written yet: they link to each other. */
	#ids = new Map<string, string>();
	/** Their paths as sites address them: in small letters, without the numbers that put them in order. */
	#addresses = new Map<string, string>();
	/** Addresses of files that are stored; undefined for those that cannot be. */
	#files = new Map<string, string | undefined>();
	#result: Omit<MarkdownResult, 'report' | 'seconds'> = {
		updated: 0,
		unchanged: 0,
		vanished: [],
		files: 0,
		stopped: false
	};

	constructor(db: Db, input: MarkdownImport) {
		this.#db = db;
		this.#input = input;
		this.#source = `markdown:${input.name ?? folderName(input.folder)}`;
		this.#tree = readTree(input.folder, this.#report);
	}

	async run(): Promise<MarkdownResult> {
		const started = Date.now();
		const { pages } = this.#tree;
		const bar = this.#input.progress ? new Progress(pages.length, 'pages') : undefined;
		await this.#readKnown();
		const paths = pages.filter((path) => this.#isText(path));
		for (const path of paths) {
			this.#ids.set(path, this.#known.get(path)?.id ?? newId());
			this.#addresses.set(addressed(path), path);
		}
		this.#checkName(paths);
		for (let from = 0; from < paths.length && !this.#result.stopped; from += BATCH) {
			await this.#writeBatch(paths.slice(from, from + BATCH));
			bar?.show('Pages', Math.min(from + BATCH, paths.length), Math.min(from + BATCH, paths.length));
			this.#result.stopped = this.#input.signal?.aborted ?? false;
		}
		bar?.end();
		if (!this.#result.stopped) await this.#lookForVanished();
		if (this.#report.written + this.#result.updated > 0)
			await this.#db.transaction((tx) => emit(tx, 'items.imported', { source: this.#source }));
		return { ...this.#result, report: this.#report, seconds: (Date.now() - started) / 1000 };
	}

	async #readKnown(): Promise<void> {
		const found = await rows<Known>(
			this.#db,
			sql`select id, provenance ->> 'id' as ref, version, state, provenance ->> 'hash' as hash,
					(provenance ->> 'version')::int as imported
				from item where provenance is not null and provenance ->> 'source' = ${this.#source}
					and space_id = ${this.#input.spaceId}`
		);
		this.#known = new Map(found.map((each) => [each.ref, each]));
	}

	/** Another folder under the name of one that was imported would make all its pages vanish. */
	#checkName(paths: string[]): void {
		if (this.#known.size === 0 || paths.some((path) => this.#known.has(path))) return;
		throw new StartError(
			`None of the ${this.#known.size} pages imported as "${this.#source}" is in this folder. If it is another one, give it a --name.`
		);
	}

	#isText(path: string): boolean {
		const { size } = statSync(join(this.#tree.root, path));
		if (size > FILE_BYTES) skip(this.#report, { line: 0, what: path, reason: 'a file of more than 1,000,000 bytes' });
		return size <= FILE_BYTES;
	}

	async #writeBatch(paths: string[]): Promise<void> {
		const pages: Page[] = [];
		for (const path of paths) {
			this.#report.read += 1;
			const page = await this.#readPage(path);
			if (page) pages.push(page);
		}
		const fresh = pages.filter(({ path }) => !this.#known.has(path));
		const changed = pages.filter(({ path, hash }) => this.#known.has(path) && this.#known.get(path)!.hash !== hash);
		this.#result.unchanged += pages.length - fresh.length - changed.length;
		await this.#db.transaction(async (tx) => {
			await writeItems(
				tx,
				fresh.map((page) => this.#asItem(page))
			);
			for (const page of changed) await this.#update(tx, page, this.#known.get(page.path)!);
			for (const { path, fileIds } of [...fresh, ...changed]) await linkFiles(tx, this.#ids.get(path)!, fileIds);
			await this.#restore(tx, pages);
		});
		this.#report.written += fresh.length;
		this.#result.updated += changed.length;
	}

	async #readPage(path: string): Promise<Page | undefined> {
		const bytes = readFileSync(join(this.#tree.root, path));
		const text = this.#decode(path, bytes);
		if (text === undefined) return undefined;
		const document = await readDocument(path, text, this.#report);
		document.bodyMd = await rewriteLinks(document.bodyMd, (address) => this.#resolve(path, address));
		if (!document.bodyMd.trim()) {
			skip(this.#report, { line: 0, what: path, reason: 'no text is left of it' });
			return undefined;
		}
		const { title, bodyMd, tags } = document;
		const hash = createHash('sha256')
			.update(JSON.stringify([title, bodyMd, tags]))
			.digest('hex')
			.slice(0, 32);
		if (this.#known.get(path)?.hash === hash) return { path, document, hash, fileIds: [], bodyHtml: '' };
		return { path, document, hash, ...(await renderBody(this.#db, this.#input.author, bodyMd)) };
	}

	#decode(path: string, bytes: Buffer): string | undefined {
		const read = textOf(bytes);
		if (!read) skip(this.#report, { line: 0, what: path, reason: 'it holds null bytes: no text' });
		if (read?.odd) change(this.#report, { what: path, ...read.odd });
		return read?.text;
	}

	/** The new address for one within the tree; undefined where it leads nowhere. */
	async #resolve(from: string, address: string): Promise<string | undefined> {
		const target = targetOf(from, address, {
			page: (path) => (this.#ids.has(path) ? path : this.#addresses.get(addressed(path))),
			file: (path) => this.#tree.others.has(path)
		});
		if ('page' in target) return `/pages/${this.#ids.get(target.page)}${/#.*/.exec(address)?.[0] ?? ''}`;
		if ('file' in target) return this.#store(target.file);
		change(this.#report, {
			line: 0,
			what: `${from}: ${address.slice(0, 80)}`,
			reason: 'a link that leads nowhere; its words were kept'
		});
		return undefined;
	}

	async #store(path: string): Promise<string | undefined> {
		if (this.#files.has(path)) return this.#files.get(path);
		let stored: string | undefined;
		try {
			const content = readFileSync(join(this.#tree.root, path));
			const upload = { name: pathBasename(path), content };
			stored = fileAddress(await storeFile(this.#db, this.#input.author, upload, { limited: false }));
			this.#result.files += 1;
		} catch (error) {
			if (!(error instanceof Failure)) throw error;
			skip(this.#report, { line: 0, what: path, reason: error.message.replace(/\.$/, '') });
		}
		this.#files.set(path, stored);
		return stored;
	}

	#asItem({ path, document, hash, bodyHtml }: Page): ImportedItem {
		const { title, bodyMd, tags, writtenAt } = document;
		const createdAt = writtenAt ?? new Date().toISOString();
		return {
			...{ id: this.#ids.get(path)!, kind: 'page', spaceId: this.#input.spaceId, authorId: this.#input.author.id },
			...{ title, bodyMd, bodyHtml, tags, createdAt },
			provenance: { source: this.#source, id: path, hash, version: 1 }
		};
	}

	async #update(tx: Db, { path, document, hash, bodyHtml }: Page, known: Known): Promise<void> {
		const { title, bodyMd, tags } = document;
		const version = known.version + 1;
		if (known.imported !== null && known.version > known.imported)
			change(this.#report, { line: 0, what: path, reason: 'it had been edited here; that version is in its history' });
		const changed = sql`${JSON.stringify({ hash, version })}::text::jsonb`;
		await tx.execute(sql`update item set title = ${title}, body_md = ${bodyMd}, body_html = ${bodyHtml},
				tags = ${array(tags, 'text')}, version = ${version}, provenance = provenance || ${changed},
				updated_at = now(), active_at = now() where id = ${known.id}`);
		await tx.execute(sql`insert into revision (item_id, version, title, body_md, tags, editor_id, note)
			values (${known.id}, ${version}, ${title}, ${bodyMd}, ${array(tags, 'text')}, ${this.#input.author.id}, 'Imported again')`);
	}

	/** A file that came back brings its page back. */
	async #restore(tx: Db, pages: Page[]): Promise<void> {
		const archived = pages
			.filter(({ path }) => this.#known.get(path)?.state === 'archived')
			.map(({ path }) => this.#ids.get(path)!);
		if (archived.length > 0)
			await tx.execute(sql`update item set state = 'open' where id = any(${array(archived, 'uuid')})`);
	}

	async #lookForVanished(): Promise<void> {
		const gone = [...this.#known.values()].filter(({ ref, state }) => !this.#ids.has(ref) && state === 'open');
		this.#result.vanished = gone.map(({ ref }) => ref).sort();
		if (!this.#input.prune || gone.length === 0) return;
		const ids = array(
			gone.map(({ id }) => id),
			'uuid'
		);
		await this.#db.execute(sql`update item set state = 'archived' where id = any(${ids})`);
	}
}
