import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { readTrend } from '#src/survey/server/trend.ts';
import { trendPlot } from '#src/survey/trend/plot.ts';

export const load: PageServerLoad = async ({ locals, params }) => {
	const trend = await readTrend(app().db, requireViewer(locals.viewer), params.id);
	const editions = trend.editions.map(({ label }) => label);
	return { trend, plots: trend.questions.map(({ label, lines }) => trendPlot(label, editions, lines)) };
};
