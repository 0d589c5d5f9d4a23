import { againstBaseline } from './lib/against-baseline.ts';

/** Pages are kept for all who see the same; many readers show what that is worth, one would show too much. */
export default againstBaseline({
	name: 'question-page',
	least: 0.35,
	readers: 50,
	request: ({ questionId, cookies }, url) => ({
		url: `${url}/questions/${questionId}`,
		requests: cookies.map((cookie) => ({ headers: { cookie } }))
	})
});
