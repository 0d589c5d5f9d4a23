/** What a problem costs: numbers as far as they are known, money in `currency` (ISO 4217). */
export interface Costs {
	/** How many do the work. */
	people: number | null;
	/** How often it happens in a month, among all of them. */
	timesMonth: number | null;
	minutesEach: number | null;
	hourCost: number | null;
	/** What else is lost in a month. */
	otherMonth: number | null;
	currency: string;
}

/** What a path costs and takes away of the problem. */
export interface PathCosts {
	moneyOnce: number;
	moneyMonth: number;
	hoursMake: number;
	minutesEach: number;
	/** Days until it works. */
	days: number;
	/** How much of the problem it takes away, 1 to 100. */
	share: number;
}

/** What the problem costs in a year; null while too little is known. */
export function yearlyCost({ timesMonth, minutesEach, hourCost, otherMonth }: Costs): number | null {
	const time =
		timesMonth !== null && minutesEach !== null && hourCost !== null
			? (timesMonth * minutesEach * hourCost) / 60
			: null;
	if (time === null && otherMonth === null) return null;
	return 12 * ((time ?? 0) + (otherMonth ?? 0));
}

/** Hours of people's time that a path takes: to make it, and from those who do the work. */
export const hoursOf = (path: PathCosts, { people }: Costs): number =>
	path.hoursMake + (path.minutesEach * (people ?? 1)) / 60;

export interface Worth {
	/** `unknown` while nobody has said what the problem costs; `dear` where leaving it alone is cheaper in the first year. */
	verdict: 'unknown' | 'pays' | 'dear';
	/** Money, with people's time where an hour has a price. */
	once: number;
	firstYear: number;
	/** Saved in the first year, from the day on which it works; null while unknown. */
	saves: number | null;
	/** Months until it has paid for itself; null where it never does. */
	months: number | null;
	hours: number;
}

/** Whether a path is worth it, reckoned over its first year. */
export function worthOf(path: PathCosts, costs: Costs): Worth {
	const hours = hoursOf(path, costs);
	const once = path.moneyOnce + hours * (costs.hourCost ?? 0);
	const firstYear = once + 12 * path.moneyMonth;
	const yearly = yearlyCost(costs);
	if (yearly === null) return { verdict: 'unknown', once, firstYear, saves: null, months: null, hours };
	const year = (yearly * path.share) / 100;
	const saves = (year * Math.max(0, 365 - path.days)) / 365;
	const gain = year / 12 - path.moneyMonth;
	const months = gain > 0 ? once / gain + path.days / (365 / 12) : null;
	return { verdict: saves > firstYear ? 'pays' : 'dear', once, firstYear, saves, months, hours };
}

const number = (value: number) => Math.round(value).toLocaleString('en');
const money = (value: number, currency: string) => `${number(value)} ${currency}`;

/** The verdict as one sentence. */
export function worthInWords(worth: Worth, { currency, hourCost }: Costs): string {
	const cost = `It costs about ${money(worth.firstYear, currency)} in the first year${
		hourCost === null && worth.hours > 0 ? `, and ${number(Math.max(1, worth.hours))} hours of people’s time` : ''
	}`;
	if (worth.saves === null) return `${cost}. Whether that is worth it shows once the problem has a price.`;
	const saving = `saves about ${money(worth.saves, currency)}`;
	if (worth.verdict === 'pays')
		return `${cost} and ${saving}: it has paid for itself after ${monthsInWords(worth.months!)}.`;
	const later =
		worth.months === null ? 'It never pays for itself' : `It pays for itself after ${monthsInWords(worth.months)}`;
	return `${cost} and ${saving}. ${later}; for a year, leaving the problem alone is cheaper.`;
}

function monthsInWords(months: number): string {
	if (months < 1) return 'less than a month';
	const whole = Math.ceil(months);
	return whole === 1 ? 'one month' : `${number(whole)} months`;
}

/** What the problem costs, as one sentence. */
export function costInWords(costs: Costs): string {
	const yearly = yearlyCost(costs);
	if (yearly === null) return 'What it costs is not known yet.';
	return `It costs about ${money(yearly, costs.currency)} a year.`;
}

/** What the recommended paths are reckoned to cost in money in their first year, and to save in a full one. */
export function estimateOf(
	paths: readonly (PathCosts & { chosen: boolean })[],
	yearly: number | null
): { budget: number; saves: number } {
	const chosen = paths.filter((path) => path.chosen);
	const share = Math.min(
		100,
		chosen.reduce((sum, path) => sum + path.share, 0)
	);
	return {
		budget: chosen.reduce((sum, path) => sum + path.moneyOnce + 12 * path.moneyMonth, 0),
		saves: ((yearly ?? 0) * share) / 100
	};
}
