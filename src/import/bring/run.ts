import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkRoom, fileLimits } from '#src/core/files/server/limits.ts';
import { storeIncoming } from '#src/core/files/server/store.ts';
import { cleanLine, cleanMarkdown } from '#src/core/import/clean.ts';
import { htmlToMarkdown } from '#src/core/import/html-to-markdown.ts';
import { change, leaveOut, skip } from '#src/core/import/report.ts';
import { renderBody } from '#src/core/items/server/body.ts';
import { emit } from '#src/core/signals/server/events.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { incomingFolder } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { rewriteLinks } from '../markdown/links.ts';
import { Refused, unpack } from './archive.ts';
import { insideFirst, parted } from './order.ts';
import type { PlannedCollection, PlannedFile, PlannedPage } from './plan.ts';
import { reasonOf } from './reason.ts';
import type { BringInput, BringResult, Known, State } from './state.ts';
import { Texts } from './texts.ts';
import { writeThing, type Thing } from './writing.ts';

/**
 * Brings what a plan names into a space: files as resources, texts as pages, what holds them
 * as collections. Again, it adds what is new, gives what changed a new version, and leaves
 * the rest alone.
 */
export const bring = (db: Db, input: BringInput): Promise<BringResult> => new Run(db, input).run();

class Run {
	readonly #state: State;
	readonly #texts: Texts;
	#done = 0;

	constructor(db: Db, input: BringInput) {
		const files = new Map(input.plan.files.map((file) => [file.ref, file]));
		const result = { updated: 0, unchanged: 0, vanished: [], stopped: false, ids: new Map() };
		this.#state = { ...input, db, files, result, known: new Map(), ids: new Map() };
		this.#texts = new Texts(this.#state);
	}

	async run(): Promise<BringResult> {
		const { plan, report, source, spaceId, author, shelf } = this.#state;
		const collections = insideFirst(parted(plan.collections));
		await this.#readKnown();
		this.#name(plan.pages, 'pages');
		this.#name(plan.files, 'resources');
		this.#name(collections, 'collections');
		const total = plan.files.length + plan.pages.length + collections.length;
		await this.#each(plan.files, total, (file) => this.#bringFile(file));
		if (plan.links.length > 0 && !this.#state.result.stopped)
			for (const [url, id] of await shelf.keepLinks(this.#state.db, author, spaceId, source, plan.links))
				this.#state.ids.set(url, { id, address: `/links/${id}` });
		await this.#each(plan.pages, total, (page) => this.#bringPage(page));
		await this.#each(collections, total, (collection) => this.#bringCollection(collection));
		if (!this.#state.result.stopped)
			this.#state.result.vanished = [...this.#state.known.values()]
				.filter(({ ref, state }) => !this.#state.ids.has(ref) && state === 'open')
				.map(({ title }) => title);
		if (report.written + this.#state.result.updated > 0)
			await this.#state.db.transaction((tx) => emit(tx, 'items.imported', { source }));
		const ids = new Map([...this.#state.ids].map(([ref, { id }]) => [ref, id]));
		return { ...this.#state.result, ids };
	}

	async #readKnown(): Promise<void> {
		const found = await rows<Known>(
			this.#state.db,
			sql`select id, provenance ->> 'id' as ref, title, version, state, provenance ->> 'hash' as hash,
					(provenance ->> 'version')::int as imported
				from item where provenance is not null and provenance ->> 'source' = ${this.#state.source}`
		);
		for (const each of found) this.#state.known.set(each.ref, each);
	}

	#name(things: { ref: string }[], room: string): void {
		for (const { ref } of things) {
			const known = this.#state.known.get(ref);
			if (known?.state === 'removed') continue;
			const id = known?.id ?? newId();
			this.#state.ids.set(ref, { id, address: `/${room}/${id}` });
		}
	}

	async #each<T extends { ref: string; title: string }>(things: T[], total: number, work: (thing: T) => Promise<void>) {
		for (const thing of things) {
			if ((this.#state.result.stopped ||= this.#state.signal?.aborted ?? false)) return;
			this.#state.report.read += 1;
			if (!this.#state.ids.has(thing.ref))
				leaveOut(this.#state.report, 'removed here since it was brought; it stays so');
			else await work(thing).catch((error: unknown) => this.#refuse(thing, error));
			await this.#state.onProgress?.((this.#done += 1), total);
			// Others wait for this process as well.
			await setImmediate();
		}
	}

	/** One that cannot be taken over costs itself only; what the database says is another matter. */
	#refuse({ ref, title }: { ref: string; title: string }, error: unknown): void {
		const reason = reasonOf(error);
		skip(this.#state.report, { line: 0, what: title === ref ? ref : `${title} (${ref})`, reason });
		if (!this.#state.known.has(ref)) this.#state.ids.delete(ref);
	}

	async #bringFile(file: PlannedFile): Promise<void> {
		const { archive, author } = this.#state;
		if (!archive.has(file.name)) throw new Refused('it is named, and not in the archive');
		const { fileBytes } = await fileLimits(this.#state.db);
		const path = join(incomingFolder(), `import-${newId()}`);
		try {
			const { bytes, sha256 } = await unpack(archive, file.name, path, fileBytes);
			if (bytes === 0) throw new Refused('it is empty');
			const known = this.#state.known.get(file.ref);
			if (known?.hash === sha256) return void (this.#state.result.unchanged += 1);
			await this.#state.db.transaction((tx) => checkRoom(tx, author, bytes, { rate: false }));
			const kept = await storeIncoming(this.#state.db, author, { path, name: file.called, bytes, sha256 });
			const at = archive.changedAt(file.name);
			const thing: Thing = {
				...{ ref: file.ref, kind: 'resource', title: cleanLine(file.title, 200) || file.called, tags: file.tags },
				...{ bodyMd: '', bodyHtml: '', fileIds: [], hash: sha256, at: past(at?.toISOString()) }
			};
			await writeThing(this.#state, thing, (tx, id, version) => this.#state.shelf.keepFile(tx, id, version, kept));
		} finally {
			await rm(path, { force: true });
		}
	}

	async #bringPage(page: PlannedPage): Promise<void> {
		const { html, markdown, ...told } = await page.read();
		const source = markdown ?? htmlToMarkdown(await this.#texts.keepInline(page, html ?? ''));
		const linked = await rewriteLinks(source, (address, isImage) => this.#texts.resolve(page, address, isImage));
		const { text, cut } = cleanMarkdown([linked.trim(), this.#texts.attachments(page)].filter(Boolean).join('\n\n'));
		if (cut)
			change(this.#state.report, { line: 0, what: page.title, reason: 'it was longer than 100,000 characters; cut' });
		if (!text.trim()) throw new Refused('no text is left of it');
		const title = cleanLine(told.title ?? page.title, 200) || 'Without a title';
		const tags = [...new Set([...page.tags, ...(told.tags ?? [])])].slice(0, 8);
		const hash = hashOf([title, text, tags]);
		const body =
			this.#state.known.get(page.ref)?.hash === hash
				? { bodyHtml: '', fileIds: [] }
				: await renderBody(this.#state.db, this.#state.author, text);
		const at = past(told.at ?? page.at);
		await writeThing(this.#state, {
			ref: page.ref,
			kind: 'page',
			title,
			bodyMd: text,
			tags,
			hash,
			at,
			by: page.by,
			...body
		});
	}

	async #bringCollection({ ref, title, html = '', tags, entries }: PlannedCollection): Promise<void> {
		const { text: bodyMd } = cleanMarkdown(
			await rewriteLinks(htmlToMarkdown(html), (address, isImage) =>
				this.#texts.resolve({ ref, title }, address, isImage)
			)
		);
		const ids = [...new Set(entries.flatMap((entry) => this.#state.ids.get(entry)?.id ?? []))];
		const hash = hashOf([title, bodyMd, tags, ids]);
		const { bodyHtml, fileIds } = await renderBody(this.#state.db, this.#state.author, bodyMd);
		await writeThing(
			this.#state,
			{ ref, kind: 'collection', title: cleanLine(title, 200), bodyMd, bodyHtml, fileIds, tags, hash },
			(tx, id) => this.#state.shelf.keepCollection(tx, id, ids)
		);
	}
}

const hashOf = (parts: unknown) => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);

/** A day that can be: what claims to come from the future, or from before all software, does not count. */
function past(at: string | undefined): string | undefined {
	const time = at === undefined ? NaN : Date.parse(at);
	return time > Date.UTC(1990) && time <= Date.now() ? new Date(time).toISOString() : undefined;
}
