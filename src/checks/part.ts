import { z } from 'zod';
import { itemId, line } from '#src/core/items/input.ts';

const count = (max: number) => z.coerce.number('must be a number').int('must be a whole number').min(1).max(max);
const second = z.coerce.number('must be a time').min(0, 'must be 0 or more').max(36_000, 'must lie within ten hours');

/** Which piece of an item: all of it, what stands beneath a heading, a page, a slide, or a time of a film. */
export const anchor = z.discriminatedUnion('type', [
	z.strictObject({ type: z.literal('whole') }),
	/** The id that the heading has in the rendered text. */
	z.strictObject({ type: z.literal('heading'), id: line(200) }),
	z.strictObject({ type: z.enum(['page', 'slide']), from: count(100_000), to: count(100_000).optional() }),
	/** Seconds from the beginning. */
	z.strictObject({ type: z.literal('time'), from: second, to: second.optional() })
]);
export type Anchor = z.output<typeof anchor>;

/** A piece of the content that a question rests on: where somebody who got it wrong is sent, and nowhere else. */
export const contentPart = z.strictObject({
	itemId,
	anchor: anchor.default({ type: 'whole' }),
	/** "Page 12", "Refunds without a receipt": said on the link. Made from the anchor where it is empty. */
	label: line(200, 0).default('')
});
export type ContentPart = z.output<typeof contentPart>;

/** What a piece is called within its item: `refunds`, `page-12`, `t=75,90`; nothing for all of it. */
export function pieceOf(at: Anchor): string {
	switch (at.type) {
		case 'whole':
			return '';
		case 'heading':
			return at.id;
		case 'time':
			return `t=${at.from}${at.to === undefined ? '' : `,${at.to}`}`;
		default:
			return `${at.type}-${at.from}`;
	}
}

/**
 * What leads from an item's address to a piece of it.
 * @param later what leads there where it stands in a later view of a long document: `?view=2#page-31`
 */
export function leadTo({ kind, piece, later }: { kind: string; piece: string; later?: string | undefined }): string {
	const [, second] = /^t=(\d+)/.exec(piece) ?? [];
	// A film is played from there; elsewhere its link says the time.
	if (second) return kind === 'resource' ? `?t=${second}` : '';
	return later ?? (piece && `#${encodeURIComponent(piece)}`);
}

/** One text for the same piece, whoever wrote it down: to tell which pieces are one. */
export const partKey = ({ itemId: item, anchor: at }: ContentPart): string =>
	`${item}#${pieceOf(at)}${'to' in at && at.to !== undefined ? `-${at.to}` : ''}`;
