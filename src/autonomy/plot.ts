import { escapeHtml } from '#src/platform/html.ts';
import { percent, type Meter } from './meter.ts';

type Whole = Pick<NonNullable<Meter['whole']>, 'weeks' | 'usual' | 'fall'>;

const round = (value: number) => Math.round(value * 10) / 10;

/**
 * The shares of some weeks as a picture: a line with a dot for each week, what is usual as a dashed band, and the week
 * that stands for a fall in a diamond. All of it is read without colour.
 * @param width in the units of its letters, which are 12 high: 760 for a page, 380 for a phone
 */
export function sharesPlot({ weeks, usual, fall }: Whole, width: number): string {
	const height = width > 500 ? 260 : 220;
	const frame = { left: 44, right: width - 52, top: 14, bottom: height - 28 };
	const first = Date.parse(weeks[0]!.week);
	const span = Math.max(1, Date.parse(weeks.at(-1)!.week) - first);
	const x = (week: string) => round(frame.left + ((Date.parse(week) - first) / span) * (frame.right - frame.left));
	const y = (share: number) => round(frame.bottom - share * (frame.bottom - frame.top));
	const points = weeks.map(({ week, pushes, own }) => ({ week, x: x(week), y: y(own / pushes) }));
	const label = `Share of what reached people by their own choice, ${weeks.length} weeks; the table beneath has them`;
	const body = [
		...[0, 0.25, 0.5, 0.75, 1].map(
			(share) =>
				`<path d="M${frame.left} ${y(share)}H${frame.right}" stroke="currentColor" stroke-opacity="0.12"/><text x="${frame.left - 6}" y="${y(share) + 4}" text-anchor="end">${percent(share)}</text>`
		),
		...months(weeks).map(
			({ week, name }) =>
				`<path d="M${x(week)} ${frame.bottom}v4" stroke="currentColor" stroke-opacity="0.5"/><text x="${x(week)}" y="${frame.bottom + 18}" text-anchor="middle">${escapeHtml(name)}</text>`
		),
		`<path d="M${frame.left} ${frame.bottom}H${frame.right}" stroke="currentColor" stroke-opacity="0.5"/>`,
		usual === null
			? ''
			: `<path d="M${frame.left} ${y(usual)}H${frame.right}" stroke="currentColor" stroke-opacity="0.6"/><text x="${frame.right + 4}" y="${y(usual) + 4}" font-size="11">usual</text>`,
		...(['low', 'high'] as const).map((side) => {
			const line = weeks.flatMap((week) => (week[side] === null ? [] : [`${x(week.week)} ${y(week[side])}`]));
			return line.length > 0
				? `<path d="M${line.join('L')}" fill="none" stroke="currentColor" stroke-opacity="0.6" stroke-dasharray="6 4"/>`
				: '';
		}),
		`<path d="M${points.map((point) => `${point.x} ${point.y}`).join('L')}" fill="none" stroke="var(--accent, #1d6b50)" stroke-width="1.75" stroke-linejoin="round"/>`,
		...points.map((point) =>
			fall?.week === point.week
				? `<path d="M${point.x} ${round(point.y - 7)}l7 7-7 7-7-7z" fill="var(--paper, #ffffff)" stroke="currentColor" stroke-width="1.5"/>`
				: `<circle cx="${point.x}" cy="${point.y}" r="2.5" fill="var(--accent, #1d6b50)"/>`
		)
	].join('');
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(label)}" font-family="system-ui, sans-serif" font-size="12" fill="currentColor">${body}</svg>`;
}

/** The first week of each month; of those too near the beginning none. */
function months(weeks: readonly { week: string }[]): { week: string; name: string }[] {
	return weeks.flatMap(({ week }, at) => {
		const isFirst = at > 0 && week.slice(0, 7) !== weeks[at - 1]!.week.slice(0, 7);
		if (!isFirst) return [];
		const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' }).format(new Date(week));
		return [{ week, name }];
	});
}
