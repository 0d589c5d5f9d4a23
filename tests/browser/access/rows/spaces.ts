import { admins, forAll, members, outside, signedIn, type Rows } from '../row.ts';
import type { World } from '../world.ts';

const settings = { name: 'Tills', purpose: '', access: 'closed' };
const applicant = ({ applicant }: World) => ({ personId: applicant });

/** Spaces, people, and who looks after both. The space of the world is closed: found, not read. */
export const spaces: Rows = {
	...forAll(
		signedIn,
		'GET /library',
		'GET /spaces',
		'GET /spaces/new',
		'GET /spaces/[slug]',
		'GET /people',
		'GET /people/[id]'
	),
	...forAll(members, 'GET /spaces/[slug]/members'),
	...forAll(['steward'], 'GET /spaces/[slug]/settings', 'GET /spaces/[slug]/import', 'GET /api/v1/spaces/{id}/imports'),
	// It takes a ZIP that was uploaded before; who may is tried beside the command.
	'POST /spaces/[slug]/import': { may: ['steward'], body: ({ file }) => ({ kind: 'folder', fileId: file }) },
	'GET /api/v1/imports/{id}': { may: ['asker', 'steward'] },
	'POST /api/v1/spaces/{id}/imports': { may: ['steward'], body: ({ file }) => ({ kind: 'folder', fileId: file }) },
	...forAll(['steward', 'admin'], 'GET /admin/searches'),
	...forAll(admins, 'GET /admin/people', 'GET /admin/organisation', 'GET /admin/mail'),
	...forAll(admins, 'GET /api/v1/organisation/mail', 'GET /api/v1/organisation/mail/trouble'),
	'POST /admin/mail?/resume': { may: admins, body: () => ({ address: 'nobody@example.org' }) },
	'POST /api/v1/organisation/mail/resumptions': { may: admins, body: () => ({ address: 'nobody@example.org' }) },

	// Nobody follows themselves; that is a refusal, not a matter of roles.
	'POST /people/[id]?/follow': { may: signedIn },
	'POST /people/[id]?/unfollow': { may: signedIn },
	'POST /spaces/new': { may: signedIn, body: () => ({ ...settings, kind: 'team' }) },
	// Who is in already loses nothing; nobody else walks into a closed space, but may ask to be let in.
	'POST /spaces/[slug]?/join': { may: members },
	'POST /spaces/[slug]?/request': { may: outside },
	'POST /spaces/[slug]?/withdraw': { may: signedIn },
	'POST /spaces/[slug]?/leave': { may: members },
	'POST /spaces/[slug]/settings?/save': { may: ['steward'], body: () => settings },
	'POST /spaces/[slug]/settings?/promise': { may: ['steward'], body: () => ({ share: '50', hours: '4' }) },
	'POST /spaces/[slug]/settings?/takeBack': { may: ['steward'] },
	'POST /spaces/[slug]/settings?/archive': { may: ['steward'], body: () => ({ archived: 'true' }) },
	'POST /spaces/[slug]/members?/answer': {
		may: ['steward'],
		body: (world) => ({ ...applicant(world), approve: 'true' })
	},
	'POST /spaces/[slug]/members?/add': { may: ['steward'], body: applicant },
	'POST /spaces/[slug]/members?/role': {
		may: ['steward'],
		body: ({ colleague }) => ({ personId: colleague, role: 'steward' })
	},
	'POST /spaces/[slug]/members?/remove': { may: ['steward'], body: ({ colleague }) => ({ personId: colleague }) },

	'POST /spaces/[slug]/members?/invite': { may: ['steward'], body: () => ({ maxUses: '1', days: '1' }) },
	'POST /spaces/[slug]/members?/revoke': { may: admins, body: ({ invitation }) => ({ id: invitation }) },

	'POST /admin/organisation': { may: admins, body: () => ({ name: 'Vine', openDomains: '' }) },
	'POST /admin/people?/invite': { may: admins, body: () => ({ maxUses: '1', days: '1' }) },
	'POST /admin/people?/revoke': { may: admins, body: ({ invitation }) => ({ id: invitation }) },
	'POST /admin/people?/roles': { may: admins, body: ({ colleague }) => ({ personId: colleague, roles: '' }) },
	'POST /admin/people?/deactivate': { may: admins, body: ({ colleague }) => ({ personId: colleague }) },
	'POST /admin/people?/reactivate': { may: admins, body: ({ colleague }) => ({ personId: colleague }) },

	'GET /api/v1/me/profile': { may: signedIn },
	'GET /api/v1/invitations': { may: admins },
	'POST /api/v1/invitations': { may: admins, body: () => ({ maxUses: 1, days: 1 }) },
	'DELETE /api/v1/invitations/{id}': { may: admins, path: ({ invitation }) => `/api/v1/invitations/${invitation}` }
};
