import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { line } from '#src/core/items/input.ts';
import { causeNames } from '../causes.ts';
import { starterNames } from './catalogue.ts';

/** A form sends several ticked boxes as one text. */
const list = (value: unknown) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value);

/** One more way to help, for the catalogue. */
export const newOption = z
	.strictObject({
		label: line(100, 3),
		fits: line(300, 5),
		causes: z.preprocess(
			list,
			z
				.array(z.enum(causeNames, 'must be of the six causes'), 'need one at least')
				.min(1, 'need one at least')
				.max(6, 'may be six at most')
				.transform((all) => [...new Set(all)])
		),
		starter: z.preprocess(
			(value) => (value === '' || value === null ? undefined : value),
			z.enum(starterNames, 'must be something that can be begun here').optional()
		),
		outside: line(500, 0).default(''),
		hoursMake: z.coerce.number('must be a number').min(0, 'must be 0 or more').max(1e6, 'may be 1,000,000 at most'),
		days: z.coerce
			.number('must be a number')
			.int('must be a whole number')
			.min(0, 'must be 0 or more')
			.max(3650, 'may be 3,650 at most'),
		submission
	})
	.refine(({ starter, outside }) => starter !== undefined || outside !== '', {
		path: ['outside'],
		message: 'is needed where it cannot be begun here'
	});
export type NewOption = z.output<typeof newOption>;
