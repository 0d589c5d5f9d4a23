/** What makes learning part of work; a check that is asked of people has each, or says why it cannot. In no order. */
export const qualities = [
	{ name: 'flow', label: 'In the flow of work', hint: 'It is part of the job, taken where the work is done.' },
	{ name: 'continuous', label: 'Continuous', hint: 'It comes in small pieces over time, not once a year in a block.' },
	{ name: 'immediate', label: 'Immediate', hint: 'Who gets stuck has an answer at once.' },
	{ name: 'social', label: 'Social', hint: 'Colleagues can be asked, and share what they know about it.' },
	{ name: 'autonomous', label: 'Autonomous', hint: 'People choose when, where and in which order.' }
] as const;
export type Quality = (typeof qualities)[number]['name'];
export type Qualities = Record<Quality, { met: boolean; why: string }>;
