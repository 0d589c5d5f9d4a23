import { z } from 'zod';

/** Controls and bidirectional overrides (UAX #9) that can make a text read as something else. */
const hidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/u; // eslint-disable-line no-control-regex

/** Marks without width that come with pasted text and make two words that look the same differ; emoji keep their joiner. */
const zeroWidth = /[\u180e\u200b\u2060-\u2064\ufeff]/gu;
const strip = (value: string) => value.replace(zeroWidth, '');

const clean = (value: string) => !hidden.test(value) && value.isWellFormed();
const CLEAN = 'holds characters that cannot be shown; remove them';

/** One line of text without hidden characters, trimmed. */
export const line = (max: number, min = 1) =>
	z
		.string('is needed')
		.overwrite(strip)
		.trim()
		.min(min, min <= 1 ? 'is needed' : `needs at least ${min} characters`)
		.max(max, `may have ${max} characters at most`)
		.refine(clean, CLEAN)
		.refine((value) => !/[\r\n]/.test(value), 'must be one line');

/** What somebody seeks or has begun to type: any words that can be shown. */
export const words = (max: number) =>
	z.string('is needed').max(max, `may have ${max} characters at most`).refine(clean, CLEAN);

/** An empty choice or field of a form is none. */
export const none = (value: unknown) => (value === '' || value === null ? undefined : value);

/** What may be left out, or left empty in a form. */
export const orNone = <T extends z.ZodType>(schema: T) => z.preprocess(none, schema.optional());

/** Markdown of up to 100,000 characters. */
export const markdown = (min = 1) =>
	z
		.string('is needed')
		.transform((value) => strip(value).replace(/\r\n?/g, '\n').trimEnd())
		.pipe(
			z
				.string()
				.min(min, min <= 1 ? 'is needed' : `needs at least ${min} characters`)
				.max(100_000, 'may have 100,000 characters at most')
				.refine(clean, CLEAN)
		);

export const tag = z
	.string()
	.trim()
	.toLowerCase()
	.regex(/^[\p{L}\p{N}][\p{L}\p{N}.+#-]{0,34}$/u, 'may hold letters, digits and . + # - only, 35 at most');

/** Up to eight tags; a form sends them as one text, parted by spaces or commas. */
export const tags = z.preprocess(
	(value) => (typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value),
	z
		.array(tag)
		.max(8, 'may have eight at most')
		.default([])
		.transform((list) => [...new Set(list)])
);

export const id = z.uuid('is not an id');

/** The version the editor started from; a newer one in the database is a stale edit. */
export const version = z.coerce
	.number('must be a number')
	.int('must be a whole number')
	.min(1, 'must be 1 at least')
	.max(2_147_483_647, 'is too large');

/** Makes an old version the newest; `seen` is the newest when the form was shown. */
export const restoration = z.strictObject({ version, seen: version });

/** A form sends a ticked box as "on"; the API sends a boolean. */
export const checkbox = z.preprocess((value) => {
	if (value === 'on' || value === 'true') return true;
	return value === 'off' || value === 'false' || value === '' ? false : value;
}, z.boolean('must be true or false'));

/** An item's id, or the address of its page as a browser shows it. */
export const itemId = z.preprocess(
	(value) => (typeof value === 'string' ? (/[0-9a-f]{8}-[0-9a-f-]{27}/i.exec(value)?.[0] ?? value) : value),
	z.uuid('must be the address of something that is here')
);
