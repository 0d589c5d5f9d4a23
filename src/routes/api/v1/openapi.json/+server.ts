import { json } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { endpoints } from '#src/app/server/api.ts';
import { describeApi } from '#src/core/api/server/openapi.ts';

export const GET: RequestHandler = ({ url }) => json(describeApi(endpoints, url.origin));
