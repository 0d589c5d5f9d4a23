import type { IconName } from '#src/ui/Icon.svelte';

/** What a kind of item is called and where it is read. */
export interface ItemKind {
	kind: string;
	/** "Question", "Questions". */
	label: string;
	plural: string;
	icon: IconName;
	/** The first part of its address: `/questions/…`. */
	place: string;
	/** "Write a page": what its form at `/pages/new` is called, once there is one. */
	add?: string;
	/** What a match of it weighs against others in search: 1 unless given. */
	weight?: number;
}

/** Kinds with a page of their own; a capability that adds one adds its line here. */
export const itemKinds: readonly ItemKind[] = [
	{ kind: 'question', label: 'Question', plural: 'Questions', icon: 'ask', place: 'questions', add: 'Ask a question' },
	{ kind: 'page', label: 'Page', plural: 'Pages', icon: 'page', place: 'pages', add: 'Write a page' },
	{ kind: 'resource', label: 'Resource', plural: 'Resources', icon: 'file', place: 'resources', add: 'Share a file' },
	{ kind: 'link', label: 'Link', plural: 'Links', icon: 'link', place: 'links', add: 'Share a link' },
	{ kind: 'aid', label: 'Job aid', plural: 'Job aids', icon: 'aid', place: 'aids', add: 'Write a job aid' },
	{ kind: 'story', label: 'Story', plural: 'Stories', icon: 'story', place: 'stories', add: 'Tell what happened' },
	{
		kind: 'request',
		label: 'Request',
		plural: 'Requests',
		icon: 'comment',
		place: 'requests',
		add: 'Ask who can show it'
	},
	{ kind: 'check', label: 'Check', plural: 'Checks', icon: 'check', place: 'checks', add: 'Write a check' },
	{ kind: 'faq', label: 'FAQ', plural: 'FAQs', icon: 'faq', place: 'faqs', add: 'Make an FAQ' },
	{
		kind: 'collection',
		label: 'Collection',
		plural: 'Collections',
		icon: 'library',
		place: 'collections',
		add: 'Make a collection'
	},
	{ kind: 'survey', label: 'Survey', plural: 'Surveys', icon: 'survey', place: 'surveys', add: 'Write a survey' },
	{ kind: 'need', label: 'Problem', plural: 'Problems', icon: 'flag', place: 'needs', add: 'State a problem' },
	{
		kind: 'activity',
		label: 'Activity',
		plural: 'Activities',
		icon: 'clock',
		place: 'activities',
		add: 'Plan an activity'
	},
	{ kind: 'ranking', label: 'Ranking', plural: 'Rankings', icon: 'ranking', place: 'rankings', add: 'Begin a ranking' },
	{ kind: 'figure', label: 'Figure', plural: 'Figures', icon: 'survey', place: 'figures', add: 'Add a figure' },
	{
		kind: 'rollout',
		label: 'Roll-out',
		plural: 'Roll-outs',
		icon: 'survey',
		place: 'rollouts',
		add: 'Plan a roll-out'
	},
	{ kind: 'tool', label: 'Guide entry', plural: 'Guide entries', icon: 'page', place: 'tools' },
	{ kind: 'prompt', label: 'Prompt', plural: 'Prompts', icon: 'comment', place: 'prompts', add: 'Ask all in a space' },
	{ kind: 'reading_list', label: 'Reading list', plural: 'Reading lists', icon: 'story', place: 'lists' },
	{
		kind: 'drip',
		label: 'Series of tips',
		plural: 'Series of tips',
		icon: 'clock',
		place: 'drips',
		add: 'Write a series of tips'
	}
];

/** What the library holds: all that is kept to be found again, beside questions and problems. */
export const libraryKinds = itemKinds.filter(({ kind }) => kind !== 'question' && kind !== 'need');

const byKind = new Map(itemKinds.map((one) => [one.kind, one]));
export const itemKind = (kind: string): ItemKind | undefined => byKind.get(kind);
