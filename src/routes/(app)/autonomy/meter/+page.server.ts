import type { PageServerLoad } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { sharesPlot } from '#src/autonomy/plot.ts';
import { readMeter } from '#src/autonomy/server/meter.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';

export const load: PageServerLoad = async ({ locals }) => {
	const viewer = requireViewer(locals.viewer);
	const { whole, ...meter } = await readMeter(app().db, viewer);
	const plots =
		whole && whole.weeks.length > 1 ? { wide: sharesPlot(whole, 760), narrow: sharesPlot(whole, 380) } : null;
	return { whole, ...meter, plots, language: viewer.language };
};
