import type { ItemView } from '#src/core/items/post.ts';

export const results = ['worked', 'partly', 'did_not_work'] as const;
export type StoryResult = (typeof results)[number];

/** The four parts of a story, each a short Markdown text. */
export const parts = ['situation', 'tried', 'happened', 'again'] as const;
export type Part = (typeof parts)[number];

/** A story as it is read: its text is the item's. */
export interface StoryView extends ItemView {
	result: StoryResult;
}

/** What the form to change a story begins with. */
export interface StoryToEdit extends Record<Part, string> {
	id: string;
	spaceId: string;
	title: string;
	tags: string[];
	version: number;
	result: StoryResult;
}

/** How each part is asked for, and what stands above it on the page. */
export const partTexts: Record<Part, { label: string; hint: string }> = {
	situation: { label: 'The situation', hint: 'Who was there, what was at stake. Enough to know a similar case.' },
	tried: { label: 'What we tried', hint: 'In the order you did it.' },
	happened: { label: 'What happened', hint: 'The good and the bad. Figures, if there are any.' },
	again: { label: 'What we would do again', hint: 'And what not.' }
};

export const resultTexts: Record<StoryResult, { label: string; hint: string; kind: 'good' | 'warn' | 'plain' }> = {
	worked: { label: 'It worked', hint: 'Worth doing again.', kind: 'good' },
	partly: { label: 'It partly worked', hint: 'Some of it.', kind: 'plain' },
	did_not_work: { label: 'It did not work', hint: 'These save colleagues the most.', kind: 'warn' }
};
