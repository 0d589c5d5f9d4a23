import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

export const email = z
	.string('is needed')
	.trim()
	.toLowerCase()
	.max(254, 'may have 254 characters at most')
	.pipe(z.email('is not an e-mail address'));

/** Length is what counts (NIST SP 800-63B): twelve characters at least, no rules on their kind. */
export const newPassword = z
	.string('is needed')
	.min(12, 'needs at least 12 characters')
	.max(200, 'may have 200 characters at most');

export const signIn = z.object({ email, password: z.string('is needed').min(1, 'is needed').max(200) });
export type SignIn = z.output<typeof signIn>;

export const timeZone = z
	.string()
	.trim()
	.max(64)
	.refine((zone) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone), 'is not a time zone')
	.catch('UTC');

/** The first run: the organisation and the person who looks after it. */
export const firstRun = z.object({
	organisation: line(80),
	name: line(80),
	email,
	password: newPassword,
	timeZone
});
export type FirstRun = z.output<typeof firstRun>;
