/** What the head of a space shows, and what the viewer may do there. */
export interface SpaceHeader {
	id: string;
	slug: string;
	name: string;
	purpose: string;
	kind: 'organisation' | 'team' | 'community' | 'interest';
	access: 'open' | 'closed' | 'secret';
	allowAnonymous: boolean;
	archived: boolean;
	members: number;
	stewards: { id: string; name: string }[];
	role: 'member' | 'steward' | null;
	requested: boolean;
	/** How many ask to be let in; for stewards. */
	requests: number;
	canRead: boolean;
	canWrite: boolean;
	canJoin: boolean;
	canRequest: boolean;
	canLeave: boolean;
	canSeeMembers: boolean;
	canAddMembers: boolean;
	canInvite: boolean;
	canManageMembers: boolean;
	canManage: boolean;
}
