import type { Figures, KeptFigure } from '#src/core/figures/server/figures.ts';
import { readEffect } from '#src/metrics/server/effect.ts';
import { addMark, markAbout, remark } from '#src/metrics/server/marks.ts';
import { listMetrics, readMetric } from '#src/metrics/server/read.ts';
import { canKeep, metricOf } from '#src/metrics/server/record.ts';
import { planOf } from '#src/needs/plan/server/record.ts';
import { needOf } from '#src/needs/server/record.ts';
import type { MetricRow } from '#src/metrics/views.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';

type Found = Pick<MetricRow, 'id' | 'title' | 'unit' | 'counts' | 'latest'>;

const present = ({ id, title, unit, counts, latest }: Found): KeptFigure => ({
	...{ id, title, unit, href: `/figures/${id}`, isActivity: counts === 'activity' },
	latest: latest && { day: latest.day, value: latest.value }
});

/** Figures that are kept over time, for rooms that begin from one. */
export const keptFigures: Figures = {
	list: async (db, viewer) => (await listMetrics(db, viewer, { limit: 100 })).items.map(present),
	read: async (db, viewer, id) =>
		isId(id) ? unlessFailed(async () => present(await readMetric(db, viewer, id))) : undefined,
	mark: async (db, viewer, id, mark) => {
		await unlessFailed(() => addMark(db, viewer, id, mark));
	},
	remark: async (db, viewer, id, about, mark) =>
		(await unlessFailed(async () => (await remark(db, viewer, id, about, mark), true))) ?? false,
	keeps: async (db, viewer, id) =>
		(await unlessFailed(async () => canKeep(viewer, await metricOf(db, viewer, id)))) ?? false,
	since: (db, viewer, id, about) =>
		unlessFailed(async () => {
			const mark = await markAbout(db, id, about);
			if (!mark) return undefined;
			const { effect } = await readEffect(db, viewer, id, { mark });
			if (effect?.kind === 'reckoned') return { says: effect.sentence };
			return { says: `What it did to the figure cannot be told yet. ${effect?.reasons.join(' ') ?? ''}`.trim() };
		}),
	ofNeed: (db, viewer, needId) =>
		unlessFailed(async () => {
			await needOf(db, viewer, needId);
			return (await planOf(db, needId))?.metric_id ?? undefined;
		})
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
