import type { RequestHandler } from './$types';
import { app } from '#src/app/server/runtime.ts';
import { requireViewer } from '#src/core/access/server/viewer.ts';
import { downloadOwnData } from '#src/core/export/server/download.ts';

export const GET: RequestHandler = ({ locals }) => downloadOwnData(app().db, requireViewer(locals.viewer));
