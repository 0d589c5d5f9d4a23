import type { PageServerLoad } from './$types';
import { endpoints } from '#src/app/server/api.ts';
import { documentApi } from '#src/core/api/server/document.ts';

export const load: PageServerLoad = ({ url }) => documentApi(endpoints, url.origin);
