/** What a way of learning belongs to: three that people rate high, and training. */
export const wayGroups = {
	training: 'Training',
	professional: 'Professional learning',
	support: 'Performance support',
	team: 'Team collaboration'
} as const;
export type WayGroup = keyof typeof wayGroups;

/** A way to learn at work, and where Trellis offers it; null where it does not. */
export interface Way {
	key: string;
	label: string;
	group: WayGroup;
	offer: { href: string; label: string } | null;
}

const way = (key: string, label: string, group: WayGroup, offer: Way['offer']): Way => ({ key, label, group, offer });

/** The ten ways, in the order and the words in which they are asked. */
export const ways: readonly Way[] = [
	way('training', 'Company training/e-learning', 'training', null),
	way('study', 'Self-directed study of external courses', 'professional', null),
	way('documents', 'Internal company documents', 'support', { href: '/library', label: 'Library' }),
	way('aids', 'Internal job aids', 'support', { href: '/library?kind=aid', label: 'Job aids' }),
	way('team', 'Collaborative working within your team', 'team', { href: '/spaces', label: 'Spaces' }),
	way('talk', 'General conversations and meetings with people', 'team', { href: '/questions', label: 'Questions' }),
	way('networks', 'Personal & professional networks and communities', 'professional', {
		href: '/spaces',
		label: 'Communities'
	}),
	way('feeds', 'External blog and news feeds', 'professional', { href: '/feeds', label: 'Feeds' }),
	way('curated', 'Content curated from external sources', 'professional', { href: '/lists', label: 'Reading lists' }),
	way('web', 'Web search for resources (eg Google)', 'support', { href: '/links', label: 'Links' })
];

/** From the lowest to the highest: no middle, and no "does not apply". */
export const importance = ['Not important', 'Quite important', 'Very important', 'Essential'] as const;
