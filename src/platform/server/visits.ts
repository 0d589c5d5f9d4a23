/** What is under way longer than this is a stream or a download: nobody sits before a page that does not come. */
const LONG = 250;
/** For so long after a request others are likely to follow. */
const LATELY = 3_000;

/** Started from its source, the server has other copies of modules than the built pages: they meet in the process. */
const PLACE = Symbol.for('trellis.visits');
const place = globalThis as { [PLACE]?: Visits };

interface Visits {
	/** Requests under way, the oldest first. */
	underWay: Set<{ began: number }>;
	last: number;
	heard: Set<() => void>;
}

const visits = (): Visits => (place[PLACE] ??= { underWay: new Set(), last: -Infinity, heard: new Set() });

/** A request begins. @returns what is called when it has been answered */
export function visit(): () => void {
	const { underWay, heard } = visits();
	const one = { began: performance.now() };
	visits().last = one.began;
	underWay.add(one);
	for (const hear of heard) hear();
	return () => void underWay.delete(one);
}

/** Whether somebody waits for an answer of this process right now. */
export function someoneWaits(): boolean {
	const { underWay } = visits();
	const old = performance.now() - LONG;
	for (const one of underWay) {
		if (one.began > old) return true;
		underWay.delete(one);
	}
	return false;
}

/** Whether somebody asked this process for something in the last few seconds. */
export const visitedLately = (): boolean => performance.now() - visits().last < LATELY;

/** Tells of each request that begins. @returns ends it */
export function onVisit(hear: () => void): () => void {
	visits().heard.add(hear);
	return () => void visits().heard.delete(hear);
}
