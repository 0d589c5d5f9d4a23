/** What was not taken over, or not as it stands: where, and why. */
export interface Problem {
	line: number;
	/** What it is about: `post 123`. */
	what?: string;
	reason: string;
}

/** The lines kept of each reason; the rest is only counted, so memory stays bounded. */
const KEPT = 20;

/** What the report says of one file. Plain data: it is stored with the checkpoint. */
export interface FileReport {
	read: number;
	written: number;
	/** Imported by an earlier run. */
	present: number;
	/** Left out on purpose: what Trellis has no use for, by reason. */
	unneeded: Record<string, number>;
	/** Left out because of what it is, by reason. */
	skipped: Record<string, { count: number; first: Problem[] }>;
	/** Taken over with a change, by reason. */
	changed: Record<string, { count: number; first: Problem[] }>;
}

export const emptyReport = (): FileReport => ({
	...{ read: 0, written: 0, present: 0, unneeded: {}, skipped: {}, changed: {} }
});

export function skip(report: FileReport, problem: Problem): void {
	add(report.skipped, problem);
}

export function change(report: FileReport, problem: Problem): void {
	add(report.changed, problem);
}

export function leaveOut(report: FileReport, reason: string, count = 1): void {
	report.unneeded[reason] = (report.unneeded[reason] ?? 0) + count;
}

function add(list: FileReport['skipped'], problem: Problem): void {
	const entry = (list[problem.reason] ??= { count: 0, first: [] });
	entry.count += 1;
	if (entry.first.length < KEPT) entry.first.push(problem);
}

const total = (list: Record<string, { count: number }>) =>
	Object.values(list).reduce((sum, { count }) => sum + count, 0);
export const skippedCount = (report: FileReport): number => total(report.skipped);

/** The report of a file as lines of text. */
export function reportLines(file: string, report: FileReport): string[] {
	const { read, written, present, unneeded, skipped, changed } = report;
	const number = (value: number) => value.toLocaleString('en');
	const counts = [`${number(read)} read`, `${number(written)} written`];
	if (present) counts.push(`${number(present)} already here`);
	if (total(skipped)) counts.push(`${number(total(skipped))} skipped`);
	return [
		`${file}: ${counts.join(', ')}`,
		...Object.entries(unneeded).map(([reason, count]) => `  ${number(count)} not needed: ${reason}`),
		...reasonLines('skipped', skipped),
		...reasonLines('changed', changed)
	];
}

function reasonLines(word: string, list: FileReport['skipped']): string[] {
	return Object.entries(list).flatMap(([reason, { count, first }]) => {
		const places = first
			.map(({ line, what }) => [line ? `line ${line}` : '', what].filter(Boolean).join(' '))
			.filter(Boolean);
		const more = count > first.length ? ', and more' : '';
		return [
			`  ${count.toLocaleString('en')} ${word}: ${reason}`,
			...(places.length ? [`    ${places.join(', ')}${more}`] : [])
		];
	});
}

/** Adds what a batch tells to what its file tells. */
export function mergeReport(into: FileReport, from: FileReport): void {
	into.read += from.read;
	into.written += from.written;
	into.present += from.present;
	for (const [reason, count] of Object.entries(from.unneeded)) leaveOut(into, reason, count);
	for (const key of ['skipped', 'changed'] as const) {
		for (const [reason, { count, first }] of Object.entries(from[key])) {
			const entry = (into[key][reason] ??= { count: 0, first: [] });
			entry.count += count;
			entry.first.push(...first.slice(0, KEPT - entry.first.length));
		}
	}
}
