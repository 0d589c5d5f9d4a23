import { tus } from '#src/app/server/uploads.ts';

export const HEAD = tus;
export const PATCH = tus;
export const DELETE = tus;
