import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { checkRoom, fileLimits } from '#src/core/files/server/limits.ts';
import { linkFiles } from '#src/core/files/server/read.ts';
import { fileAddress, MOST_BYTES, storeFile, storeIncoming } from '#src/core/files/server/store.ts';
import { renderBody } from '#src/core/items/server/body.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { incomingFolder } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { cleanLine, cleanMarkdown } from '#src/core/import/clean.ts';
import { htmlToMarkdown } from '#src/core/import/html-to-markdown.ts';
import { rewriteLinks } from '../markdown/links.ts';
import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { writeItems, type ImportedItem } from '../write.ts';
import { readBytes, Refused, unpack, type Archive } from './archive.ts';
import type { Plan, PlannedCollection, PlannedFile, PlannedPage, Shelf } from './plan.ts';

export interface BringInput {
	archive: Archive;
	plan: Plan;
	report: FileReport;
	/** What the things are said to come from: `bookstack:Handbook`. */
	source: string;
	spaceId: string;
	/** Who shares them here. */
	author: Viewer;
	shelf: Shelf;
	signal?: AbortSignal;
	onProgress?(done: number, total: number): Promise<void> | void;
}

export interface BringResult {
	updated: number;
	unchanged: number;
	/** Titles of what was brought before and is not there any more. */
	vanished: string[];
	stopped: boolean;
}

/**
 * Brings what a plan names into a space: files as resources, texts as pages, what holds them
 * as collections. Again, it adds what is new, gives what changed a new version, and leaves
 * the rest alone.
 */
export const bring = (db: Db, input: BringInput): Promise<BringResult> => new Run(db, input).run();

interface Known {
	id: string;
	ref: string;
	title: string;
	version: number;
	state: string;
	hash: string | null;
	imported: number | null;
}

/** A thing as it is to stand here. */
interface Thing {
	ref: string;
	kind: 'page' | 'resource' | 'collection';
	title: string;
	bodyMd: string;
	bodyHtml: string;
	fileIds: string[];
	tags: string[];
	at?: string;
	by?: string;
	hash: string;
}

const MOST_ENTRIES = 200;

class Run {
	readonly #db: Db;
	readonly #in: BringInput;
	readonly #known = new Map<string, Known>();
	readonly #files: Map<string, PlannedFile>;
	/** The id of each thing, also of those that are still to be written: they name each other. */
	readonly #ids = new Map<string, { id: string; address: string }>();
	/** Addresses of pictures and files in texts, by name; undefined for those that were refused. */
	readonly #stored = new Map<string, string | undefined>();
	readonly #result: BringResult = { updated: 0, unchanged: 0, vanished: [], stopped: false };
	#done = 0;

	constructor(db: Db, input: BringInput) {
		this.#db = db;
		this.#in = input;
		this.#files = new Map(input.plan.files.map((file) => [file.ref, file]));
	}

	async run(): Promise<BringResult> {
		const { plan, report, source, spaceId, author, shelf } = this.#in;
		const collections = insideFirst(parted(plan.collections));
		await this.#readKnown();
		this.#name(plan.pages, 'pages');
		this.#name(plan.files, 'resources');
		this.#name(collections, 'collections');
		const total = plan.files.length + plan.pages.length + collections.length;
		await this.#each(plan.files, total, (file) => this.#bringFile(file));
		if (plan.links.length > 0 && !this.#result.stopped)
			for (const [url, id] of await shelf.keepLinks(this.#db, author, spaceId, source, plan.links))
				this.#ids.set(url, { id, address: `/links/${id}` });
		await this.#each(plan.pages, total, (page) => this.#bringPage(page));
		await this.#each(collections, total, (collection) => this.#bringCollection(collection));
		if (!this.#result.stopped)
			this.#result.vanished = [...this.#known.values()]
				.filter(({ ref, state }) => !this.#ids.has(ref) && state === 'open')
				.map(({ title }) => title);
		if (report.written + this.#result.updated > 0)
			await this.#db.transaction((tx) => emit(tx, 'items.imported', { source }));
		return this.#result;
	}

	async #readKnown(): Promise<void> {
		const found = await rows<Known>(
			this.#db,
			sql`select id, provenance ->> 'id' as ref, title, version, state, provenance ->> 'hash' as hash,
					(provenance ->> 'version')::int as imported
				from item where provenance is not null and provenance ->> 'source' = ${this.#in.source}`
		);
		for (const each of found) this.#known.set(each.ref, each);
	}

	#name(things: { ref: string }[], room: string): void {
		for (const { ref } of things) {
			const known = this.#known.get(ref);
			if (known?.state === 'removed') continue;
			const id = known?.id ?? newId();
			this.#ids.set(ref, { id, address: `/${room}/${id}` });
		}
	}

	async #each<T extends { ref: string; title: string }>(things: T[], total: number, work: (thing: T) => Promise<void>) {
		for (const thing of things) {
			if ((this.#result.stopped ||= this.#in.signal?.aborted ?? false)) return;
			this.#in.report.read += 1;
			if (!this.#ids.has(thing.ref)) leaveOut(this.#in.report, 'removed here since it was brought; it stays so');
			else await work(thing).catch((error: unknown) => this.#refuse(thing, error));
			await this.#in.onProgress?.((this.#done += 1), total);
			// Others wait for this process as well.
			await setImmediate();
		}
	}

	/** One that cannot be taken over costs itself only; what the database says is another matter. */
	#refuse({ ref, title }: { ref: string; title: string }, error: unknown): void {
		const reason = reasonOf(error);
		skip(this.#in.report, { line: 0, what: title === ref ? ref : `${title} (${ref})`, reason });
		if (!this.#known.has(ref)) this.#ids.delete(ref);
	}

	async #bringFile(file: PlannedFile): Promise<void> {
		const { archive, author } = this.#in;
		if (!archive.has(file.name)) throw new Refused('it is named, and not in the archive');
		const { fileBytes } = await fileLimits(this.#db);
		const path = join(incomingFolder(), `import-${newId()}`);
		try {
			const { bytes, sha256 } = await unpack(archive, file.name, path, fileBytes);
			if (bytes === 0) throw new Refused('it is empty');
			const known = this.#known.get(file.ref);
			if (known?.hash === sha256) return void (this.#result.unchanged += 1);
			await this.#db.transaction((tx) => checkRoom(tx, author, bytes, { rate: false }));
			const kept = await storeIncoming(this.#db, author, { path, name: file.called, bytes, sha256 });
			const at = archive.changedAt(file.name);
			const thing: Thing = {
				...{ ref: file.ref, kind: 'resource', title: cleanLine(file.title, 200) || file.called, tags: file.tags },
				...{ bodyMd: '', bodyHtml: '', fileIds: [], hash: sha256, at: past(at?.toISOString()) }
			};
			await this.#write(thing, (tx, id, version) => this.#in.shelf.keepFile(tx, id, version, kept));
		} finally {
			await rm(path, { force: true });
		}
	}

	async #bringPage(page: PlannedPage): Promise<void> {
		const { html, markdown, ...told } = await page.read();
		const source = markdown ?? htmlToMarkdown(await this.#keepInline(page, html ?? ''));
		const linked = await rewriteLinks(source, (address, isImage) => this.#resolve(page, address, isImage));
		const { text, cut } = cleanMarkdown([linked.trim(), this.#attachments(page)].filter(Boolean).join('\n\n'));
		if (cut)
			change(this.#in.report, { line: 0, what: page.title, reason: 'it was longer than 100,000 characters; cut' });
		if (!text.trim()) throw new Refused('no text is left of it');
		const title = cleanLine(told.title ?? page.title, 200) || 'Without a title';
		const tags = [...new Set([...page.tags, ...(told.tags ?? [])])].slice(0, 8);
		const hash = hashOf([title, text, tags]);
		const body =
			this.#known.get(page.ref)?.hash === hash
				? { bodyHtml: '', fileIds: [] }
				: await renderBody(this.#db, this.#in.author, text);
		const at = past(told.at ?? page.at);
		await this.#write({ ref: page.ref, kind: 'page', title, bodyMd: text, tags, hash, at, by: page.by, ...body });
	}

	/** Pictures that stand in the text itself become files like all others. */
	async #keepInline({ title }: PlannedPage, html: string): Promise<string> {
		const parts = html.split(/(?<==\s*["'])data:([a-z/+.-]+);base64,([^"']*)(?=["'])/i);
		for (let index = 1; index < parts.length; index += 3) {
			const [mime, data] = [parts[index]!, parts[index + 1]!];
			const name = `picture.${mime.split('/')[1]!.replace('jpeg', 'jpg')}`;
			const kept = await this.#keep(name, title, () => Promise.resolve(Buffer.from(data, 'base64')));
			parts.splice(index, 2, kept ?? '');
			index -= 1;
		}
		return parts.join('');
	}

	/** The new address for one of the export; undefined where it leads nowhere: its words stay. */
	async #resolve(page: PlannedPage, address: string, isImage: boolean): Promise<string | undefined> {
		if (address.startsWith('/files/')) return address;
		const target = this.#in.plan.resolve(page.ref, address);
		const anchor = /#.*/.exec(address)?.[0] ?? '';
		if (target && 'as' in target) return target.as;
		if (target && 'ref' in target && this.#ids.has(target.ref) && !isImage)
			return this.#ids.get(target.ref)!.address + anchor;
		const name = target && 'ref' in target ? this.#files.get(target.ref)?.name : target?.name;
		if (name && this.#in.archive.has(name)) return this.#store(name, page.title);
		const reason = name
			? 'a picture or file that is not in the archive'
			: 'a link that leads nowhere; its words were kept';
		change(this.#in.report, { line: 0, what: `${page.title}: ${address.slice(0, 80)}`, reason });
		return undefined;
	}

	async #store(name: string, page: string): Promise<string | undefined> {
		if (!this.#stored.has(name))
			this.#stored.set(
				name,
				await this.#keep(basename(name), page, () => readBytes(this.#in.archive, name, MOST_BYTES))
			);
		return this.#stored.get(name);
	}

	async #keep(name: string, page: string, read: () => Promise<Buffer>): Promise<string | undefined> {
		try {
			const content = await read();
			await this.#db.transaction((tx) => checkRoom(tx, this.#in.author, content.byteLength, { rate: false }));
			return fileAddress(await storeFile(this.#db, this.#in.author, { name, content }, { limited: false }));
		} catch (error) {
			skip(this.#in.report, { line: 0, what: `${page}: ${name}`, reason: reasonOf(error) });
			return undefined;
		}
	}

	/** What hangs on a page there stands below its text here. */
	#attachments({ attached }: PlannedPage): string {
		const lines = attached.flatMap((ref) => {
			const at = this.#ids.get(ref);
			const { plan } = this.#in;
			const title = this.#files.get(ref)?.title ?? plan.links.find(({ url }) => url === ref)?.title;
			return at && title ? [`- [${title.replace(/[[\]\\]/g, '\\$&')}](${at.address})`] : [];
		});
		return lines.length > 0 ? `## Attached\n\n${lines.join('\n')}` : '';
	}

	async #bringCollection({ ref, title, html = '', tags, entries }: PlannedCollection): Promise<void> {
		const { text: bodyMd } = cleanMarkdown(
			await rewriteLinks(htmlToMarkdown(html), (address, isImage) =>
				this.#resolve({ ref, title } as PlannedPage, address, isImage)
			)
		);
		const ids = [...new Set(entries.flatMap((entry) => this.#ids.get(entry)?.id ?? []))];
		const hash = hashOf([title, bodyMd, tags, ids]);
		const { bodyHtml, fileIds } = await renderBody(this.#db, this.#in.author, bodyMd);
		await this.#write(
			{ ref, kind: 'collection', title: cleanLine(title, 200), bodyMd, bodyHtml, fileIds, tags, hash },
			(tx, id) => this.#in.shelf.keepCollection(tx, id, ids)
		);
	}

	/** New, changed, or as it was: one transaction with what belongs to its kind. */
	async #write(thing: Thing, more?: (tx: Db, id: string, version: number) => Promise<void>): Promise<void> {
		const known = this.#known.get(thing.ref);
		const { id } = this.#ids.get(thing.ref)!;
		if (known?.hash === thing.hash) return void (this.#result.unchanged += 1);
		await this.#db.transaction(async (tx) => {
			if (known) await this.#update(tx, thing, known);
			else await writeItems(tx, [this.#asItem(thing, id)]);
			await linkFiles(tx, id, thing.fileIds);
			await more?.(tx, id, known ? known.version + 1 : 1);
		});
		if (known) this.#result.updated += 1;
		else this.#in.report.written += 1;
	}

	#asItem({ ref, hash, at, by, fileIds: _, ...item }: Thing, id: string): ImportedItem {
		const { source, spaceId, author } = this.#in;
		const provenance = { source, id: ref, hash, version: 1, ...(by ? { by } : {}), ...(at ? { at } : {}) };
		return { ...item, id, spaceId, authorId: author.id, provenance, createdAt: at ?? new Date().toISOString() };
	}

	async #update(tx: Db, thing: Thing, known: Known): Promise<void> {
		const { title, bodyMd, bodyHtml, hash, by, at } = thing;
		const tags = array(thing.tags, 'text');
		const version = known.version + 1;
		if (known.imported !== null && known.version > known.imported)
			change(this.#in.report, {
				line: 0,
				what: title,
				reason: 'it had been edited here; that version is in its history'
			});
		const told = sql`${JSON.stringify({ hash, version, ...(by ? { by } : {}), ...(at ? { at } : {}) })}::text::jsonb`;
		await tx.execute(sql`update item set title = ${title}, body_md = ${bodyMd}, body_html = ${bodyHtml}, tags = ${tags},
			version = ${version}, provenance = provenance || ${told}, updated_at = now(), active_at = now()
			where id = ${known.id}`);
		await tx.execute(sql`insert into revision (item_id, version, title, body_md, tags, editor_id, note)
			values (${known.id}, ${version}, ${title}, ${bodyMd}, ${tags}, ${this.#in.author.id}, 'Imported again')`);
	}
}

/** Why one thing was left out. @throws what is no matter of the thing itself */
function reasonOf(error: unknown): string {
	if (error instanceof Refused) return error.message;
	if (error instanceof RangeError) return 'it is nested deeper than can be read';
	if (error instanceof Failure && error.kind !== 'unavailable')
		return (error.fields.file ?? error.message).replace(/\.$/, '');
	throw error;
}

const hashOf = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** A day that can be: what claims to come from the future, or from before all software, does not count. */
function past(at: string | undefined): string | undefined {
	const time = at === undefined ? NaN : Date.parse(at);
	return time > Date.UTC(1990) && time <= Date.now() ? new Date(time).toISOString() : undefined;
}

/** What does not fit into one collection goes on in another behind it. */
function parted(collections: PlannedCollection[]): PlannedCollection[] {
	return collections.flatMap((whole) => {
		if (whole.entries.length <= MOST_ENTRIES) return [whole];
		const parts: PlannedCollection[] = [];
		for (let from = 0; from < whole.entries.length; from += MOST_ENTRIES) {
			const no = parts.length + 1;
			const entries = whole.entries.slice(from, from + MOST_ENTRIES);
			parts.push(
				no === 1
					? { ...whole, entries }
					: { ref: `${whole.ref}#${no}`, title: `${whole.title} (${no})`, tags: whole.tags, entries }
			);
		}
		return parts;
	});
}

/** What is in a collection has to be there before it: collections within each other from the inside. */
function insideFirst(collections: PlannedCollection[]): PlannedCollection[] {
	const byRef = new Map(collections.map((each) => [each.ref, each]));
	const sorted = new Set<PlannedCollection>();
	const begun = new Set<PlannedCollection>();
	const add = (one: PlannedCollection) => {
		if (begun.has(one)) return;
		begun.add(one);
		for (const entry of one.entries) if (byRef.has(entry)) add(byRef.get(entry)!);
		sorted.add(one);
	};
	collections.forEach(add);
	return [...sorted];
}
