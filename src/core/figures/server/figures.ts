import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';

/** A figure of the work that is kept over time, with its newest value. */
export interface KeptFigure {
	id: string;
	title: string;
	unit: string;
	href: string;
	/** It counts what people do here, not what comes of it in the work. */
	isActivity: boolean;
	/** Null where nothing is kept yet; `day` is the first of its period. */
	latest: { day: string; value: number } | null;
}

/** The room that keeps figures over time; others only ask it. */
export interface Figures {
	/** Those the viewer may read, the liveliest first. */
	list(db: Db, viewer: Viewer): Promise<KeptFigure[]>;
	/** Undefined where there is none, or it is not open to the viewer. */
	read(db: Db, viewer: Viewer, id: string): Promise<KeptFigure | undefined>;
	/** Marks in it what was done on a day, for those who look after it; for others nothing happens. */
	mark(db: Db, viewer: Viewer, id: string, mark: { day: string; label: string; about: string }): Promise<void>;
	/**
	 * Puts one mark about an item in place of those before, or takes them away.
	 * @returns whether that was done: only for those who look after the figure
	 */
	remark(
		db: Db,
		viewer: Viewer,
		id: string,
		about: string,
		mark: { day: string; label: string } | null
	): Promise<boolean>;
	/** Whether the viewer looks after it. */
	keeps(db: Db, viewer: Viewer, id: string): Promise<boolean>;
	/** What it did since the newest mark about an item, in a sentence, or why that cannot be told; undefined where none is marked. */
	since(db: Db, viewer: Viewer, id: string, about: string): Promise<{ says: string } | undefined>;
	/** The figure in the plan of a problem at work, where it is kept here. */
	ofNeed(db: Db, viewer: Viewer, needId: string): Promise<string | undefined>;
}

const none: Figures = {
	...{ list: async () => [], read: async () => undefined, mark: async () => {}, remark: async () => false },
	...{ keeps: async () => false, since: async () => undefined, ofNeed: async () => undefined }
};
let registered: Figures | undefined;

/** Called once at start by whoever joins the rooms. */
export function registerFigures(figures: Figures): void {
	registered = figures;
}

export const figures = (): Figures => registered ?? none;
