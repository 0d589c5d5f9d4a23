/**
 * By whose choice something reaches a person. `self`: they follow it, subscribed, joined, asked, or it is about what
 * they wrote. `person`: a colleague turned to them by name. `organisation`: it is asked of many, by a rule or by who
 * looks after them. `default`: nobody chose it; it comes with belonging or with a role until it is turned off.
 */
export const choosers = ['self', 'person', 'organisation', 'default'] as const;
export type Chooser = (typeof choosers)[number];

/** As a heading says it to the person. */
export const chooserLabels: Record<Chooser, string> = {
	self: 'You chose it',
	person: 'A colleague turned to you',
	organisation: 'It is asked of you',
	default: 'It comes by itself'
};

/** Why, in a sentence. */
export const chooserReasons: Record<Chooser, string> = {
	self: 'You follow it, asked for it, or it is about something you wrote.',
	person: 'Somebody named you.',
	organisation: 'A rule, or who looks after a space, asks it of many.',
	default: 'Nobody chose it for you. It comes with a space or a role until you turn it off.'
};
