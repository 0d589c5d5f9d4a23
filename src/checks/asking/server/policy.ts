import { hasOrgRole, isAdmin, isMember, isSteward, type InSpace } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';

/** Whom a check is to be asked of; of named people, the spaces they all are in. */
export type Audience =
	| { audience: 'everybody' }
	| { audience: 'space'; spaceId: string; isTeam: boolean }
	| { audience: 'people'; shared: readonly { id: string; isTeam: boolean }[] };

/**
 * Admins ask anybody. Stewards ask the members of their spaces, managers of people those of
 * the teams they belong to; both also some of them by name.
 */
export function canAsk(viewer: Viewer, audience: Audience): boolean {
	if (isAdmin(viewer)) return true;
	if (audience.audience === 'everybody') return false;
	if (audience.audience === 'space') return looksAfter(viewer, audience.spaceId, audience.isTeam);
	return audience.shared.some(({ id, isTeam }) => looksAfter(viewer, id, isTeam));
}

const looksAfter = (viewer: Viewer, spaceId: string, isTeam: boolean) =>
	isSteward(viewer, spaceId) || (isTeam && hasOrgRole(viewer, 'people_manager') && isMember(viewer, spaceId));

/** Who may ask anybody at all: they are shown the form. */
export const canAskSomebody = (viewer: Viewer): boolean =>
	isAdmin(viewer) || hasOrgRole(viewer, 'people_manager') || [...viewer.memberships.values()].includes('steward');

/** Who sees how far people are, gives more time, and ends it: whoever asked, and who looks after those asked. */
export const canOversee = (viewer: Viewer, asking: { askedBy: string; spaceId: string | null }): boolean =>
	isAdmin(viewer) || asking.askedBy === viewer.id || (asking.spaceId !== null && isSteward(viewer, asking.spaceId));

/** The check itself must be within the asker's sight. */
export const canAskAbout = (viewer: Viewer, { spaceId }: InSpace): boolean => viewer.readableSpaces.includes(spaceId);
