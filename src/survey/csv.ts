import { partLabel } from './rate.ts';
import type { TrendView } from './trend/view.ts';
import type { Distribution, ResultsView } from './views.ts';

const HEAD = ['question', 'row', 'group', 'answer', 'people', 'of', 'share', 'low95', 'high95'];

/** Results as a table of figures, a line for each that is shown. */
export function resultsCsv({ questions }: Pick<ResultsView, 'questions'>): string {
	const lines = questions.flatMap(({ label: question, rows }) =>
		rows.flatMap(({ label, all, groups }) => [
			...(all ? linesOf([question, label, 'everybody'], all) : []),
			...groups.flatMap((group) => linesOf([question, label, group.label], group.distribution))
		])
	);
	return asCsv([HEAD, ...lines]);
}

const TREND_HEAD = ['question', 'line', 'edition', 'people', 'of', 'share', 'low95', 'high95'];

/** Shares over the editions, a line for each point. */
export function trendCsv({ editions, questions }: Pick<TrendView, 'editions' | 'questions'>): string {
	const lines = questions.flatMap(({ label: question, lines }) =>
		lines.flatMap(({ label, points }) =>
			points.flatMap((point, at) => {
				if (!point) return [];
				const { chosen, n, share, interval } = point;
				const numbers = [share, interval.low, interval.high].map((number) => number.toFixed(4));
				return [[question, label, editions[at]!.label, String(chosen), String(n), ...numbers]];
			})
		)
	);
	return asCsv([TREND_HEAD, ...lines]);
}

/** Lines of a file that spreadsheets read. */
export const asCsv = (lines: readonly (readonly string[])[]): string =>
	lines.map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n';

const linesOf = (about: string[], { n, parts }: Distribution) =>
	parts.map((part) => [
		...[...about, partLabel(part), String(part.count), String(n)],
		...[part.share, part.interval.low, part.interval.high].map((number) => number.toFixed(4))
	]);

/** A text that a spreadsheet would take for a formula is marked as a text. */
function cell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
