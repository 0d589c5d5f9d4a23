import { z } from 'zod';
import { submission } from '#src/core/items/actions-input.ts';
import { id, line, markdown, tags, version } from '#src/core/items/input.ts';
import { holds, verdicts } from './link.ts';
import { LONGEST_URL, parseUrl } from '#src/core/web/url.ts';

/** The address of a web page, as somebody pastes or types it. */
export const webAddress = z
	.string('is needed')
	.trim()
	.min(1, 'is needed')
	.max(LONGEST_URL, 'may have 2,000 characters at most')
	.refine(
		(value) => parseUrl(value) !== undefined,
		'must be the address of a web page, such as https://example.org/page'
	);

export const newLink = z.strictObject({
	url: webAddress,
	spaceId: id,
	/** Empty: the page's own. */
	title: line(200, 0).default(''),
	/** Why it is worth a look. */
	bodyMd: markdown(0).default(''),
	tags,
	submission
});
export type NewLink = z.output<typeof newLink>;

export const linkEdit = z.strictObject({
	title: line(200, 1),
	bodyMd: markdown(0),
	tags,
	note: line(200, 0).default(''),
	version
});
export type LinkEdit = z.output<typeof linkEdit>;

export const newCheck = z.strictObject({
	verdict: z.enum(verdicts, 'must be trust, care or avoid'),
	behind: line(300, 0).default(''),
	dated: line(300, 0).default(''),
	evidence: line(300, 0).default(''),
	purpose: line(300, 0).default(''),
	corroboration: line(300, 0).default(''),
	/** How long it holds, in months. */
	months: z.coerce
		.number('must be a number')
		.refine((months) => (holds as readonly number[]).includes(months), 'must be 1, 3, 6, 12 or 24')
		.default(12)
});
export type NewCheck = z.output<typeof newCheck>;
