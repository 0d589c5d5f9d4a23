import { isWorking, nextWorkingMoment, workingMinutesBetween, type WorkingHours } from '#src/core/people/hours.ts';

/** So many people who work the same hours. */
export interface Rhythm extends WorkingHours {
	people: number;
}

/** The working hours that those told last get before the next are told: after 4, 8 and 16 in all. */
const WAITS = [4, 4, 8] as const;

export const LAST_STEP = WAITS.length;

/** How soon to look again at most. */
const PAUSE = 15 * 60_000;

/**
 * When an unanswered question is to be looked at next; not later than `now`: it climbs now.
 * Those told last have had their chance once half of them have worked long enough, and the
 * next are told when one of them is at work.
 * @param step how far it has climbed
 * @param since when those told last were told
 */
export function nextLook(step: number, since: Date, told: Rhythm[], next: Rhythm[], now: Date): Date {
	const missing = (WAITS[step] ?? Infinity) * 60 - chance(told, since, now);
	if (told.length > 0 && missing > 0) return new Date(now.getTime() + Math.max(missing * 60_000, PAUSE));
	if (next.length === 0 || next.some((rhythm) => isWorking(rhythm, now))) return now;
	return new Date(Math.min(...next.map((rhythm) => nextWorkingMoment(rhythm, now).getTime())));
}

/** The working minutes that at least half of the people have had. */
function chance(rhythms: Rhythm[], since: Date, now: Date): number {
	const half = rhythms.reduce((sum, { people }) => sum + people, 0) / 2;
	const had = rhythms.map((rhythm) => ({ ...rhythm, minutes: workingMinutesBetween(rhythm, since, now) }));
	let people = 0;
	for (const rhythm of had.sort((a, b) => b.minutes - a.minutes)) {
		people += rhythm.people;
		if (people >= half) return rhythm.minutes;
	}
	return 0;
}
