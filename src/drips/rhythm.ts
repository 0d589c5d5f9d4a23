/** When tips come: on every so many of the days; no days named: of the working days. */
export interface Rhythm {
	/** ISO days, Monday is 1. */
	days: number[];
	every: number;
}

/** How somebody follows a series. */
export interface Coming extends Rhythm {
	/** Minutes after midnight in their time zone; null: when their work begins. */
	minute: number | null;
	byMail: boolean;
	byFeed: boolean;
	byChat: boolean;
	/** ISO 8601; null where nothing is paused. */
	pausedUntil: string | null;
	/** When the next comes, ISO 8601; null once they have got all there is. */
	nextAt: string | null;
}

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** "on Monday and Thursday", "every 2 working days". */
export function rhythmInWords({ days, every }: Rhythm): string {
	if (days.length > 0) {
		const names = days.map((day) => dayNames[day - 1]!);
		return `on ${[names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')}`;
	}
	return every === 1 ? 'every working day' : `every ${every} working days`;
}

/** Working days between two tips, from often to seldom: a day, two, a week, a fortnight, a month. */
const STEPS = [1, 2, 5, 10, 20];
const WEEK = 5;
const gapOf = ({ days, every }: Rhythm) => (days.length > 0 ? WEEK / days.length : every);
const step = (every: number | undefined): Rhythm | null => (every ? { days: [], every } : null);

/** The next slower rhythm; null for the slowest. */
export const slower = (rhythm: Rhythm) => step(STEPS.find((every) => every > gapOf(rhythm)));

/** The next faster rhythm; null for the fastest. */
export const faster = (rhythm: Rhythm) => step(STEPS.findLast((every) => every < gapOf(rhythm)));

/** "08:30". */
export const timeOf = (minute: number) =>
	`${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
