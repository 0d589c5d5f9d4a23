import { members, type Row, type Rows } from '../row.ts';
import type { Role } from '../world.ts';

const owner: Role[] = ['member'];
/** Whom the question names to look at what is shown. */
const reviewer: Role[] = ['asker'];
const authors: Role[] = ['asker', 'steward'];

const mine = (end = '', body?: Row['body']): Row => ({
	...{ may: owner, path: ({ taken }) => `/attempts/${taken.attempt}${end}` },
	...(body && { body })
});
const looked = (may: Role[], place: string, body?: Row['body']): Row => ({
	...{ may, path: ({ taken }) => `${place}/attempts/${taken.review}/review` },
	...(body && { body })
});
const api = (may: readonly Role[], end: string): Row => ({
	may,
	path: ({ taken }) => `/api/v1/checks/${taken.check}/${end}`
});
const check = (may: readonly Role[], end: string): Row => ({
	may,
	path: ({ taken }) => `/checks/${taken.check}/${end}`
});
const levels = { slip: 1, tone: 2 };

/** Taking a check: an attempt is one's own, and what is shown is open to whom its question names. */
export const attempts: Rows = {
	'GET /attempts/[id]': mine(),
	'POST /attempts/[id]?/save': mine('?/save', () => ({ revision: '0' })),
	'POST /attempts/[id]?/submit': mine('?/submit', () => ({ revision: '0' })),
	'GET /attempts/[id]/review': looked(reviewer, ''),
	'POST /attempts/[id]/review': looked(reviewer, '', ({ taken }) => ({
		...{ questionId: taken.question, 'levels.slip': '1', 'levels.tone': '2', note: '' }
	})),
	'POST /checks/[id]/take': check(members, 'take'),
	'GET /checks/[id]/support': check(members, 'support'),
	'GET /checks/[id]/report': check(authors, 'report'),

	'POST /api/v1/checks/{id}/attempts': api(members, 'attempts'),
	'GET /api/v1/checks/{id}/attempts': api(members, 'attempts'),
	'GET /api/v1/checks/{id}/report': api(authors, 'report'),
	'GET /api/v1/checks/{id}/support': api(members, 'support'),
	'GET /api/v1/attempts/{id}': { may: owner, path: ({ taken }) => `/api/v1/attempts/${taken.attempt}` },
	'PUT /api/v1/attempts/{id}/answers': {
		...{ may: owner, path: ({ taken }) => `/api/v1/attempts/${taken.attempt}/answers`, body: () => ({ revision: 0 }) }
	},
	'POST /api/v1/attempts/{id}/submission': {
		...{
			may: owner,
			path: ({ taken }) => `/api/v1/attempts/${taken.attempt}/submission`,
			body: () => ({ revision: 0 })
		}
	},
	'GET /api/v1/attempts/{id}/review': looked(reviewer, '/api/v1'),
	'POST /api/v1/attempts/{id}/review': looked(reviewer, '/api/v1', ({ taken }) => ({
		...{ questionId: taken.question, levels, note: '' }
	}))
};
