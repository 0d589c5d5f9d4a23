import type { Endpoint } from '#src/core/api/server/endpoint.ts';
import { aidEndpoints } from '../aids/server/api.ts';

/** What the library's rooms add to the API. */
export const libraryEndpoints: Endpoint[] = [...aidEndpoints];
