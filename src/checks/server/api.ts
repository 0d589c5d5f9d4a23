import type { Endpoint } from '#src/core/api/server/endpoint.ts';
import { askingEndpoints } from '../asking/server/api.ts';
import { attemptEndpoints } from '../attempts/server/api.ts';
import { bankEndpoints } from '../banks/server/api.ts';
import { carryEndpoints } from '../carry/server/api.ts';
import { proofEndpoints } from '../proofs/server/api.ts';
import { ownEndpoints } from './check-api.ts';

/** The operations of checks: each of their nouns declares its own. */
export const checkEndpoints: Endpoint[] = [
	...ownEndpoints,
	...bankEndpoints,
	...askingEndpoints,
	...attemptEndpoints,
	...carryEndpoints,
	...proofEndpoints
];
