import { dayInWords } from '#src/platform/day.ts';

/** What to know of a task at a glance: "By 3 December 2030 · 8 minutes · Rules for lift trucks, section 7". */
export function taskInWords(
	task: {
		state: string;
		isLate: boolean;
		dueOn: string;
		minutes: number;
		reasons: { legalSource: string; analysis: { title: string } | null }[];
	},
	language: string
): string {
	const day = dayInWords(task.dueOn, language);
	const when = task.isLate ? `It was due on ${day}` : `By ${day}`;
	const minutes = `${task.minutes} ${task.minutes === 1 ? 'minute' : 'minutes'}`;
	const sources = new Set(
		task.reasons.map(({ legalSource, analysis }) => legalSource || analysis?.title).filter(Boolean)
	);
	const todo = task.state === 'in_review' ? ['Your answers are being looked at'] : [when, minutes];
	return [...todo, ...sources].join(' · ');
}
