import { z } from 'zod';
import { invalid } from '#src/platform/server/errors.ts';
import { cleanTag } from '#src/core/import/clean.ts';
import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { readText, Refused, type Archive } from '../archive.ts';
import type { Plan, PlannedCollection, PlannedPage } from '../plan.ts';
import { readPrinted } from './printed.ts';

/** Texts of a whole book, without its files. */
const DATA_BYTES = 200_000_000;

const text = z.string().nullish();
const number = z.coerce.number().nullish();
const list = <T extends z.ZodType>(of: T) => z.array(of).nullish();
const tag = z.object({ name: z.string(), value: text });
const attachment = z.object({ id: number, name: z.string(), link: text, file: text });
const picture = z.object({ id: number, file: text });
const page = z.object({
	...{ id: number, name: z.string(), html: text, markdown: text, priority: number, draft: z.boolean().nullish() },
	attachments: list(z.unknown()),
	images: list(z.unknown()),
	tags: list(z.unknown())
});
const chapter = z.object({
	...{
		id: number,
		name: z.string(),
		description_html: text,
		priority: number,
		pages: list(z.unknown()),
		tags: list(z.unknown())
	}
});
const book = chapter.extend({ cover: text, chapters: list(z.unknown()) });
const any = z.unknown().optional();
const data = z.object({ book: any, chapter: any, page: any });

/** BookStack's portable ZIP, of a book, a chapter or a page; or what it wrote as HTML. */
export async function readBookstack(archive: Archive, report: FileReport, called: string): Promise<Plan> {
	if (archive.has('data.json')) return new Portable(archive, report, called).read();
	const printed = archive.names.filter((name) => /\.html?$/i.test(name));
	if (printed.length === 0)
		throw invalid({ file: 'is no export of BookStack: neither a data.json nor an HTML file is in it' });
	return readPrinted(archive, printed, report, called);
}

class Portable {
	readonly #archive: Archive;
	readonly #report: FileReport;
	readonly #plan: Plan;
	/** Texts name a picture by its file, or by its number. */
	readonly #pictures = new Map<string, string>();

	constructor(archive: Archive, report: FileReport, called: string) {
		this.#archive = archive;
		this.#report = report;
		const resolve = (_: string, address: string) => this.#resolve(address);
		this.#plan = { name: called, pages: [], files: [], links: [], collections: [], resolve };
	}

	async read(): Promise<Plan> {
		const whole = await this.#data();
		const aBook = whole.book == null ? undefined : this.#take(book, whole.book, 'the book');
		const aChapter = whole.chapter == null ? undefined : this.#take(chapter, whole.chapter, 'the chapter');
		const aPage = whole.page == null ? undefined : whole.page;
		if (aBook) this.#book(aBook);
		else if (aChapter) this.#plan.name = this.#chapter(aChapter, '').title;
		else if (aPage) this.#plan.name = this.#page(aPage)?.title ?? this.#plan.name;
		else throw invalid({ file: 'holds neither a book nor a chapter nor a page' });
		return this.#plan;
	}

	async #data() {
		try {
			return data.parse(JSON.parse(await readText(this.#archive, 'data.json', DATA_BYTES)));
		} catch (error) {
			if (error instanceof Refused) throw invalid({ file: `cannot be read: its data.json is ${error.message}` });
			throw invalid({ file: 'cannot be read: its data.json is broken' });
		}
	}

	/** A thing of the shape it should have; one of another costs itself only. */
	#take<T>(shape: z.ZodType<T>, value: unknown, what: string): T | undefined {
		const read = shape.safeParse(value);
		if (read.success) return read.data;
		const where = read.error.issues[0]!.path.join('.');
		skip(this.#report, { line: 0, what, reason: `its data is not as it should be${where ? ` (${where})` : ''}` });
		return undefined;
	}

	#book({ id, name, description_html, cover, chapters, pages, tags }: z.output<typeof book>): void {
		const whole: PlannedCollection = {
			...{
				ref: `book-${id ?? name}`,
				title: name,
				html: plain(description_html),
				tags: this.#tags(tags, name),
				entries: []
			}
		};
		this.#plan.name = name;
		this.#plan.collections.push(whole);
		if (cover) leaveOut(this.#report, 'covers of books');
		const parts: { priority: number; ref: string }[] = [];
		for (const each of chapters ?? []) {
			const read = this.#take(chapter, each, `a chapter of ${name}`);
			if (read) parts.push({ priority: read.priority ?? 0, ref: this.#chapter(read, name).ref });
		}
		for (const each of pages ?? []) {
			const made = this.#page(each);
			if (made) parts.push({ priority: made.priority, ref: made.ref });
		}
		whole.entries = parts.sort((one, other) => one.priority - other.priority).map(({ ref }) => ref);
	}

	#chapter({ id, name, description_html, pages, tags }: z.output<typeof chapter>, above: string): PlannedCollection {
		const made = (pages ?? []).flatMap((each) => this.#page(each) ?? []);
		const planned: PlannedCollection = {
			...{ ref: `chapter-${id ?? name}`, title: above ? `${above} / ${name}` : name, html: plain(description_html) },
			tags: this.#tags(tags, name),
			entries: made.sort((one, other) => one.priority - other.priority).map(({ ref }) => ref)
		};
		this.#plan.collections.push(planned);
		return planned;
	}

	#page(value: unknown): (PlannedPage & { priority: number }) | undefined {
		const read = this.#take(page, value, 'a page');
		if (!read) return undefined;
		const { id, name, html, markdown, priority, draft, attachments, images, tags } = read;
		if (draft) {
			skip(this.#report, { line: 0, what: name, reason: 'a draft' });
			return undefined;
		}
		for (const each of images ?? []) {
			const image = picture.safeParse(each).data;
			if (image?.id != null && image.file) this.#pictures.set(String(image.id), image.file);
		}
		const attached = (attachments ?? []).flatMap((each) => this.#attachment(each, name) ?? []);
		const body = markdown?.trim() ? { markdown: plain(markdown) } : { html: plain(html) };
		if (!Object.values(body)[0] && attached.length === 0) {
			skip(this.#report, { line: 0, what: name, reason: 'a page without text' });
			return undefined;
		}
		const planned = { ref: `page-${id ?? name}`, title: name, tags: this.#tags(tags, name), attached };
		const made = { ...planned, priority: priority ?? 0, read: () => Promise.resolve(body) };
		this.#plan.pages.push(made);
		return made;
	}

	#attachment(value: unknown, on: string): string | undefined {
		const read = this.#take(attachment, value, `an attachment of ${on}`);
		if (!read) return undefined;
		const { id, name, link, file } = read;
		if (file) {
			const ending = /\.\w+$/.exec(file)?.[0] ?? '';
			const title = name.slice(0, name.length - (name.endsWith(ending) ? ending.length : 0)) || name;
			const planned = { ref: `attachment-${id ?? file}`, name: `files/${file}`, title, tags: [] };
			this.#plan.files.push({ ...planned, called: name.endsWith(ending) ? name : name + ending });
			return planned.ref;
		}
		if (link && /^https?:\/\/[^/\s@]+(\/|$)/i.test(link) && URL.canParse(link)) {
			this.#plan.links.push({ url: link, title: name });
			return link;
		}
		skip(this.#report, { line: 0, what: `${on}: ${name}`, reason: 'an attachment without a file or a web address' });
		return undefined;
	}

	/** `audience: drivers` is the tag "audience-drivers". */
	#tags(values: unknown[] | null | undefined, on: string): string[] {
		const names = (values ?? []).flatMap((each) => {
			const read = this.#take(tag, each, `a tag of ${on}`);
			return read ? (cleanTag(read.value ? `${read.name}-${read.value}` : read.name) ?? []) : [];
		});
		const tags = [...new Set(names)];
		if (tags.length > 8)
			change(this.#report, { line: 0, what: on, reason: 'more than eight tags; the first eight were kept' });
		return tags.slice(0, 8);
	}

	#resolve(address: string) {
		const [, kind, id = ''] = /^bsexport\/(\w+)\/([^#?]+)/.exec(address) ?? [];
		if (kind === 'image') {
			const file = decodeURIComponent(id);
			return { name: `files/${this.#pictures.get(file) ?? file}` };
		}
		if (kind === 'attachment') {
			const file = this.#plan.files.find(({ ref, name }) => name === `files/${id}` || ref === `attachment-${id}`);
			return file && { ref: file.ref };
		}
		return kind ? { ref: `${kind}-${id}` } : undefined;
	}
}

/** The signs by which parts name each other, as addresses that the rest of the house can read. */
const plain = (source: string | null | undefined) =>
	callouts(source ?? '')
		.replace(
			/\[\[bsexport:(\w+):([^\]\s]+)\]\]/g,
			(_, kind: string, id: string) => `bsexport/${kind}/${encodeURIComponent(id)}`
		)
		.trim();

/** Its boxes are paragraphs that look like boxes; here they are quotes, as boxes are. */
const callouts = (source: string) =>
	source.replace(/<p\b[^>]*\bclass="[^"]*\bcallout\b[^"]*"[^>]*>([^]*?)<\/p>/g, '<blockquote><p>$1</p></blockquote>');
