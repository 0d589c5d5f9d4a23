import { everybody, forAll, signedIn, type Rows } from '../row.ts';

/** The ways in: for everybody; a secret of a mail or a link that is not right leads nowhere. */
export const entry: Rows = {
	...forAll(everybody, 'GET /sign-in', 'GET /sign-out', 'GET /sign-up', 'GET /forgot'),
	...forAll(
		everybody,
		'GET /sign-in/link/[token]',
		'GET /sign-up/[token]',
		'GET /forgot/[token]',
		'GET /confirm-email/[token]'
	),

	// Without a first step there is no second: back to the first. Who is in already is led home.
	'GET /sign-in/code': { may: signedIn },
	'POST /sign-in?/password': { may: everybody, body: () => ({ email: 'nobody@example.org', password: 'wrong' }) },
	'POST /sign-in?/link': { may: everybody, body: () => ({ email: 'nobody@example.org' }) },
	...forAll(everybody, 'POST /sign-in/code', 'POST /sign-in/passkey', 'POST /sign-in/link/[token]'),
	...forAll(everybody, 'POST /sign-up', 'POST /sign-up/[token]', 'POST /forgot', 'POST /forgot/[token]'),
	'POST /confirm-email/[token]': { may: everybody },
	'POST /sign-out': { may: everybody },

	'GET /join/[token]': { may: everybody },
	'POST /join/[token]?/join': { may: everybody },
	'POST /join/[token]?/accept': { may: signedIn },
	// A link of a mail says for whom it is; this one is nobody's.
	...forAll([], 'GET /mail/[token]', 'POST /mail/[token]/now'),
	...forAll(everybody, 'GET /mail/[token]/now')
};
