import { ACCENT, escape, frame, round, short, textLines, WIDTH } from '../draw.ts';
import { percent } from '../rate.ts';
import type { Line, Point } from './view.ts';

const HEIGHT = 64;
const LEFT = 56;
const RIGHT = 44;
const GAP = 34;

/**
 * Each line of a question by itself, on the same scale from 0 to 100 %: a point for each
 * edition with its interval.
 * @param editions their labels, the oldest first
 */
export function trendPlot(label: string, editions: readonly string[], lines: readonly Line[]): string {
	let y = 0;
	const drawn = lines.map((line) => {
		const title = textLines(line.label, y, ' font-weight="600"');
		const top = y + title.height + 20;
		y = top + HEIGHT + GAP;
		return title.svg + chart(line, editions, top);
	});
	return frame(y, `${label}: shares over ${editions.length} editions`, drawn.join(''));
}

function chart({ points }: Line, editions: readonly string[], top: number): string {
	const step = editions.length > 1 ? (WIDTH - LEFT - RIGHT) / (editions.length - 1) : 0;
	const x = (at: number) => round(LEFT + at * step);
	const y = (share: number) => round(top + HEIGHT * (1 - share));
	const grid = [0, 0.5, 1].map(
		(share) =>
			`<path d="M30 ${y(share)}H${WIDTH}" stroke="currentColor" stroke-opacity="0.2"/><text x="0" y="${y(share) + 4}" font-size="10">${share * 100}</text>`
	);
	const known = points.flatMap((point, at) => (point ? [{ point, at }] : []));
	const path = known.map(({ point, at }, index) => `${index === 0 ? 'M' : 'L'}${x(at)} ${y(point.share)}`).join('');
	const joined = `<path d="${path}" stroke="${ACCENT}" stroke-width="2" fill="none"/>`;
	const letters = Math.max(4, Math.floor(step / 7));
	const names = editions.map(
		(name, at) =>
			`<text x="${x(at)}" y="${top + HEIGHT + 16}" text-anchor="middle" font-size="11">${escape(short(name, letters))}</text>`
	);
	return [...grid, joined, ...known.map(({ point, at }) => mark(point, x(at), y)), ...names].join('');
}

function mark({ share, interval }: Point, x: number, y: (share: number) => number): string {
	const [low, high] = [y(interval.low), y(interval.high)];
	return `<path d="M${x} ${low}V${high}M${x - 4} ${low}h8M${x - 4} ${high}h8" stroke="currentColor" stroke-width="1.5" fill="none"/><circle cx="${x}" cy="${y(share)}" r="4" fill="${ACCENT}"/><text x="${x}" y="${high - 5}" text-anchor="middle" font-weight="600">${percent(share)}</text>`;
}
