import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { resultsCsv } from '../csv.ts';
import { asFile, plotOf } from '../plot.ts';
import { readResults } from './results.ts';

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

/** The figures to take away. */
export async function csvAnswer(db: Db, viewer: Viewer, id: string, by?: string): Promise<Response> {
	return file(resultsCsv(await readResults(db, viewer, id, by)), 'text/csv', 'results.csv');
}

/** A question as a picture to take away. @throws Failure not_found where it cannot be drawn */
export async function plotAnswer(db: Db, viewer: Viewer, id: string, key: string): Promise<Response> {
	const { questions } = await readResults(db, viewer, id);
	const question = questions.find((one) => one.key === key);
	const plot = question && plotOf(question);
	if (!plot) throw notFound('There is no plot of this.');
	return file(asFile(plot), 'image/svg+xml', `${key}.svg`);
}
