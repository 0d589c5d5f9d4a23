import { ACCENT, escape, frame, round, short, textLines, WIDTH } from './draw.ts';
import { chosenOf, highOf, partLabel, percent, upperFrom } from './rate.ts';
import { NO_ANSWER } from './release/variables.ts';
import { wilson } from '#src/platform/statistics/proportions.ts';
import type { CountedRow, Distribution, QuestionResult } from './views.ts';

const LEFT = 150;
const RIGHT = 44;
const HEIGHT = 18;
const GAP = 16;

interface Mark {
	label: string;
	chosen: number;
	n: number;
}

/** A share in each group, and of all. */
interface Panel {
	title: string;
	all: number | null;
	marks: Mark[];
}

/** A question by group: a small plot for each share, all on one scale, the line of all in each. @returns null where no group is shown */
export function panelPlot(question: QuestionResult): string | null {
	const panels = panelsOf(question).filter(({ marks }) => marks.length > 1);
	if (panels.length === 0) return null;
	let y = 0;
	const drawn = panels.map((panel) => {
		const title = textLines(panel.title, y, ' font-weight="600"');
		const top = y + title.height + 6;
		y = top + panel.marks.length * HEIGHT + GAP;
		return title.svg + draw(panel, top);
	});
	return frame(y, `${question.label}: shares in each group`, drawn.join(''));
}

function panelsOf({ type, rows, options, label }: QuestionResult): Panel[] {
	const steps = options.filter((option) => option !== NO_ANSWER);
	if (type === 'matrix' || type === 'scale') {
		const upper = steps.slice(upperFrom(steps.length)).join(' + ');
		const title = (row: CountedRow) => (type === 'matrix' ? row.label : upper);
		return rows.map((row) => panel(title(row), row, (all) => highOf(all, steps.length)?.chosen));
	}
	if (type === 'multiple') return rows.map((row) => panel(row.label, row, (all) => chosenOf(all)?.count));
	const [row] = rows;
	if (!row || rows.length > 1) return [];
	// The columns of a table by group can be coarser than those of all.
	const parts = row.groups[0]?.distribution.parts ?? [];
	return parts.map((part) => {
		const same = ({ parts: others }: Distribution) =>
			others.find(({ places }) => places.join() === part.places.join())?.count;
		return panel(
			part.labels.length > 3 ? `${part.labels.length} others together` : partLabel(part) || label,
			row,
			same
		);
	});
}

function panel(title: string, { all, groups }: CountedRow, chosenOf: (of: Distribution) => number | undefined): Panel {
	const chosen = all && chosenOf(all);
	return {
		title,
		all: all && chosen !== null && chosen !== undefined ? chosen / all.n : null,
		marks: groups.flatMap(({ label, distribution }) => {
			const here = chosenOf(distribution);
			return here === undefined ? [] : [{ label, chosen: here, n: distribution.n }];
		})
	};
}

function draw({ all, marks }: Panel, top: number): string {
	const room = WIDTH - LEFT - RIGHT;
	const x = (share: number) => round(LEFT + share * room);
	const bottom = top + marks.length * HEIGHT;
	const edges = [0, 0.5, 1].map(
		(share) => `<path d="M${x(share)} ${top}V${bottom}" stroke="currentColor" stroke-opacity="0.2"/>`
	);
	const line =
		all === null
			? ''
			: `<path d="M${x(all)} ${top}V${bottom}" stroke="currentColor" stroke-width="1.5" stroke-dasharray="4 3"/>`;
	const rows = marks.map(({ label, chosen, n }, at) => {
		const y = top + at * HEIGHT + HEIGHT / 2;
		const { low, high } = wilson(chosen, n);
		return `<text x="0" y="${y + 4}" font-size="11.5">${escape(short(label, 24))}</text><path d="M${x(low)} ${y}H${x(high)}" stroke="currentColor" stroke-width="1.5"/><circle cx="${x(chosen / n)}" cy="${y}" r="4.5" fill="${ACCENT}"/><text x="${WIDTH}" y="${y + 4}" text-anchor="end" font-weight="600">${percent(chosen / n)}</text>`;
	});
	return [...edges, line, ...rows].join('');
}
