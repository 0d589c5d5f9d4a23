import { exampleQuestions } from '#src/testing/checks.ts';
import { forAll, members, onItem, settlers, signedIn, type Rows } from '../row.ts';
import type { World } from '../world.ts';

const facts = { title: 'Taking goods back', minutes: '8', passPercent: '80' };
const draws = { 'objectives.0.title': 'Finds the sale', 'objectives.0.draws': '1' };
const asked = { prompt: 'Who?', 'options.0.text': 'I', 'options.0.right': 'on', 'options.1.text': 'You' };
const { choice } = exampleQuestions();

const question = (more = '') => ({
	path: ({ shared }: World) => `/banks/${shared.banks}/questions/${shared.bankQuestion}${more}`
});
const ofQuestion = (more = '') => ({
	path: ({ shared }: World) => `/api/v1/banks/${shared.banks}/questions/${shared.bankQuestion}${more}`
});
const ofObjective = (more = '') => ({
	path: ({ shared }: World) => `/api/v1/banks/${shared.banks}/objectives/${shared.objective}${more}`
});
const objective = (more: Record<string, string> = {}) => ({
	may: settlers,
	body: ({ shared }: World) => ({ objective: shared.objective, ...more })
});

/** Checks and the banks behind them; the asker of the world wrote both, and only writers see a bank. */
export const banks: Rows = {
	...forAll(signedIn, 'GET /checks/new', 'GET /api/v1/checks', 'GET /api/v1/banks'),
	...forAll(members, 'GET /checks/[id]', 'GET /checks/[id]/content', 'GET /api/v1/checks/{id}'),
	...forAll(settlers, 'GET /checks/[id]/edit'),
	...onItem('/checks/[id]', ({ shared }) => shared.checks),
	'POST /checks/[id]?/signOff': { may: ['steward'], body: ({ shared }) => ({ item: shared.checks, note: 'So.' }) },
	'PUT /api/v1/checks/{id}/sign-off': { may: ['steward'], body: () => ({ note: 'So.' }) },
	...forAll(
		settlers,
		'GET /banks/[id]/statistics',
		'GET /api/v1/banks/{id}/statistics',
		'GET /api/v1/banks/{id}/warnings'
	),
	// Rows of a form are changed for whoever sees it, and nothing is kept.
	'POST /checks/new?/rows': { may: signedIn, body: () => ({ change: 'add:content:1' }) },
	'POST /checks/[id]/edit?/rows': { may: signedIn, body: () => ({ change: 'add:content:1' }) },
	'POST /checks/new?/save': { may: members, body: ({ spaceId }) => ({ ...facts, ...draws, spaceId }) },
	'POST /checks/[id]/edit?/save': { may: settlers, body: () => ({ ...facts, ...draws, version: '1' }) },
	'POST /api/v1/checks': { may: members, body: ({ spaceId }) => ({ ...facts, spaceId }) },
	'PUT /api/v1/checks/{id}': { may: settlers, body: () => ({ ...facts, version: 1 }) },

	...forAll(settlers, 'GET /banks/[id]', 'GET /api/v1/banks/{id}', 'GET /api/v1/banks/{id}/questions'),
	'POST /banks/[id]?/addObjective': { may: settlers, body: () => ({ title: 'Pays back' }) },
	'POST /banks/[id]?/renameObjective': objective({ title: 'Pays back' }),
	'POST /banks/[id]?/moveObjective': objective({ move: 'up' }),
	'POST /banks/[id]?/removeObjective': objective(),
	'POST /banks/[id]?/state': {
		may: settlers,
		body: ({ shared }) => ({ question: shared.bankQuestion, state: 'retired' })
	},
	'POST /api/v1/banks/{id}/objectives': { may: settlers, body: () => ({ title: 'Pays back' }) },
	'PUT /api/v1/banks/{id}/objectives/{objective}': { may: settlers, ...ofObjective(), body: () => ({ title: 'Pays' }) },
	'DELETE /api/v1/banks/{id}/objectives/{objective}': { may: settlers, ...ofObjective() },
	'POST /api/v1/banks/{id}/objectives/{objective}/move': {
		...{ may: settlers, ...ofObjective('/move') },
		body: () => ({ move: 'up' })
	},

	'GET /banks/[id]/questions/new': {
		may: settlers,
		path: ({ shared }) => `/banks/${shared.banks}/questions/new?type=choice`
	},
	'POST /banks/[id]/questions/new?/save': {
		...{ may: settlers, body: () => asked },
		path: ({ shared }) => `/banks/${shared.banks}/questions/new?/save&type=choice`
	},
	'POST /banks/[id]/questions/new?/rows': {
		...{ may: signedIn, body: () => ({ change: 'add:options:3' }) },
		path: ({ shared }) => `/banks/${shared.banks}/questions/new?/rows&type=choice`
	},
	'GET /banks/[id]/questions/[question]': { may: settlers, ...question() },
	'POST /banks/[id]/questions/[question]?/save': {
		...{ may: settlers, ...question('?/save'), body: () => ({ ...asked, version: '1' }) }
	},
	'POST /banks/[id]/questions/[question]?/rows': {
		...{ may: settlers, ...question('?/rows'), body: () => ({ change: 'add:options:3' }) }
	},
	'POST /api/v1/banks/{id}/questions': { may: settlers, body: () => ({ content: choice }) },
	'GET /api/v1/banks/{id}/questions/{question}': { may: settlers, ...ofQuestion() },
	'PUT /api/v1/banks/{id}/questions/{question}': {
		...{ may: settlers, ...ofQuestion(), body: () => ({ content: choice, version: 1 }) }
	},
	'PUT /api/v1/banks/{id}/questions/{question}/state': {
		...{ may: settlers, ...ofQuestion('/state'), body: () => ({ state: 'retired' }) }
	}
};
