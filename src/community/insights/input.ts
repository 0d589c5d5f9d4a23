import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

/** A line for a newcomer. */
export const welcomeWords = z.strictObject({ line: line(300) });
export type WelcomeWords = z.output<typeof welcomeWords>;

/** For how long somebody does not want to see a space's waiting newcomers on Home. */
export const hushFor = z.strictObject({ how: z.enum(['week', 'always'], 'must be week or always') });
export type HushFor = z.output<typeof hushFor>;
