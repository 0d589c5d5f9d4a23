import { anAim } from '#src/testing/plans.ts';
import { forAll, members, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';

/** Who looks after the space of the world. */
const tenders: Role[] = ['steward'];
/** Who shares its area, and who makes areas. */
const sharers: Role[] = ['asker', 'admin'];
const purpose = () => ({ purpose: 'Nobody waits.', version: 1 });
const noPurpose = () => ({ purpose: 'Nobody waits.', version: 0 });
const learnt = () => ({ state: 'met', learnt: 'They ask each other.' });
const ofAim = ({ shared }: World) => ({ item: shared.aims });
const inPlan = (rest: string): Pick<Row, 'path'> => ({
	path: ({ spaceId }) => `/api/v1/community-plans/space/${spaceId}${rest}`
});
const inPractice = (rest: string): Pick<Row, 'path'> => ({
	path: ({ spaceId }) => `/api/v1/spaces/${spaceId}/practice${rest}`
});

/** Where the world has the area, who shares it looks after the space, too. */
const keepersOn = (page: string): Role[] => (page.startsWith('/community') ? settlers : tenders);

/** Plans with aims: readers read them, those who look after the space or share the area write them. */
const plans: Rows = {
	...forAll(members, 'GET /spaces/[slug]/community/plan'),
	...forAll(signedIn, 'GET /community/[id]/plan'),
	'GET /api/v1/community-plans/{kind}/{id}': { may: members, ...inPlan('') },
	'POST /spaces/[slug]/community/plan?/purpose': { may: tenders, body: purpose },
	'PUT /api/v1/community-plans/{kind}/{id}': { may: tenders, ...inPlan(''), body: purpose },
	'POST /spaces/[slug]/community/plan?/add': { may: tenders, body: () => anAim },
	'POST /api/v1/community-plans/{kind}/{id}/aims': { may: tenders, ...inPlan('/aims'), body: () => anAim },
	'POST /community/[id]/plan?/purpose': { may: sharers, body: noPurpose },
	// There is no purpose yet: that is said to those who could write one.
	'POST /community/[id]/plan?/add': { may: sharers, body: () => anAim },
	...Object.fromEntries(
		(['/spaces/[slug]/community/plan', '/community/[id]/plan'] as const).flatMap((page) => [
			[
				`POST ${page}?/change`,
				{ may: keepersOn(page), body: (world: World) => ({ ...anAim, ...ofAim(world), version: '1' }) }
			],
			[`POST ${page}?/remove`, { may: keepersOn(page), body: ofAim }],
			[`POST ${page}?/review`, { may: keepersOn(page), body: (world: World) => ({ ...learnt(), ...ofAim(world) }) }],
			[`POST ${page}?/quiet`, { may: members, body: ofAim }]
		])
	),
	'PUT /api/v1/aims/{id}': { may: tenders, body: () => ({ ...anAim, version: 1 }) },
	'DELETE /api/v1/aims/{id}': { may: tenders },
	'POST /api/v1/aims/{id}/reviews': { may: tenders, body: learnt },
	'PUT /api/v1/aims/{id}/quiet': { may: members }
};

/** Practice: readers see what those who lead chose to show. */
const practice: Rows = {
	...forAll(members, 'GET /spaces/[slug]/community/practice'),
	'GET /api/v1/spaces/{id}/practice': { may: members, ...inPractice('') },
	'POST /spaces/[slug]/community/practice?/show': { may: tenders },
	'PUT /api/v1/spaces/{id}/practice': { may: tenders, ...inPractice('') },
	// Taking back what one never gave changes nothing.
	'POST /spaces/[slug]/community/practice?/hide': { may: signedIn },
	'DELETE /api/v1/spaces/{id}/practice': { may: signedIn, ...inPractice('') },
	'POST /spaces/[slug]/community/practice?/decline': { may: signedIn },
	'DELETE /api/v1/spaces/{id}/practice/invitation': { may: signedIn, ...inPractice('/invitation') },
	'POST /spaces/[slug]/community/practice?/tried': { may: tenders, body: () => ({ text: 'I asked.' }) },
	'POST /api/v1/spaces/{id}/practice/tried': {
		may: tenders,
		...inPractice('/tried'),
		body: () => ({ text: 'I asked.' })
	},
	// An entry is its author's alone.
	'POST /spaces/[slug]/community/practice?/remove': { may: [], body: ({ shared }) => ({ item: shared.tried }) },
	'DELETE /api/v1/practice-tried/{id}': { may: [], path: ({ shared }) => `/api/v1/practice-tried/${shared.tried}` },
	'POST /spaces/[slug]/community/practice?/invite': { may: tenders, body: ({ colleague }) => ({ item: colleague }) },
	'PUT /api/v1/spaces/{id}/practice/invitations/{person}': {
		may: tenders,
		path: ({ spaceId, colleague }) => `/api/v1/spaces/${spaceId}/practice/invitations/${colleague}`
	}
};

export const communityPlans: Rows = { ...plans, ...practice };
