import { tus } from '#src/app/server/uploads.ts';

export const POST = tus;
export const OPTIONS = tus;
