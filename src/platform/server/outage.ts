import { unavailable, type Failure } from './errors.ts';

/** What the driver says when the server is not there, and what the server says on its way down or up (PostgreSQL, appendix A). */
const AWAY = new Set([
	...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
	...['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN'],
	...['57P01', '57P02', '57P03', '53300', '08000', '08003', '08006']
]);

/** What the driver names in the errors of connections; a missing file has the same code and is no outage. */
interface Caused {
	code?: string;
	syscall?: string;
	cause?: unknown;
}

/**
 * Whether something failed because the database is away, which passes: as the failure that
 * pages and API answer with. Undefined for anything else.
 */
export function outage(error: unknown): Failure | undefined {
	for (let at = error as Caused | undefined; at; at = at.cause as Caused | undefined) {
		if (AWAY.has(at.code ?? '') && (at.code !== 'ENOENT' || at.syscall === 'connect'))
			return unavailable('Trellis cannot reach its database just now. What you saved is safe: try again in a moment.');
	}
	return undefined;
}
