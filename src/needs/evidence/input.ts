import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { line, orNone } from '#src/core/items/input.ts';
import { LONGEST_URL } from '#src/core/web/url.ts';
import { causeName } from '../input.ts';

/** Evidence: what it shows, and the address of something here or elsewhere. */
export const newEvidence = z.strictObject({
	says: line(500, 3),
	cause: orNone(causeName),
	where: orNone(z.string().trim().max(LONGEST_URL, 'may have 2,000 characters at most')),
	submission
});
export type NewEvidence = z.output<typeof newEvidence>;
