import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { chartOf } from '../chart.ts';
import { asFile, plotOf } from '../plot.ts';
import { marksOf } from './marks.ts';
import { metricOf, pointsOf } from './record.ts';

const file = (content: string, type: string, name: string) =>
	new Response(content, {
		headers: {
			'content-type': `${type}; charset=utf-8`,
			'content-disposition': `attachment; filename="${name}"`,
			'cache-control': 'private, no-cache',
			// What is opened as a page of its own runs and loads nothing.
			'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'"
		}
	});

/** All values to take away: they can be brought back as they are. */
export async function csvAnswer(db: Db, viewer: Viewer, id: string): Promise<Response> {
	const { unit } = await metricOf(db, viewer, id);
	const said = /[",\r\n]|^[=+\-@\t]/.test(unit)
		? `"${unit.replace(/^([=+\-@\t])/, "'$1").replaceAll('"', '""')}"`
		: unit;
	const lines = (await pointsOf(db, id)).map(({ day, value }) => `${day},${value},${said}`);
	return file(['day,value,unit', ...lines, ''].join('\r\n'), 'text/csv', 'figure.csv');
}

/** The plot to take away. @throws Failure not_found where there is no value yet */
export async function plotAnswer(db: Db, viewer: Viewer, id: string): Promise<Response> {
	const { title, unit, every } = await metricOf(db, viewer, id);
	const [points, marks] = [await pointsOf(db, id), await marksOf(db, viewer, id)];
	if (points.length === 0) throw notFound('There is no plot without values.');
	const svg = plotOf({ title, unit, every, points, marks, chart: chartOf(points, every, marks) }, 760);
	return file(asFile(svg), 'image/svg+xml', 'figure.svg');
}
