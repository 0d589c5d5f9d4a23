import { escape, frame, round, textLines, WIDTH } from './draw.ts';
import { chosenOf, partLabel, percent, upperFrom } from './rate.ts';
import { NO_ANSWER } from './release/variables.ts';
import type { CountedRow, Distribution, Part, QuestionResult } from './views.ts';

const BAR = 20;
const GAP = 14;

/** A bar for each part, with the interval in which the share of many more would lie. */
export function barPlot(label: string, { n, parts }: Distribution): string {
	const room = WIDTH - 48;
	let y = 0;
	const bars = parts.map(({ labels, share, interval }) => {
		const text = textLines(shortLabel(labels), y);
		const top = y + text.height + 3;
		y = top + BAR + GAP;
		const [from, to] = [round(interval.low * room), round(interval.high * room)];
		const middle = top + BAR / 2;
		const dashed = labels.length > 1 ? ' stroke="currentColor" stroke-dasharray="3 3" fill-opacity="0.25"' : '';
		return `${text.svg}<rect x="0" y="${top}" width="${round(share * room)}" height="${BAR}" fill="var(--accent, #1d6b50)"${dashed}/><path d="M${from} ${middle}H${to}M${from} ${middle - 4}v8M${to} ${middle - 4}v8" stroke="currentColor" stroke-width="1.5" fill="none"/><text x="${round(Math.max(share * room, to) + 6)}" y="${top + 15}" font-weight="600">${percent(share)}</text>`;
	});
	return frame(y, `${label}: bars of ${n} answers`, bars.join(''));
}

/** A plot has no room for many names: the table beside it has. */
const shortLabel = (labels: string[]) =>
	labels.length > 3 ? `${labels.length} others together` : partLabel({ labels });

/** How a step is filled: each differs from its neighbours without colour, too. */
type Fill = 'hatch' | 'light' | 'dots' | 'full';

function fillOf(places: readonly number[], steps: number): Fill {
	const upper = places.every((place) => place >= upperFrom(steps));
	const outer = upper ? places.includes(steps - 1) : places.includes(0);
	if (upper) return outer ? 'full' : 'dots';
	return outer ? 'hatch' : 'light';
}

const patterns = `<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="currentColor" fill-opacity="0.12"/><path d="M0 0v6" stroke="currentColor" stroke-opacity="0.55" stroke-width="2"/></pattern><pattern id="dots" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="var(--accent, #1d6b50)" fill-opacity="0.3"/><circle cx="3" cy="3" r="1" fill="var(--accent, #1d6b50)"/></pattern></defs>`;

const paint: Record<Fill, string> = {
	hatch: 'fill="url(#hatch)"',
	light: 'fill="currentColor" fill-opacity="0.15"',
	dots: 'fill="url(#dots)"',
	full: 'fill="var(--accent, #1d6b50)"'
};

/**
 * Rows of one scale, around its middle: what stands left of the line is the lower half.
 * Rows whose halves cannot be told apart are left out, as is who gave no answer.
 * @param options the steps, from the lowest
 */
export function divergingPlot(label: string, rows: readonly CountedRow[], options: readonly string[]): string | null {
	const drawn = rows.flatMap((row) => halvesOf(row, options.length) ?? []);
	if (drawn.length === 0) return null;
	const most = (side: 'low' | 'high') => Math.max(0.05, ...drawn.map((row) => total(row[side])));
	const scale = WIDTH / (most('low') + most('high'));
	let y = Math.ceil(options.length / 2) * 20 + 8;
	const bars = drawn.map((row) => {
		const text = textLines(row.label, y);
		const top = y + text.height + 3;
		y = top + BAR + GAP;
		return text.svg + stacked(row, { middle: most('low') * scale, top, scale, steps: options.length });
	});
	const body = patterns + legendOf(options) + bars.join('');
	return frame(y, `${label}: stacked bars around the middle of the scale`, body);
}

interface Halves {
	label: string;
	low: Part[];
	high: Part[];
}

function halvesOf({ label, all }: CountedRow, steps: number): Halves | null {
	const half = upperFrom(steps);
	const parts = all?.parts.filter(({ places }) => places.every((place) => place < steps)) ?? [];
	const low = parts.filter(({ places }) => places.every((place) => place < half));
	const high = parts.filter(({ places }) => places.every((place) => place >= half));
	return parts.length > 0 && low.length + high.length === parts.length ? { label, low, high } : null;
}

function legendOf(options: readonly string[]): string {
	const entries = options.map((option, at) => {
		const [x, y] = [(at % 2) * (WIDTH / 2), Math.floor(at / 2) * 20];
		const fill = paint[fillOf([at], options.length)];
		return `<rect x="${x}" y="${y + 1}" width="14" height="14" stroke="currentColor" stroke-opacity="0.4" ${fill}/><text x="${x + 20}" y="${y + 13}">${escape(option)}</text>`;
	});
	return entries.join('');
}

interface Place {
	/** Where the halves meet. */
	middle: number;
	top: number;
	/** The width of all. */
	scale: number;
	steps: number;
}

function stacked({ low, high }: Halves, place: Place): string {
	let x = place.middle - total(low) * place.scale;
	const pieces = [...low, ...high].map((part) => {
		const drawn = piece(part, x, place);
		x += part.share * place.scale;
		return drawn;
	});
	const line = `<path d="M${round(place.middle)} ${place.top - 2}v${BAR + 4}" stroke="currentColor" stroke-width="2"/>`;
	return pieces.join('') + line;
}

const total = (parts: readonly Part[]) => parts.reduce((sum, { share }) => sum + share, 0);

function piece({ places, share }: Part, x: number, { top, scale, steps }: Place): string {
	const fill = fillOf(places, steps);
	const width = share * scale;
	const ink =
		fill === 'full'
			? 'fill="var(--on-accent, #ffffff)"'
			: 'stroke="var(--paper, #ffffff)" stroke-width="3" paint-order="stroke"';
	const number = `<text x="${round(x + width / 2)}" y="${top + 14}" text-anchor="middle" font-weight="600" ${ink}>${Math.round(share * 100)}</text>`;
	return `<rect x="${round(x)}" y="${top}" width="${round(width)}" height="${BAR}" stroke="currentColor" stroke-opacity="0.4" ${paint[fill]}/>${width > 18 ? number : ''}`;
}

/** A question's plot: of a matrix around the middle of its scale, of others a bar for each part. */
export function plotOf({ type, label, rows, options }: QuestionResult): string | null {
	const steps = options.filter((option) => option !== NO_ANSWER);
	if (type === 'matrix') return divergingPlot(label, rows, steps);
	if (type === 'multiple') return chosenPlot(label, rows);
	const [row] = rows;
	return row?.all && rows.length === 1 ? barPlot(label, row.all) : null;
}

/** What may be chosen among others: a bar for each, of those that can be shown. */
function chosenPlot(label: string, rows: readonly CountedRow[]): string | null {
	const parts = rows.flatMap(({ label, all }) => {
		const part = chosenOf(all);
		return part ? [{ ...part, labels: [label] }] : [];
	});
	const n = rows.find(({ all }) => all)?.all?.n;
	return n === undefined ? null : barPlot(label, { n, parts });
}
