import { z } from 'zod';
import { paging } from '#src/core/api/server/page.ts';
import { checkbox, line, markdown, orNone, tag, tags, version, words } from '#src/core/items/input.ts';
import { LONGEST_URL, parseUrl } from '#src/core/web/url.ts';
import { plain } from './highlights/flat.ts';

export const LONGEST_NOTE = 4000;

/** Words of a text, as they are selected there. */
const passage = z
	.string('is needed')
	.overwrite((text) => plain(text).trim())
	.max(2000, 'may have 2,000 characters at most');
const around = z.string().overwrite(plain).max(200, 'may have 200 characters at most').default('');

/** What one writes to it for oneself. */
const note = z
	.string()
	.default('')
	.pipe(markdown(0))
	.pipe(z.string().max(LONGEST_NOTE, 'may have 4,000 characters at most'));

export const keepNote = z.strictObject({ note, tags });
export type KeepNote = z.output<typeof keepNote>;

/** Whether what one keeps is counted, without a name, for colleagues. */
export const counted = z.strictObject({ counted: checkbox });
export type Counted = z.output<typeof counted>;

/** A page of the web, kept from where it is read. */
export const keptPage = z.strictObject({
	url: z
		.string('is needed')
		.trim()
		.min(1, 'is needed')
		.max(LONGEST_URL, 'may have 2,000 characters at most')
		.refine(
			(text) => parseUrl(text) !== undefined,
			'must be the address of a web page, such as https://example.org/page'
		),
	/** Empty: the page's own. */
	title: line(300, 0).default(''),
	/** What was selected on it: it is marked in its text. */
	passage: passage.default(''),
	note,
	tags
});
export type KeptPage = z.output<typeof keptPage>;

export const keptEdit = z.strictObject({ note, tags, version });
export type KeptEdit = z.output<typeof keptEdit>;

/** What of one's own is sought. */
export const keptFilter = z.strictObject({
	...paging.shape,
	q: orNone(words(200)),
	tag: orNone(tag)
});
export type KeptFilter = z.output<typeof keptFilter>;

/** A passage as it is selected or quoted, with what stands around it where that is known. */
export const newHighlight = z.strictObject({
	exact: passage.min(2, 'must have two characters at least'),
	prefix: around,
	suffix: around,
	note
});
export type NewHighlight = z.output<typeof newHighlight>;

export const highlightEdit = z.strictObject({ note, version });
export type HighlightEdit = z.output<typeof highlightEdit>;
