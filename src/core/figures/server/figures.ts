import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';

/** A figure of the work that is kept over time, with its newest value. */
export interface KeptFigure {
	id: string;
	title: string;
	unit: string;
	href: string;
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
}

const none: Figures = { list: async () => [], read: async () => undefined, mark: async () => {} };
let registered: Figures | undefined;

/** Called once at start by whoever joins the rooms. */
export function registerFigures(figures: Figures): void {
	registered = figures;
}

export const figures = (): Figures => registered ?? none;
