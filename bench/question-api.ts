import { againstBaseline } from './lib/against-baseline.ts';

/** The API grants each person ten calls a second, so many people call. */
export default againstBaseline({
	name: 'question-api',
	least: 0.6,
	readers: 400,
	request: ({ questionId, tokens }, url) => ({
		url: `${url}/api/v1/questions/${questionId}`,
		requests: tokens.map((token) => ({ headers: { authorization: `Bearer ${token}` } }))
	})
});
