import { z } from 'zod';
import { causeNames, type CauseName } from '../causes.ts';
import { pulseAnswers } from './pulse.ts';

/** Until which day people are asked: a month at most. */
export const newPulse = z.strictObject({
	closesOn: z.string('is needed').pipe(z.iso.date('must be a day, such as 2030-03-12'))
});
export type NewPulse = z.output<typeof newPulse>;

const said = z.enum(pulseAnswers, 'must be yes, no or skip').default('skip');

/** What somebody says to each statement; left out means that they cannot say. */
export const pulseSheet = z.strictObject(
	Object.fromEntries(causeNames.map((name) => [name, said])) as Record<CauseName, typeof said>
);
export type PulseSheet = z.output<typeof pulseSheet>;
