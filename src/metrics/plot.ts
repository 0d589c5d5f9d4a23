import { escapeHtml } from '#src/platform/html.ts';
import type { SeriesChart } from './chart.ts';
import type { Every, Mark, Point } from './metric.ts';
import { periodName, periodOf } from './period.ts';
import { axisTicks, numberText, timeTicks } from './ticks.ts';

/** A line that was reckoned, over periods: what was, and what would have been. */
export interface Overlay {
	label: string;
	dashed: boolean;
	values: { period: number; value: number }[];
}

export interface Plotted {
	title: string;
	unit: string;
	every: Every;
	points: readonly Point[];
	marks: readonly Pick<Mark, 'day' | 'label'>[];
	chart: Pick<SeriesChart, 'limits' | 'rules'>;
	overlays?: readonly Overlay[];
}

interface Frame {
	width: number;
	height: number;
	left: number;
	right: number;
	top: number;
	bottom: number;
	x(period: number): number;
	y(value: number): number;
}

const round = (number: number) => Math.round(number * 10) / 10;

/**
 * A series as a picture: the line is broken where values are missing, limits are dashed,
 * signals stand in diamonds, and marks have numbers. All of it is read without colour.
 * @param width in the units of its letters, which are 12 high: 760 for a page, 380 for a phone
 */
export function plotOf(plotted: Plotted, width: number): string {
	const { title, unit, every, points, chart } = plotted;
	const frame = frameOf(plotted, width);
	const [first, last] = [points[0]!, points.at(-1)!];
	const label = `${title} in ${unit}, ${points.length} values from ${periodName(first.day, every)} to ${periodName(last.day, every)}; the table beside it has them`;
	const body = [
		axes(plotted, frame),
		chart.limits ? limitLines(chart.limits, frame) : '',
		markLines(plotted, frame),
		...(plotted.overlays ?? []).map((overlay) => overlayLine(overlay, frame)),
		valueLine(plotted, frame),
		signalSigns(plotted, frame)
	].join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${frame.height}" role="img" aria-label="${escapeHtml(label)}" font-family="system-ui, sans-serif" font-size="12" fill="currentColor">${body}</svg>`;
}

function frameOf({ points, every, chart: { limits }, overlays = [] }: Plotted, width: number): Frame {
	const height = Math.round(width > 500 ? width * 0.42 : width * 0.7);
	const inner = { left: 52, right: width - 46, top: 24, bottom: height - 26 };
	const values = [
		...points.map(({ value }) => value),
		...(limits ? [limits.low, limits.high] : []),
		...overlays.flatMap((overlay) => overlay.values.map(({ value }) => value))
	];
	let [low, high] = [Infinity, -Infinity];
	for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
	const room = (high - low || Math.abs(high) || 1) * 0.06;
	[low, high] = [low - room, high + room];
	const [from, to] = [periodOf(points[0]!.day, every), periodOf(points.at(-1)!.day, every)];
	const span = Math.max(1, to - from);
	return {
		...{ width, height, ...inner },
		x: (period) => round(inner.left + ((period - from) / span) * (inner.right - inner.left)),
		y: (value) => round(inner.bottom - ((value - low) / (high - low)) * (inner.bottom - inner.top))
	};
}

function axes({ points, every, unit, chart: { limits } }: Plotted, frame: Frame): string {
	const { left, right, top, bottom, width } = frame;
	const values = points.map(({ value }) => value);
	const lowest = Math.min(
		limits?.low ?? Infinity,
		values.reduce((low, value) => Math.min(low, value), Infinity)
	);
	const highest = Math.max(
		limits?.high ?? -Infinity,
		values.reduce((high, value) => Math.max(high, value), -Infinity)
	);
	const heights = axisTicks(lowest, highest)
		.map((value) => {
			const y = frame.y(value);
			return `<path d="M${left} ${y}H${right}" stroke="currentColor" stroke-opacity="0.12"/><text x="${left - 6}" y="${y + 4}" text-anchor="end">${numberText(value)}</text>`;
		})
		.join('');
	const times = timeTicks(points[0]!.day, points.at(-1)!.day, every, width > 500 ? 8 : 4)
		.map(({ period, label }) => {
			const x = frame.x(period);
			return `<path d="M${x} ${bottom}v4" stroke="currentColor" stroke-opacity="0.5"/><text x="${x}" y="${bottom + 18}" text-anchor="middle">${label}</text>`;
		})
		.join('');
	const base = `<path d="M${left} ${bottom}H${right}" stroke="currentColor" stroke-opacity="0.5"/>`;
	return `<text x="4" y="${top - 12}" font-weight="600">${escapeHtml(unit)}</text>${heights}${times}${base}`;
}

function limitLines({ middle, low, high }: NonNullable<SeriesChart['limits']>, frame: Frame): string {
	const { left, right } = frame;
	const line = (value: number, dash: string, label: string) => {
		const y = frame.y(value);
		return `<path d="M${left} ${y}H${right}" stroke="currentColor" stroke-opacity="0.6"${dash}/><text x="${right + 4}" y="${y + 4}" font-size="11">${label}</text>`;
	};
	const dashed = ' stroke-dasharray="6 4"';
	return line(middle, '', 'middle') + line(high, dashed, 'limit') + line(low, dashed, 'limit');
}

function markLines({ marks, every, points }: Plotted, frame: Frame): string {
	const [from, to] = [periodOf(points[0]!.day, every), periodOf(points.at(-1)!.day, every)];
	const lines = marks.map(({ day, label }, at) => {
		const period = periodOf(day, every);
		if (period < from || period > to) return '';
		const x = frame.x(period);
		return `<g><title>${escapeHtml(label)}</title><path d="M${x} ${frame.top}V${frame.bottom}" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2 3"/><circle cx="${x}" cy="${frame.top - 9}" r="9" fill="none" stroke="currentColor"/><text x="${x}" y="${frame.top - 5}" text-anchor="middle" font-size="11">${at + 1}</text></g>`;
	});
	return lines.join('');
}

/** Values as a line with a dot each; where they are too many for dots, the lowest and the highest of each column. */
function valueLine({ points, every }: Plotted, frame: Frame): string {
	const room = frame.right - frame.left;
	const periods = points.map(({ day }) => periodOf(day, every));
	let path = '';
	let dots = '';
	if (points.length <= room / 2) {
		for (const [at, { value }] of points.entries()) {
			const [x, y] = [frame.x(periods[at]!), frame.y(value)];
			const joined = at > 0 && periods[at]! - periods[at - 1]! === 1;
			path += `${joined ? 'L' : 'M'}${x} ${y}`;
			if (points.length <= room / 6) dots += `M${x - 2.5} ${y}a2.5 2.5 0 105 0 2.5 2.5 0 10-5 0`;
		}
	} else path = dense(points, periods, frame);
	const ink = 'stroke="var(--accent, #1d6b50)"';
	return `<path d="${path}" fill="none" ${ink} stroke-width="1.75" stroke-linejoin="round"/>${dots && `<path d="${dots}" fill="var(--accent, #1d6b50)"/>`}`;
}

function dense(points: readonly Point[], periods: readonly number[], frame: Frame): string {
	let path = '';
	for (let at = 0; at < points.length;) {
		const column = Math.floor(frame.x(periods[at]!));
		const begun = at;
		let [low, high] = [Infinity, -Infinity];
		for (; at < points.length && Math.floor(frame.x(periods[at]!)) === column; at += 1)
			[low, high] = [Math.min(low, points[at]!.value), Math.max(high, points[at]!.value)];
		const joined = begun > 0 && periods[begun]! - periods[begun - 1]! === 1;
		path += `${joined ? 'L' : 'M'}${column} ${frame.y(low)}V${frame.y(high)}`;
	}
	return path;
}

/** Signals, in diamonds; of many the newest, where they would hide each other. */
function signalSigns({ points, every, chart: { rules } }: Plotted, frame: Frame): string {
	const newest = [...rules.keys()]
		.sort((one, other) => other - one)
		.slice(0, Math.floor((frame.right - frame.left) / 8));
	const signs = newest.map((at) => {
		const { day, value } = points[at]!;
		const [x, y] = [frame.x(periodOf(day, every)), frame.y(value)];
		return `M${x} ${round(y - 6)}l6 6-6 6-6-6z`;
	});
	return signs.length > 0
		? `<path d="${signs.join('')}" fill="var(--paper, #ffffff)" fill-opacity="0.6" stroke="currentColor" stroke-width="1.5"/>`
		: '';
}

function overlayLine({ label, dashed, values }: Overlay, frame: Frame): string {
	const path = values
		.map(({ period, value }, at) => `${at > 0 ? 'L' : 'M'}${frame.x(period)} ${frame.y(value)}`)
		.join('');
	return `<g><title>${escapeHtml(label)}</title><path d="${path}" fill="none" stroke="currentColor" stroke-width="2.5"${dashed ? ' stroke-dasharray="7 5"' : ''}/></g>`;
}

/** A plot as a file of its own, on paper. */
export const asFile = (svg: string): string => svg.replace('<svg ', '<svg color="#25221d" style="background:#ffffff" ');
