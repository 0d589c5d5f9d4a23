import { anOption, aPlan, inDays, path, statement } from '#src/testing/needs.ts';
import { forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { World } from '../world.ts';

const estimate = { ...path, moneyMonth: 0, about: '' };
/** A form sends a box that is ticked as `on`, and numbers as texts. */
const fields = Object.fromEntries(
	Object.entries({ ...estimate, quick: 'on', chosen: 'on' }).map(([name, value]) => [name, String(value)])
);
const edit = { ...statement, tags: '', note: '' };
const costs = { people: 12, timesMonth: 60, minutesEach: 30, hourCost: 40, currency: 'EUR', version: 2 };
const found = { answer: 'no', shows: '' };
const conclusion = { decision: 'leave', summary: 'It is gone.' };
const onPath = (body?: Row['body']): Row => ({
	may: settlers,
	path: ({ shared }) => `/api/v1/needs/${shared.needs}/paths/${shared.needPath}`,
	body
});
const onEditor: Row = {
	may: settlers,
	path: ({ shared, colleague }) => `/api/v1/needs/${shared.needs}/editors/${colleague}`
};
const step = { title: 'Put the printer up', byOn: inDays(3) };
const review = { value: 9, verdict: 'cannot_tell', says: 'It has peaks.' };
const onStep = (rest: string, body?: Row['body']): Row => ({
	may: settlers,
	path: ({ shared }) => `/api/v1/needs/${shared.needs}/steps/${shared.needStep}${rest}`,
	body
});
const analysis = (more: (world: World) => Record<string, unknown>): Row => ({ may: settlers, body: more });

/** Problems at work: who reads the space reads them; who stated one works it out, with those asked along and the stewards. */
export const needs: Rows = {
	...forAll(signedIn, 'GET /needs', 'GET /needs/new', 'GET /api/v1/needs'),
	...forAll(members, 'GET /needs/[id]', 'GET /api/v1/needs/{id}'),
	...forAll(members, 'GET /needs/[id]/pulse', 'GET /api/v1/needs/{id}/pulse'),
	...forAll(settlers, 'GET /needs/[id]/edit', 'GET /needs/[id]/analysis', 'GET /api/v1/needs/{id}/analysis'),
	'POST /needs/new': { may: members, body: ({ spaceId }) => ({ ...statement, spaceId }) },
	'POST /api/v1/needs': { may: members, body: ({ spaceId }) => ({ ...statement, spaceId }) },
	...onItem('/needs/[id]', ({ shared }) => shared.needs),
	'POST /needs/[id]/edit': analysis(() => ({ ...edit, version: '1' })),
	'PUT /api/v1/needs/{id}': analysis(() => ({ ...statement, version: 1 })),
	'POST /needs/[id]/analysis?/costs': analysis(() => costs),
	'PUT /api/v1/needs/{id}/costs': analysis(() => costs),
	'POST /needs/[id]/analysis?/cause': analysis(() => ({ ...found, cause: 'tools', version: '1' })),
	'PUT /api/v1/needs/{id}/causes/{cause}': {
		may: settlers,
		path: ({ shared }) => `/api/v1/needs/${shared.needs}/causes/tools`,
		body: () => ({ ...found, version: 1 })
	},
	'POST /needs/[id]/analysis?/newPath': analysis(() => fields),
	'POST /api/v1/needs/{id}/paths': analysis(() => estimate),
	'POST /needs/[id]/analysis?/path': analysis(({ shared }) => ({ ...fields, item: shared.needPath, version: '1' })),
	'PUT /api/v1/needs/{id}/paths/{path}': onPath(() => ({ ...estimate, version: 1 })),
	'POST /needs/[id]/analysis?/removePath': analysis(({ shared }) => ({ item: shared.needPath })),
	'DELETE /api/v1/needs/{id}/paths/{path}': onPath(),
	'POST /needs/[id]/analysis?/addEditor': analysis(({ colleague }) => ({ person: colleague })),
	'PUT /api/v1/needs/{id}/editors/{person}': onEditor,
	'POST /needs/[id]/analysis?/removeEditor': analysis(({ colleague }) => ({ item: colleague })),
	'DELETE /api/v1/needs/{id}/editors/{person}': onEditor,
	'POST /needs/[id]/analysis?/addEvidence': analysis(() => ({ says: 'Five of forty.' })),
	'POST /api/v1/needs/{id}/evidence': analysis(() => ({ says: 'Five of forty.' })),
	'POST /needs/[id]/analysis?/removeEvidence': analysis(({ shared }) => ({ item: shared.needEvidence })),
	'DELETE /api/v1/needs/{id}/evidence/{evidence}': {
		may: settlers,
		path: ({ shared }) => `/api/v1/needs/${shared.needs}/evidence/${shared.needEvidence}`
	},
	// The world has too few people to ask, and nobody is being asked: that is said to those who could.
	'POST /needs/[id]/analysis?/openPulse': analysis(() => ({ closesOn: '2030-03-12' })),
	'PUT /api/v1/needs/{id}/pulse': analysis(() => ({ closesOn: '2030-03-12' })),
	'POST /needs/[id]/analysis?/closePulse': analysis(() => ({})),
	'DELETE /api/v1/needs/{id}/pulse': { may: settlers },
	'POST /needs/[id]/pulse?/answer': { may: members, body: () => ({ tools: 'no' }) },
	'POST /api/v1/needs/{id}/pulse/answers': { may: members, body: () => ({ tools: 'no' }) },
	'POST /needs/[id]/pulse?/decline': { may: members, body: () => ({}) },
	'PUT /api/v1/needs/{id}/pulse/declined': { may: members },
	...forAll(signedIn, 'GET /needs/helped', 'GET /needs/helped/pdf', 'GET /api/v1/what-helped'),
	...forAll(signedIn, 'GET /api/v1/what-helped/pdf'),
	...forAll(signedIn, 'GET /needs/options', 'GET /needs/budget', 'GET /api/v1/options', 'GET /api/v1/budget'),
	'POST /needs/options?/add': { may: signedIn, body: () => ({ ...anOption, causes: 'expectations' }) },
	'POST /api/v1/options': { may: signedIn, body: () => anOption },
	'POST /needs/options?/withdraw': { may: ['asker', 'admin'], body: ({ shared }) => ({ item: shared.options }) },
	'DELETE /api/v1/options/{id}': { may: ['asker', 'admin'], path: ({ shared }) => `/api/v1/options/${shared.options}` },
	...forAll(members, 'GET /needs/[id]/plan', 'GET /api/v1/needs/{id}/plan'),
	'POST /needs/[id]/plan?/plan': analysis(({ people }) => ({ ...aPlan(people.asker.id), version: '1' })),
	'PUT /api/v1/needs/{id}/plan': analysis(({ people }) => ({ ...aPlan(people.asker.id), version: 1 })),
	'POST /needs/[id]/plan?/newStep': analysis(({ people }) => ({ ...step, option: 'fix', ownerId: people.asker.id })),
	'POST /api/v1/needs/{id}/steps': analysis(({ people }) => ({ ...step, option: 'fix', ownerId: people.asker.id })),
	'POST /needs/[id]/plan?/step': analysis(({ shared, people }) => ({
		...step,
		...{ ownerId: people.asker.id, item: shared.needStep, version: '1' }
	})),
	'PUT /api/v1/needs/{id}/steps/{step}': onStep('', ({ people }) => ({
		...step,
		ownerId: people.asker.id,
		version: 1
	})),
	'POST /needs/[id]/plan?/removeStep': analysis(({ shared }) => ({ item: shared.needStep })),
	'DELETE /api/v1/needs/{id}/steps/{step}': onStep(''),
	'POST /needs/[id]/plan?/made': analysis(({ shared, question }) => ({ item: shared.needStep, itemId: question })),
	'PUT /api/v1/needs/{id}/steps/{step}/made': onStep('/made', ({ question }) => ({ itemId: question })),
	'POST /needs/[id]/plan?/done': analysis(({ shared }) => ({ item: shared.needStep })),
	'PUT /api/v1/needs/{id}/steps/{step}/done': onStep('/done'),
	'POST /needs/[id]/plan?/notDone': analysis(({ shared }) => ({ item: shared.needStep })),
	'DELETE /api/v1/needs/{id}/steps/{step}/done': onStep('/done'),
	'POST /needs/[id]/plan?/review': analysis(() => review),
	'POST /api/v1/needs/{id}/reviews': analysis(() => review),
	'POST /needs/[id]/analysis?/conclude': analysis(() => conclusion),
	'POST /api/v1/needs/{id}/conclusions': analysis(() => conclusion)
};
