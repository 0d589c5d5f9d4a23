import { cleanLine } from '#src/core/import/clean.ts';
import { leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import type { Entity } from './entities.ts';

/** A page, a blog post or a comment: all of it but its text. */
export interface Content {
	id: string;
	kind: 'Page' | 'BlogPost' | 'Comment';
	title: string;
	/** The page above it; of a comment, the page it is about. */
	parent: string | undefined;
	space: string | undefined;
	position: number;
	/** Key or name of who wrote it. */
	by: string | undefined;
	created: string | undefined;
	changed: string | undefined;
	bodies: string[];
}

export interface Attached {
	id: string;
	/** The page, or comment, it hangs on. */
	on: string;
	called: string;
	version: string;
}

/** What an export holds, a line for each thing; old versions and drafts are let go as they come. */
export class Facts {
	readonly #report: FileReport;
	readonly spaces = new Map<string, { key: string; name: string; home: string | undefined }>();
	readonly contents = new Map<string, Content>();
	readonly attached = new Map<string, Attached>();
	/** Contents that only some may read. */
	readonly restricted = new Set<string>();
	readonly #labels = new Map<string, string>();
	readonly #labelled = new Map<string, string[]>();
	readonly #accounts = new Map<string, string>();
	readonly #names = new Map<string, string>();

	constructor(report: FileReport) {
		this.#report = report;
	}

	take(entity: Entity): void {
		if (!entity.id) return;
		const { class: kind, id, values } = entity;
		if (kind === 'Page' || kind === 'BlogPost' || kind === 'Comment') this.#content(kind, entity);
		else if (kind === 'Attachment') this.#attachment(entity);
		else if (kind === 'Space')
			this.spaces.set(id, { key: values.key ?? '', name: values.name ?? '', home: values.homePage });
		else if (kind === 'Label') {
			if (!values.namespace || values.namespace === 'global') this.#labels.set(id, values.name ?? '');
		} else if (kind === 'Labelling') this.#labelling(values.content, values.label);
		else if (kind === 'ConfluenceUserImpl') this.#accounts.set(id, values.name ?? values.lowerName ?? '');
		else if (kind === 'InternalUser')
			this.#names.set((values.lowerName ?? values.name ?? '').toLowerCase(), values.displayName ?? '');
		else if (kind === 'ContentPermissionSet' && values.type === 'View' && values.owningContent)
			this.restricted.add(values.owningContent);
		else if (kind === 'PageTemplate') leaveOut(this.#report, 'templates');
		else if (kind === 'CustomContentEntityObject' && isCurrent(entity))
			leaveOut(this.#report, 'whiteboards, databases and what else apps keep');
	}

	/** The labels of a content, which were said to all. */
	labels(id: string): string[] {
		return (this.#labelled.get(id) ?? []).flatMap((label) => this.#labels.get(label) || []);
	}

	/** What somebody is called, as far as the export tells; a key that nothing is known of is no name. */
	person(key: string | undefined): string | undefined {
		if (!key) return undefined;
		const account = this.#accounts.get(key) || (/^[0-9a-f:-]{16,}$/i.test(key) ? '' : key);
		return cleanLine(this.#names.get(account.toLowerCase()) || account.replace(/@.*/, ''), 80) || undefined;
	}

	#content(kind: Content['kind'], entity: Entity): void {
		const { id, values, lists } = entity;
		if (!isCurrent(entity)) return this.#let(kind, entity);
		this.contents.set(id, {
			...{ id, kind, title: cleanLine(values.title ?? '', 200), space: values.space || undefined },
			parent:
				(kind === 'Comment' ? values.containerContent || values.owner || values.content : values.parent) || undefined,
			position: values.position ? Number(values.position) : Infinity,
			by: values.creator || values.creatorName || undefined,
			created: dayOf(values.creationDate),
			changed: dayOf(values.lastModificationDate),
			bodies: lists.bodyContents ?? []
		});
	}

	#let(kind: Content['kind'], { values }: Entity): void {
		if (kind === 'Comment') return;
		if (values.originalVersion || values.originalVersionId) leaveOut(this.#report, 'earlier versions of pages');
		else if (values.contentStatus === 'draft')
			skip(this.#report, { line: 0, what: cleanLine(values.title ?? '', 120), reason: 'a draft' });
		else leaveOut(this.#report, 'pages in the bin, or archived');
	}

	#attachment(entity: Entity): void {
		const { id, values } = entity;
		const on = values.containerContent || values.content;
		const called = cleanLine(values.title || values.fileName || '', 150);
		if (!on || !called || !isCurrent(entity)) return;
		this.attached.set(id, { id, on, called, version: values.version || values.attachmentVersion || '1' });
	}

	#labelling(content = '', label = ''): void {
		const list = this.#labelled.get(content) ?? [];
		if (list.length < 50) list.push(label);
		this.#labelled.set(content, list);
	}
}

const isCurrent = ({ values }: Entity) =>
	!values.originalVersion && !values.originalVersionId && (values.contentStatus || 'current') === 'current';

/** `2024-03-02 09:30:00.000`, of whatever zone that server was in. */
function dayOf(value: string | undefined): string | undefined {
	const time = value ? Date.parse(`${value.trim().replace(' ', 'T')}Z`) : NaN;
	return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
