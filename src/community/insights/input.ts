import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

/** A line for a newcomer. */
export const welcomeWords = z.strictObject({ line: line(300) });
export type WelcomeWords = z.output<typeof welcomeWords>;
