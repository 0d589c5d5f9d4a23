import type { Endpoint } from '#src/core/api/server/endpoint.ts';

/** The operations of checks: each of their nouns declares its own. */
export const checkEndpoints: Endpoint[] = [];
