import { z } from 'zod';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { escapeText, quoted } from '#src/core/import/markdown-text.ts';
import { submission } from '#src/core/items/actions-input.ts';
import { id, markdown, tags } from '#src/core/items/input.ts';
import type { Highlight } from '#src/core/keeping/kept.ts';
import { readMarked } from '#src/core/keeping/server/highlights.ts';
import { shareLink } from '#src/library/links/server/share.ts';
import type { Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';

/** What a note of a link may hold where the space has the link already. */
const MOST = 5000;

/** Something kept, shared with the reason: why is compulsory. */
export const keptShare = z.strictObject({
	spaceId: id,
	why: markdown(1).pipe(z.string().max(3000, 'may have 3,000 characters at most')),
	/** Which of one's highlights go along, each with its note; a form sends them as one text. */
	highlights: z.preprocess(
		(value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
		z.array(id).max(100, 'may be 100 at most').default([])
	),
	tags,
	submission
});
export type KeptShare = z.output<typeof keptShare>;

/**
 * Shares a page one keeps in a space, with why it matters and the highlights one takes along. One page is one link of
 * the space: where it is there already, this becomes a note on it.
 * @returns the link's id
 * @throws Failure invalid for what is no page of the web, or gets too long; forbidden outside the space
 */
export async function shareKept(db: Db, viewer: Viewer, keptId: string, input: KeptShare): Promise<string> {
	const kept = await readMarked(db, viewer, keptId);
	if (!kept.url) throw invalid({}, 'Only pages of the web can be shared; this stands in Trellis already.');
	const taken = kept.highlights.filter(({ id: one }) => input.highlights.includes(one));
	if (taken.length < new Set(input.highlights).size) throw invalid({ highlights: 'must be your own, of this page' });
	const bodyMd = [input.why, ...taken.map(passageOf)].join('\n\n');
	if (bodyMd.length > MOST) throw invalid({ highlights: 'are too long together with why: 5,000 characters at most' });
	const { spaceId, tags: named, submission: once } = input;
	// A link that a colleague named keeps its name; a page says its own soon.
	const title = kept.what === 'item' ? '' : kept.title.slice(0, 200);
	return shareLink(db, viewer, { url: kept.url, spaceId, title, bodyMd, tags: named, submission: once });
}

const passageOf = ({ exact, note }: Highlight): string => quoted(escapeText(exact, true)) + (note ? `\n\n${note}` : '');
