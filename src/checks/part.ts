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

/** What leads from an item's address to the piece: `#page-12`, `#refunds`, `#t=75,90`. */
export function fragmentOf(at: Anchor): string {
	switch (at.type) {
		case 'whole':
			return '';
		case 'heading':
			return `#${encodeURIComponent(at.id)}`;
		case 'time':
			return `#t=${at.from}${at.to === undefined ? '' : `,${at.to}`}`;
		default:
			return `#${at.type}-${at.from}`;
	}
}

/** One text for the same piece, whoever wrote it down: to tell which pieces are one. */
export const partKey = ({ itemId: item, anchor: at }: ContentPart): string =>
	`${item}${fragmentOf(at)}${'to' in at && at.to !== undefined ? `-${at.to}` : ''}`;
