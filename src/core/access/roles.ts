/** What people may look after in the organisation, beyond being a member of it. */
export const orgRoles = ['admin', 'community_manager', 'learning_adviser', 'people_manager'] as const;
export type OrgRole = (typeof orgRoles)[number];
