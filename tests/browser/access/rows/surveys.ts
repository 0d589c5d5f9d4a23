import { everybody, forAll, members, onItem, settlers, signedIn, type Row, type Rows } from '../row.ts';
import type { Role, World } from '../world.ts';
import { surveyQuestions } from '#src/testing/surveys.ts';

const at = (may: readonly Role[], path: (world: World) => string, body?: Row['body']): Row => ({ may, path, body });
const answers = { team: 0, rated: [0, 1] };
const filled = { version: '1', 'a.team': '0', 'a.rated.0': '0', 'a.rated.1': '1' };
const survey = { title: 'The till', questions: surveyQuestions };
const fields = {
	...{ title: 'The till', 'questions.0.label': 'Which till?', 'questions.0.options': 'Left\nRight' },
	...{ version: '1', anonymous: 'on', releaseEvery: '20', minCell: '5' }
};

/** Surveys: who reads the space may answer, who looks after them changes them, and results are for who has answered. */
export const surveys: Rows = {
	...forAll(signedIn, 'GET /surveys', 'GET /surveys/new', 'GET /surveys/import', 'GET /api/v1/surveys'),
	'POST /surveys/import': { may: members, body: ({ spaceId }) => ({ spaceId }) },
	'POST /api/v1/surveys/imports': at(members, ({ spaceId }) => `/api/v1/surveys/imports?spaceId=${spaceId}`),
	...forAll(settlers, 'GET /surveys/[id]/bring', 'POST /surveys/[id]/bring', 'POST /api/v1/surveys/{id}/imports'),
	...forAll(members, 'GET /surveys/[id]', 'GET /api/v1/surveys/{id}'),
	...forAll(members, 'GET /surveys/[id]/answer', 'GET /api/v1/surveys/{id}/sheet'),
	...forAll(settlers, 'GET /surveys/[id]/edit', 'GET /api/v1/surveys/{id}/draft', 'GET /surveys/[id]/translate'),
	...forAll(settlers, 'GET /surveys/[id]/texts', 'GET /api/v1/surveys/{id}/texts'),
	// Nobody of the world has answered it; who may see results is tried beside the command.
	...forAll([], 'GET /surveys/[id]/results', 'GET /api/v1/surveys/{id}/results'),
	...forAll([], 'GET /surveys/[id]/results/csv', 'GET /api/v1/surveys/{id}/results/csv'),
	...forAll([], 'GET /surveys/[id]/results/editions', 'GET /api/v1/surveys/{id}/results/editions'),
	...forAll([], 'GET /surveys/[id]/results/editions/csv', 'GET /api/v1/surveys/{id}/results/editions/csv'),
	...forAll([], 'GET /surveys/[id]/results/file', 'GET /api/v1/surveys/{id}/results/file'),
	// The one of the world is anonymous: who looks after it is told that it has no answers by name.
	...forAll(settlers, 'GET /surveys/[id]/answers', 'GET /api/v1/surveys/{id}/answers'),
	...forAll(settlers, 'GET /surveys/[id]/answers/file', 'GET /api/v1/surveys/{id}/answers/file'),
	'GET /surveys/[id]/results/plots/[question]': at(
		[],
		({ shared }) => `/surveys/${shared.surveys}/results/plots/rated`
	),
	'GET /api/v1/surveys/{id}/results/plots/{question}': at(
		[],
		({ shared }) => `/api/v1/surveys/${shared.surveys}/results/plots/rated`
	),
	'POST /surveys?/workplace': { may: members, body: ({ spaceId }) => ({ spaceId }) },
	'POST /api/v1/surveys/workplace': { may: members, body: ({ spaceId }) => ({ spaceId }) },
	'POST /surveys/new?/save': { may: members, body: ({ spaceId }) => ({ spaceId, ...fields, version: '' }) },
	'POST /surveys/new?/rows': { may: signedIn, body: () => ({ change: 'add:questions:1' }) },
	'POST /surveys/[id]/edit?/rows': { may: signedIn, body: () => ({ change: 'add:questions:1' }) },
	'POST /api/v1/surveys': { may: members, body: ({ spaceId }) => ({ spaceId, ...survey }) },
	'POST /surveys/[id]/edit?/save': { may: settlers, body: () => fields },
	'PUT /api/v1/surveys/{id}': { may: settlers, body: () => ({ ...survey, version: 1 }) },
	...onItem('/surveys/[id]', ({ shared }) => shared.surveys),
	'POST /surveys/[id]?/status': { may: settlers, body: () => ({ status: 'closed' }) },
	'PUT /api/v1/surveys/{id}/status': { may: settlers, body: () => ({ status: 'closed' }) },
	'POST /surveys/[id]?/link': { may: settlers, body: () => ({}) },
	'PUT /api/v1/surveys/{id}/link': { may: settlers, body: () => ({}) },
	'POST /surveys/[id]?/endLink': { may: settlers, body: () => ({}) },
	'DELETE /api/v1/surveys/{id}/link': { may: settlers },
	'POST /surveys/[id]?/edition': { may: settlers, body: () => ({ edition: '2031' }) },
	'POST /api/v1/surveys/{id}/editions': { may: settlers, body: () => ({ edition: '2031' }) },
	'POST /surveys/[id]/answer?/send': { may: members, body: () => filled },
	'POST /surveys/[id]/answer?/keep': { may: members, body: () => filled },
	'POST /api/v1/surveys/{id}/answers': { may: members, body: () => ({ version: 1, answers }) },
	'PUT /api/v1/surveys/{id}/unfinished': { may: members, body: () => ({ answers }) },
	'POST /surveys/[id]/texts': { may: settlers, body: () => ({ question: 'more', text: 'Time.' }) },
	'PUT /api/v1/surveys/{id}/texts': { may: settlers, body: () => ({ question: 'more', text: 'Time.' }) },
	'POST /surveys/[id]/translate': { may: settlers, body: () => ({ language: 'de', 'team.label': 'Welches Team?' }) },
	'PUT /api/v1/surveys/{id}/translations/{language}': at(
		settlers,
		({ shared }) => `/api/v1/surveys/${shared.surveys}/translations/de`,
		() => ({ words: { 'team.label': 'Welches Team?' } })
	),
	'GET /s/[token]': at(everybody, ({ shared }) => `/s/${shared.surveyLink}`),
	'GET /s/[token]/results': at([], ({ shared }) => `/s/${shared.surveyLink}/results`),
	'POST /s/[token]?/keep': at(
		everybody,
		({ shared }) => `/s/${shared.surveyLink}?/keep`,
		() => filled
	),
	'POST /s/[token]?/send': at(
		everybody,
		({ shared }) => `/s/${shared.surveyLink}?/send`,
		() => ({ ...filled, submission: '3f0e6f2a-9a53-4c2e-8a64-0d9d5f6b8c11' })
	)
};
