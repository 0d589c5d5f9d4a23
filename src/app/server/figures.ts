import type { Figures, KeptFigure } from '#src/core/figures/server/figures.ts';
import { addMark } from '#src/metrics/server/marks.ts';
import { listMetrics, readMetric } from '#src/metrics/server/read.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';

const present = ({ id, title, unit, latest }: Omit<KeptFigure, 'href'>): KeptFigure => ({
	...{ id, title, unit, href: `/figures/${id}` },
	latest: latest && { day: latest.day, value: latest.value }
});

/** Figures that are kept over time, for rooms that begin from one. */
export const keptFigures: Figures = {
	list: async (db, viewer) => (await listMetrics(db, viewer, { limit: 100 })).items.map(present),
	read: async (db, viewer, id) =>
		isId(id) ? unlessFailed(async () => present(await readMetric(db, viewer, id))) : undefined,
	mark: async (db, viewer, id, mark) => {
		await unlessFailed(() => addMark(db, viewer, id, mark));
	}
};

/** What is not there, or not the viewer's, is nothing. */
async function unlessFailed<T>(work: () => Promise<T>): Promise<T | undefined> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof Failure) return undefined;
		throw error;
	}
}
