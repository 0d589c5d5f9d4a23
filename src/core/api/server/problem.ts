import type { Failure, FailureKind } from '#src/platform/server/errors.ts';

const titles: Record<FailureKind, string> = {
	invalid: 'The input is not valid',
	unauthenticated: 'Nobody is signed in',
	forbidden: 'Not allowed',
	not_found: 'Not found',
	conflict: 'Something newer is in the way',
	too_many: 'Too many calls',
	unavailable: 'Not at the moment'
};

/** A failure as `application/problem+json` (RFC 9457); `errors` holds a message a field. */
export function problem(failure: Failure, requestId: string, headers: Headers, status = failure.status): Response {
	headers.set('content-type', 'application/problem+json');
	const body = {
		type: `/developers#${failure.kind}`,
		title: titles[failure.kind],
		status,
		detail: failure.message,
		requestId,
		...(Object.keys(failure.fields).length > 0 && { errors: failure.fields }),
		...failure.details
	};
	return new Response(JSON.stringify(body), { status, headers });
}
