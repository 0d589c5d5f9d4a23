import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { resultsCsv, trendCsv } from '../csv.ts';
import { asFile } from '../draw.ts';
import type { PlotFilter, ResultsFilter } from '../input.ts';
import { panelPlot } from '../panels.ts';
import { plotOf } from '../plot.ts';
import { trendPlot } from '../trend/plot.ts';
import { asPng } from './png.ts';
import { readResults } from './results.ts';
import { readTrend } from './trend.ts';

/** A file to take away. */
export const file = (content: string | Uint8Array<ArrayBuffer>, type: string, name: string) =>
	new Response(content, {
		headers: {
			'content-type': type,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'private, no-cache',
			// What is opened as a page of its own runs and loads nothing.
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'"
		}
	});

export const CSV = 'text/csv; charset=utf-8';

/** The figures to take away. */
export async function csvAnswer(db: Db, viewer: Viewer, id: string, filter: ResultsFilter): Promise<Response> {
	return file(resultsCsv(await readResults(db, viewer, id, filter)), CSV, 'results.csv');
}

/** The figures over the editions to take away. */
export async function trendCsvAnswer(db: Db, viewer: Viewer, id: string): Promise<Response> {
	return file(trendCsv(await readTrend(db, viewer, id)), CSV, 'editions.csv');
}

/** A question as a picture to take away. @throws Failure not_found where it cannot be drawn */
export async function plotAnswer(
	db: Db,
	viewer: Viewer,
	id: string,
	{ question, as, ...filter }: { question: string } & PlotFilter
): Promise<Response> {
	const plot = await plotFor(db, viewer, id, { question, ...filter });
	if (!plot) throw notFound('There is no plot of this.');
	if (as === 'png') return file(await asPng(asFile(plot)), 'image/png', `${question}.png`);
	return file(asFile(plot), 'image/svg+xml; charset=utf-8', `${question}.svg`);
}

async function plotFor(
	db: Db,
	viewer: Viewer,
	id: string,
	{ question: key, show, by }: { question: string } & Omit<PlotFilter, 'as'>
): Promise<string | null> {
	const named = <T extends { key: string }>(list: readonly T[]) => list.find((one) => one.key === key);
	if (show === 'editions') {
		const { editions, questions } = await readTrend(db, viewer, id);
		const found = named(questions);
		const labels = editions.map(({ label }) => label);
		return found ? trendPlot(found.label, labels, found.lines) : null;
	}
	const question = named((await readResults(db, viewer, id, { by })).questions);
	return question ? (show === 'groups' ? panelPlot(question) : plotOf(question)) : null;
}
