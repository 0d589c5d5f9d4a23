import type { QuestionType } from '../question.ts';

/** What a type of question is called, and when it serves. */
export const questionKinds: Record<QuestionType, { label: string; text: string }> = {
	choice: { label: 'Choose', text: 'A case, and what one would do: one answer or several.' },
	order: { label: 'Put in order', text: 'Steps that have to follow each other.' },
	match: { label: 'Match', text: 'What belongs to what.' },
	short: { label: 'Write a few words', text: 'What one says, types or looks up.' },
	numeric: { label: 'Work out a number', text: 'A quantity with its unit.' },
	hotspot: { label: 'Show on a picture', text: 'Where to press, look or stand.' },
	form: { label: 'Fill in a form', text: 'A form as it is filled in at work.' },
	show: { label: 'Do it and show it', text: 'A file or a link that somebody looks at.' }
};

export const stateNames = { draft: 'Draft', ready: 'Ready', retired: 'Retired' } as const;
