/** Why work does not go as it should. They stand in no order of weight: all six are looked at. */
export const causeNames = ['expectations', 'tools', 'incentives', 'knowledge', 'capacity', 'motives'] as const;
export type CauseName = (typeof causeNames)[number];

export interface Cause {
	name: CauseName;
	label: string;
	/** What to find out, at the place where the work is done. */
	questions: readonly string[];
	/** What often helps within days. */
	quick: string;
}

export const causes: readonly Cause[] = [
	{
		name: 'expectations',
		label: 'Expectations and feedback',
		questions: [
			'Do people know what is expected of them, in plain words?',
			'Have they seen what good looks like?',
			'Do they hear soon, and from their own work, how it went?'
		],
		quick: 'Say in two sentences what is expected, and show the figure to those who do the work each week.'
	},
	{
		name: 'tools',
		label: 'Tools and resources',
		questions: [
			'Do tools, systems and material work where and when the work is done?',
			'Is the information there that it takes, and can it be found within a minute?',
			'Does the way of working itself cause the mistake?'
		],
		quick: 'Mend the tool, or put the missing information where the hands are.'
	},
	{
		name: 'incentives',
		label: 'Incentives and consequences',
		questions: [
			'Does doing it right bring more work, or slow people down against their targets?',
			'Is doing it wrong easier, and nobody notices?',
			'Do targets pull against each other?'
		],
		quick: 'Take away what punishes doing it right.'
	},
	{
		name: 'knowledge',
		label: 'Knowledge and skill',
		questions: [
			'Could they do it if everything depended on it? If so, this is not the cause.',
			'Did they do it well before? How often do they get to do it?',
			'Who does it well, and what do they know that others do not?'
		],
		quick: 'A job aid at the place of work, or ten minutes beside somebody who does it well.'
	},
	{
		name: 'capacity',
		label: 'Capacity',
		questions: [
			'Is there enough time, and are there enough hands when it matters?',
			'Does the work suit those who do it: strength, sight, languages, shifts?'
		],
		quick: 'Move the work to an hour or to hands that have room for it.'
	},
	{
		name: 'motives',
		label: 'Motives',
		questions: [
			'Do people see why it matters, and to whom?',
			'Does it fit what they care about in their work?',
			'Is there anything they are afraid of?'
		],
		quick: 'Let those who bear the consequences tell what the mistake does to them.'
	}
];

export const causeLabel = (name: CauseName): string => causes.find((one) => one.name === name)!.label;

export const causeAnswers = ['yes', 'partly', 'no', 'unknown'] as const;
export type CauseAnswer = (typeof causeAnswers)[number];

export const answerLabels: Record<CauseAnswer, string> = {
	yes: 'Yes, this is a cause',
	partly: 'Partly',
	no: 'No',
	unknown: 'Nobody knows yet'
};
