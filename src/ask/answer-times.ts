/** How long the questions of some 90 days waited, as it stood at their end. */
export interface Waits {
	questions: number;
	/** Those that got a useful answer. */
	answered: number;
	/** Minutes by the clock within which half, or nine of ten, got one; null where too many still wait. */
	p50Minutes: number | null;
	p90Minutes: number | null;
	/** The same in working time of whoever asked. */
	workP50Minutes: number | null;
	workP90Minutes: number | null;
}

/** What the stewards promise, and what became of it in the last 90 days. */
export interface Promised {
	/** Of a hundred questions: half of them, or nine of ten. */
	share: 50 | 90;
	/** Working hours of whoever asked. */
	hours: number;
	/** Questions with a useful answer in time. */
	kept: number;
	/** Those without. */
	late: number;
	/** Those whose time is not over yet; they count neither way. */
	open: number;
}

/** A space's time to a useful answer over the last 90 days, over the 90 before, and what is promised. */
export interface AnswerTimes extends Waits {
	before: Waits;
	promised: Promised | null;
}

/** What is said of a space: undefined where there is too little to say. */
export interface AnswerWords {
	times: string | undefined;
	trend: string | undefined;
	promise: string | undefined;
	/** Whether the promise held; undefined while it is too early to say. */
	held: boolean | undefined;
}

/** Fewer say nothing. */
const ENOUGH = 5;
/** A change by less than this is none. */
const CLEAR = 1.25;
/** Minutes of a working day, to tell longer times by. */
const DAY = 480;

/** @example answersInWords(times).times // "Half of the questions here get a useful answer within 4 working hours." */
export function answersInWords(times: AnswerTimes): AnswerWords {
	const { promised } = times;
	return {
		...{ times: timesInWords(times), trend: trendInWords(times) },
		promise: promised ? promiseInWords(promised) : undefined,
		held: promised ? hasHeld(promised) : undefined
	};
}

/** The times in a sentence; undefined where there is too little to say. */
export function timesInWords({ questions, workP50Minutes, workP90Minutes }: Waits): string | undefined {
	if (questions < ENOUGH) return undefined;
	if (workP50Minutes === null) return 'Fewer than half of the questions here got a useful answer so far.';
	const most = workP90Minutes === null ? '' : `, nine of ten within ${worked(workP90Minutes)}`;
	return `Half of the questions here get a useful answer within ${worked(workP50Minutes)}${most}.`;
}

/** The same in a few words, for a list of spaces. */
export const halfInWords = ({ questions, workP50Minutes }: Waits): string | undefined =>
	questions < ENOUGH || workP50Minutes === null ? undefined : `half answered within ${worked(workP50Minutes)}`;

/** This quarter beside the one before. */
function trendInWords({ before, ...now }: AnswerTimes): string | undefined {
	if (now.questions < ENOUGH || before.questions < ENOUGH) return undefined;
	const [is, was] = [now.workP50Minutes ?? Infinity, before.workP50Minutes ?? Infinity];
	if (is === was && is === Infinity) return undefined;
	const then = was === Infinity ? 'fewer than half got one in time then' : `half within ${worked(was)} then`;
	if (is * CLEAR < was) return `Faster than in the 90 days before: ${then}.`;
	if (was * CLEAR < is) return `Slower than in the 90 days before: ${then}.`;
	return 'About as fast as in the 90 days before.';
}

/** The time by the clock, for who wonders what working time leaves out. */
export const clockInWords = ({ p50Minutes }: Waits): string | undefined =>
	p50Minutes === null ? undefined : `By the clock, nights and weekends included, half within ${duration(p50Minutes)}.`;

/** @example promiseInWords({ share: 50, hours: 4, kept: 14, late: 6, open: 1 }) // "Promised: half within 4 working hours. It held: …" */
export function promiseInWords(promised: Promised): string {
	const { kept, late } = promised;
	const said = `Promised: ${promised.share === 50 ? 'half' : 'nine of ten'} within ${many(promised.hours, 'working hour')}.`;
	const held = hasHeld(promised);
	if (held === undefined) return `${said} Too few questions so far to say whether it holds.`;
	return `${said} ${held ? 'It held' : 'It did not hold'}: ${kept} of ${kept + late} questions in the last 90 days.`;
}

function hasHeld({ share, kept, late }: Promised): boolean | undefined {
	return kept + late < ENOUGH ? undefined : kept * 100 >= share * (kept + late);
}

/** Working minutes: hours up to two days of eight hours, then days. */
export function worked(minutes: number): string {
	if (minutes < 90) return many(Math.max(1, Math.round(minutes)), 'working minute');
	if (minutes < 2 * DAY) return many(Math.round(minutes / 60), 'working hour');
	return many(Math.round(minutes / DAY), 'working day');
}

function duration(minutes: number): string {
	if (minutes < 90) return many(Math.max(1, Math.round(minutes)), 'minute');
	if (minutes < 36 * 60) return many(Math.round(minutes / 60), 'hour');
	return many(Math.round(minutes / 1440), 'day');
}

const many = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;
