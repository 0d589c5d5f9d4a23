import { FIRST_DAYS, READER_DAYS, type Readers, type ReplyTimes, type SolvedPage } from './insight.ts';

const many = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** "3 hours", "2 days": of the clock, not of work. */
export function duration(minutes: number): string {
	if (minutes < 90) return many(Math.max(1, Math.round(minutes)), 'minute');
	if (minutes < 36 * 60) return many(Math.round(minutes / 60), 'hour');
	return many(Math.round(minutes / 1440), 'day');
}

/** "2 working days", "more than 40 working days". @param dayMinutes how long the reader's working day is */
export function workingAge(workMinutes: number, dayMinutes: number): string {
	const days = Math.floor(workMinutes / dayMinutes);
	if (days >= 40) return 'more than 40 working days';
	if (days >= 1) return many(days, 'working day');
	const hours = Math.floor(workMinutes / 60);
	return hours >= 1 ? many(hours, 'working hour') : 'less than a working hour';
}

/** How soon newcomers got a first reply, as a sentence. */
export function repliesInWords({ people, p50Minutes, p90Minutes }: ReplyTimes): string {
	if (people === null)
		return `Too few newcomers wrote something in the last ${FIRST_DAYS} days to say how soon they got a reply.`;
	const of = `Of ${people} newcomers who wrote something in the last ${FIRST_DAYS} days,`;
	if (p50Minutes === null) return `${of} fewer than half got a reply so far.`;
	const most = p90Minutes === null ? '' : `, nine of ten within ${duration(p90Minutes)}`;
	return `${of} half got their first reply within ${duration(p50Minutes)}${most}.`;
}

/** How many others ever answered about a topic, as a sentence. */
export function othersInWords(others: number): string {
	if (others === 0) return 'Nobody else has answered about it here.';
	return `${others === 1 ? 'One other has' : `${others} others have`} ever answered about it here.`;
}

/** "3 hours 20 minutes". */
function saved(minutes: number): string {
	const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
	if (hours === 0) return many(rest, 'minute');
	return rest === 0 ? many(hours, 'hour') : `${many(hours, 'hour')} ${many(rest, 'minute')}`;
}

/** What reading alone did for people, as a sentence. */
export function quietInWords(quiet: Readers['quiet']): string {
	if (!quiet)
		return `Fewer than five people who only read here said in the last ${READER_DAYS} days that something helped them.`;
	const time = quiet.minutes === null ? '' : ` and saved them ${saved(quiet.minutes)}, as they say`;
	return `${quiet.people} people who only read here say that something helped them in the last ${READER_DAYS} days${time}.`;
}

/** The same of one page: "helped 7 people, 2 hours saved". */
export const solvedInWords = ({ people, minutes }: Pick<SolvedPage, 'people' | 'minutes'>): string =>
	`helped ${people} people who wrote nothing${minutes === null ? '' : `, ${saved(minutes)} saved`}`;
