import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { FileRow } from '#src/core/files/server/store.ts';
import type { Db } from '#src/platform/server/db.ts';
import type { Archive } from './archive.ts';
import type { FileReport } from '#src/core/import/report.ts';

/** What is to become of an archive: what there is, in which order, and how its parts name each other. */
export interface Plan {
	/** What it calls itself: the book, the space, the folder. */
	name: string;
	pages: PlannedPage[];
	files: PlannedFile[];
	links: PlannedLink[];
	collections: PlannedCollection[];
	/** What an address in a text leads to; nothing where it leads nowhere. */
	resolve(page: string, address: string): Target | undefined;
	/** Lets go of what the reading kept on disk. */
	close?(): Promise<void>;
	/** A check that is to stand over it. */
	check?: PlannedCheck;
}

/** `ref` names a thing of the plan; `name` a file of the archive, `called` otherwise; `as` is an address that stays as it is. */
export type Target = { ref: string } | { name: string; called?: string } | { as: string };

/** By `ref`, which stays the same from one export to the next. */
export interface PlannedPage {
	ref: string;
	title: string;
	tags: string[];
	/** Who wrote it there, and when. */
	by?: string;
	at?: string;
	/** Refs of files, and addresses of links, that are listed below its text. */
	attached: string[];
	/** @throws Refused */
	read(): Promise<PageText>;
}

export interface PageText {
	html?: string;
	markdown?: string;
	/** Where only the text itself tells them. */
	title?: string;
	tags?: string[];
	at?: string;
}

export interface PlannedFile {
	ref: string;
	title: string;
	/** In the archive. */
	name: string;
	/** What it is called, where the archive has it under another name. */
	called: string;
	tags: string[];
}

export interface PlannedLink {
	/** Its address. */
	url: string;
	title: string;
}

export interface PlannedCollection {
	ref: string;
	title: string;
	html?: string;
	tags: string[];
	/** Refs, and addresses of links, in their order. */
	entries: string[];
}

export interface PlannedCheck {
	title: string;
	/** What it is about, in plain words. */
	text: string;
	/** What working through its content is said to take. */
	contentMinutes?: number;
	/** Refs of its content, in their order. */
	entries: string[];
	/** Files of the archive that may hold questions, or the archive itself. */
	questions: string[] | 'all';
	/** What was left behind, a sentence each; asked for when all is read. */
	told(): string[];
}

/** A check over what was brought, on its way into this house. */
export interface BroughtCheck extends Pick<PlannedCheck, 'title' | 'text' | 'contentMinutes'> {
	spaceId: string;
	/** What it is said to come from; the same again is the same check. */
	source: string;
	/** Items, in their order. */
	content: string[];
	/** Files of questions, one after the other: each is gone when the next one is asked for. */
	questions: AsyncIterable<{ name: string; path: string }>;
}

/** A reader of one kind of export. */
export type Reader = (archive: Archive, report: FileReport, called: string) => Promise<Plan>;

/** What the library keeps beside an item's text; it is handed in, as rooms do not know each other. */
export interface Shelf {
	/** The facts of a resource whose item is there: of a new one, or with another file than before. */
	keepFile(tx: Db, itemId: string, version: number, file: FileRow): Promise<void>;
	/** Makes of an item a collection with these entries in this order; what colleagues put in stays, at the end. */
	keepCollection(tx: Db, itemId: string, entries: string[]): Promise<void>;
	/** Shares links; the id of each by its address. */
	keepLinks(
		db: Db,
		author: Viewer,
		spaceId: string,
		source: string,
		links: PlannedLink[]
	): Promise<Map<string, string>>;
	/** Writes a check over what was brought; of one that is there the content is completed. @returns its id, unless it was removed, and what is to be said */
	keepCheck(db: Db, author: Viewer, check: BroughtCheck): Promise<{ id?: string; lines: string[] }>;
}
