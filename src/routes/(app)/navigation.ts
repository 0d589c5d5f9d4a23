import type { IconName } from '#src/ui/Icon.svelte';
import type { OrgRole } from '#src/core/access/roles.ts';

export interface Place {
	href: string;
	label: string;
	icon: IconName;
	/** Only for those who have one of these roles. */
	roles?: readonly OrgRole[];
}

/** Where everything lives; a new room adds its line here. */
export const places: readonly Place[] = [
	{ href: '/', label: 'Home', icon: 'home' },
	{ href: '/questions', label: 'Ask', icon: 'ask' },
	{ href: '/spaces', label: 'Spaces', icon: 'spaces' },
	{ href: '/library', label: 'Library', icon: 'library' },
	{ href: '/checks', label: 'Checks', icon: 'checks' },
	{ href: '/feeds', label: 'Feeds', icon: 'feeds' },
	{ href: '/people', label: 'People', icon: 'people' }
];

/** For those who look after others. */
export const supportPlaces: readonly Place[] = [
	{ href: '/needs', label: 'Needs', icon: 'flag' },
	{ href: '/surveys', label: 'Surveys', icon: 'survey' },
	{ href: '/admin/people', label: 'Admin', icon: 'admin', roles: ['admin', 'community_manager'] }
];

/** Whether an address lies in a place. */
export const isIn = (path: string, { href }: Place) =>
	href === '/' ? path === '/' : path.startsWith(`/${href.split('/')[1]}`);
