import { z } from 'zod';
import { helpedMark, submission } from '#src/core/items/actions-input.ts';
import { id, itemId, line, markdown, tags, version } from '#src/core/items/input.ts';

const wanted = { title: line(200, 8), bodyMd: z.string().default('').pipe(markdown(0)), tags };

export const newRequest = z.strictObject({ ...wanted, spaceId: id, submission });
export type NewRequest = z.output<typeof newRequest>;

export const requestEdit = z.strictObject({ ...wanted, note: line(200, 0).default(''), version });
export type RequestEdit = z.output<typeof requestEdit>;

/** What shows it: an item's id, or the address of its page. */
export const shown = z.strictObject({ itemId });

/** Thanks for one of the things that were shown: what it saved. */
export const thanks = z.strictObject({ ...helpedMark.shape, itemId });
export type Thanks = z.output<typeof thanks>;
