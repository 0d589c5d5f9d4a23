import { invalid } from '#src/platform/server/errors.ts';
import { cleanTag } from '#src/core/import/clean.ts';
import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { escapeHtml } from '#src/platform/html.ts';
import { readText, Refused, type Archive } from '../archive.ts';
import type { PageText, Plan, Target } from '../plan.ts';
import { readEntities, type EntityReading } from './entities.ts';
import { Facts, type Attached, type Content } from './facts.ts';
import { Spool } from './spool.ts';
import type { Surroundings } from './nodes.ts';
import { carryStorage } from './storage.ts';
import { collectionsOf, type Branch } from './tree.ts';

/** Of one text, in characters. */
const BODY = 20_000_000;

/**
 * A space that Confluence wrote as XML. Its `entities.xml` is read twice, piece by piece: once for
 * what there is, once to put the texts that are wanted on disk, where they wait for their turn.
 */
export async function readConfluenceXml(archive: Archive, report: FileReport, called: string): Promise<Plan> {
	const descriptor = archive.has('exportDescriptor.properties')
		? await readText(archive, 'exportDescriptor.properties', 100_000).catch(() => '')
		: '';
	if (/^exportType\s*=\s*all\b/m.test(descriptor))
		throw invalid({ file: 'is the export of a whole site. Export its spaces one by one.' });
	const facts = new Facts(report);
	await readAll(archive, report, { take: (entity) => facts.take(entity) });
	const spool = await Spool.create();
	try {
		return await new SpaceExport(archive, report, facts, spool).plan(called);
	} catch (error) {
		await spool.close();
		throw error;
	}
}

async function readAll(archive: Archive, report: FileReport | undefined, reading: EntityReading): Promise<void> {
	const tell = (reason: string) => report && change(report, { line: 0, what: 'entities.xml', reason });
	const notes = await readEntities(pieces(archive, tell), reading);
	if (notes.count === 0) throw invalid({ file: 'is no XML export of Confluence: nothing is in its entities.xml' });
	if (notes.doctype) tell('a DOCTYPE: it was passed over, its entities are not used');
	if (notes.early) tell('it ends early; what was there before the break was taken');
}

/** Its text, whatever Unicode it is in. What is damaged ends it. */
async function* pieces(archive: Archive, tell: (reason: string) => void): AsyncGenerator<string> {
	let decoder: TextDecoder | undefined;
	let odd = false;
	try {
		for await (const chunk of (await archive.open('entities.xml')) as AsyncIterable<Buffer>) {
			decoder ??= new TextDecoder(chunk[0] === 0xff ? 'utf-16le' : chunk[0] === 0xfe ? 'utf-16be' : 'utf-8');
			const piece = decoder.decode(chunk, { stream: true });
			if (!odd && piece.includes('\ufffd') && (odd = true)) tell('some signs are no UTF-8, and show as \ufffd');
			yield piece;
		}
	} catch (error) {
		if (!(error instanceof Refused)) throw error;
		tell(error.message);
	}
}

class SpaceExport {
	readonly #archive: Archive;
	readonly #report: FileReport;
	readonly #facts: Facts;
	readonly #spool: Spool;
	readonly #byTitle = new Map<string, string>();
	readonly #files = new Map<string, { name: string; called: string }>();
	readonly #fileOf = new Map<string, string>();
	readonly #comments = new Map<string, Content[]>();
	readonly #shown = new Set<string>();
	readonly #planned = new Set<string>();
	#key = '';

	constructor(archive: Archive, report: FileReport, facts: Facts, spool: Spool) {
		this.#archive = archive;
		this.#report = report;
		this.#facts = facts;
		this.#spool = spool;
	}

	async plan(called: string): Promise<Plan> {
		const space = this.#space();
		this.#key = space?.key ?? '';
		const contents = this.#readable();
		if (contents.length === 0) throw invalid({ file: 'holds no page that could be taken over' });
		await this.#keepTexts(contents);
		const resolve = (_: string, address: string) => this.#resolve(address);
		const plan: Plan = { name: space?.name || called, pages: [], files: [], links: [], collections: [], resolve };
		plan.close = () => this.#spool.close();
		const attached = this.#attach(plan, contents);
		for (const content of contents) this.#addPage(plan, content, attached.get(content.id) ?? []);
		plan.collections = collectionsOf(plan, this.#tree(contents, space?.home));
		return plan;
	}

	/** The space most pages are of: others are only named. */
	#space() {
		const counts = new Map<string, number>();
		for (const { space } of this.#facts.contents.values()) if (space) counts.set(space, (counts.get(space) ?? 0) + 1);
		const [most] = [...counts].sort(([, one], [, other]) => other - one);
		return this.#facts.spaces.get(most?.[0] ?? '') ?? [...this.#facts.spaces.values()][0];
	}

	/** Pages and posts, without those that only some could read there, or that are below such. */
	#readable(): Content[] {
		const { contents, restricted } = this.#facts;
		const hidden = (content: Content, seen = new Set<string>()): boolean => {
			if (restricted.has(content.id)) return true;
			const above = contents.get(content.parent ?? '');
			return above !== undefined && !seen.has(content.id) && hidden(above, seen.add(content.id));
		};
		const open: Content[] = [];
		for (const content of contents.values()) {
			if (content.kind === 'Comment') this.#addComment(content);
			else if (hidden(content)) skip(this.#report, { line: 0, what: content.title, reason: RESTRICTED });
			else open.push(content);
		}
		const key = ({ kind, title }: Content) => `${kind === 'BlogPost' ? 'post' : 'page'} ${title.toLowerCase()}`;
		for (const content of open) if (!this.#byTitle.has(key(content))) this.#byTitle.set(key(content), content.id);
		return open;
	}

	#addComment(comment: Content): void {
		const list = this.#comments.get(comment.parent ?? '') ?? [];
		list.push(comment);
		this.#comments.set(comment.parent ?? '', list);
	}

	/** The second reading: the texts of these, and the names of the pictures that they show. */
	async #keepTexts(contents: Content[]): Promise<void> {
		const wanted = new Map<string, string>();
		for (const content of contents)
			for (const each of [content, ...(this.#comments.get(content.id) ?? [])]) {
				wanted.set(each.id, each.id);
				for (const body of each.bodies) wanted.set(`body ${body}`, each.id);
			}
		await readAll(this.#archive, undefined, {
			most: (of, property) => (of === 'BodyContent' && property === 'body' ? BODY : 100),
			take: async ({ class: kind, id, values, cut }) => {
				if (kind !== 'BodyContent') return;
				const owner = wanted.get(values.content ?? '') ?? wanted.get(`body ${id}`);
				if (!owner || !values.body) return;
				const title = this.#facts.contents.get(owner)!.title;
				if (cut.includes('body'))
					change(this.#report, { line: 0, what: title, reason: 'its text is longer than 20 MB; cut' });
				await this.#spool.add(owner, values.bodyType === '0' ? oldText(values.body) : values.body);
				if (values.bodyType === '0') change(this.#report, { line: 0, what: title, reason: OLD });
				for (const [image] of values.body.matchAll(/<ac:image[^]*?<\/ac:image>/g))
					for (const [, name] of image.matchAll(/ri:filename="([^"]*)"/g))
						this.#shown.add(`${owner}/${plainly(name!)}`);
			}
		});
	}

	/** Files of pages, and of comments below them, that are not shown in the text. @returns their refs by page */
	#attach(plan: Plan, contents: Content[]): Map<string, string[]> {
		const attached = new Map<string, string[]>(contents.map(({ id }) => [id, []]));
		for (const file of this.#facts.attached.values()) {
			const comment = this.#facts.contents.get(file.on);
			const page = comment?.kind === 'Comment' ? (comment.parent ?? '') : file.on;
			const list = attached.get(page);
			if (!list) continue;
			const ref = `attachments/${file.on}/${file.id}${/\.\w+$/.exec(file.called)?.[0] ?? ''}`;
			const name = this.#stored(file);
			this.#files.set(ref, { name, called: file.called });
			this.#fileOf.set(`${page}/${file.called.toLowerCase()}`, ref);
			if (this.#shown.has(`${page}/${file.called}`) || this.#shown.has(`${file.on}/${file.called}`)) continue;
			const title = file.called.replace(/\.\w+$/, '') || file.called;
			plan.files.push({ ref, name, called: file.called, title, tags: [] });
			this.#planned.add(ref);
			list.push(ref);
		}
		return attached;
	}

	/** Files stand in the archive by numbers; the newest version is taken where the one named is not there. */
	#stored({ on, id, version }: Attached): string {
		const name = `attachments/${on}/${id}/${version}`;
		for (let no = Number(version); no > 0 && no > Number(version) - 50; no -= 1)
			if (this.#archive.has(`attachments/${on}/${id}/${no}`)) return `attachments/${on}/${id}/${no}`;
		return name;
	}

	#addPage(plan: Plan, content: Content, attached: string[]): void {
		const { id, title, by, changed, created } = content;
		const comments = this.#comments.get(id) ?? [];
		if (!this.#spool.has(id) && attached.length === 0 && comments.length === 0)
			return leaveOut(this.#report, 'pages that only hold others, without text of their own');
		const tags = [...new Set(this.#facts.labels(id).flatMap((label) => cleanTag(label) ?? []))].slice(0, 8);
		plan.pages.push({
			...{ ref: `page-${id}`, title: title || `Page ${id}`, tags, by: this.#facts.person(by), at: changed ?? created },
			attached,
			read: () => this.#read(content, comments)
		});
	}

	async #read(content: Content, comments: Content[]): Promise<PageText> {
		const said: string[] = [];
		for (const comment of comments.toSorted((one, other) => (one.created ?? '').localeCompare(other.created ?? ''))) {
			const about = [this.#facts.person(comment.by), comment.created?.slice(0, 10)].filter(Boolean).join(', ');
			const html = await this.#html(comment, content);
			said.push(`<blockquote>${about ? `<p><strong>${escapeHtml(about)}</strong></p>` : ''}${html}</blockquote>`);
		}
		const html = await this.#html(content, content);
		return { html: said.length > 0 ? `${html}<h2>Comments</h2>${said.join('<hr>')}` : html };
	}

	async #html({ id }: Content, page: Content): Promise<string> {
		const { html, lost } = carryStorage(await this.#spool.read(id), this.#around(page.id));
		for (const reason of lost) change(this.#report, { line: 0, what: page.title, reason });
		return html;
	}

	#around(pageId: string): Surroundings {
		const at = (id: string | undefined) => id && `${HERE}page-${id}`;
		const find = (title: string) =>
			this.#byTitle.get(`page ${title.toLowerCase()}`) ?? this.#byTitle.get(`post ${title.toLowerCase()}`);
		return {
			page: (title, space) =>
				space && this.#key && space !== this.#key ? undefined : at(title ? find(title) : pageId),
			numbered: (id) => (this.#facts.contents.has(id) ? at(id) : undefined),
			file: (name, page) => {
				const ref = this.#fileOf.get(`${(page && find(page)) ?? pageId}/${name.toLowerCase()}`);
				return ref && `${HERE}${encodeURI(ref)}`;
			},
			person: (key) => this.#facts.person(key)
		};
	}

	#resolve(address: string): Target | undefined {
		const ref = address.startsWith(HERE) ? decodeURI(address.slice(HERE.length).split('#')[0]!) : '';
		if (ref.startsWith('page-')) return { ref };
		const file = this.#files.get(ref);
		return file && (this.#planned.has(ref) ? { ref } : file);
	}

	/** Pages by where they stand, the home page first; then the posts, the newest first. */
	#tree(contents: Content[], home: string | undefined): Branch[] {
		const branches = new Map(
			contents.map(({ id, title }) => [id, { ref: `page-${id}`, title, children: [] } as Branch])
		);
		const place = ({ id, position }: Content) => (id === home ? -1 : position);
		const pages = contents
			.filter(({ kind }) => kind === 'Page')
			.sort((one, other) => place(one) - place(other) || one.title.localeCompare(other.title));
		const tops: Branch[] = [];
		for (const { id, parent } of pages) (branches.get(parent ?? '')?.children ?? tops).push(branches.get(id)!);
		const posts = contents
			.filter(({ kind }) => kind === 'BlogPost')
			.sort((one, other) => (other.created ?? '').localeCompare(one.created ?? ''))
			.map(({ id }) => branches.get(id)!);
		// What names itself above itself hangs nowhere, and comes at the end.
		const all = [...tops, ...(posts.length > 0 ? [{ ref: 'blog', title: 'Blog', children: posts }] : [])];
		return [...all, ...pages.map(({ id }) => branches.get(id)!)];
	}
}

/** What begins an address of this export within its texts. */
const HERE = 'confluence/';
const RESTRICTED = 'only some may read it there. Where all of this space may, lift its restriction and export again';
const OLD = 'it is written in the markup of Confluence 3, and was taken as plain text';

const oldText = (text: string) =>
	text
		.split(/\n{2,}/)
		.map((part) => `<p>${escapeHtml(part).replaceAll('\n', '<br/>')}</p>`)
		.join('');

const plainly = (name: string) => name.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
