/** A space's time to a useful answer over the last 90 days. */
export interface AnswerTimes {
	questions: number;
	/** Those that got a useful answer. */
	answered: number;
	/** Minutes within which half, or nine of ten, got one; null where too many still wait. */
	p50Minutes: number | null;
	p90Minutes: number | null;
}

/** The promise in a sentence; undefined where there is too little to say. */
export function promise({ questions, p50Minutes, p90Minutes }: AnswerTimes): string | undefined {
	if (questions < 5) return undefined;
	if (p50Minutes === null) return 'Fewer than half of the questions here got a useful answer so far.';
	const most = p90Minutes === null ? '' : `, nine of ten within ${duration(p90Minutes)}`;
	return `Half of the questions here get a useful answer within ${duration(p50Minutes)}${most}.`;
}

function duration(minutes: number): string {
	if (minutes < 90) return many(Math.max(1, Math.round(minutes)), 'minute');
	if (minutes < 36 * 60) return many(Math.round(minutes / 60), 'hour');
	return many(Math.round(minutes / 1440), 'day');
}

const many = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
