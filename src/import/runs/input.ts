import { z } from 'zod';
import { id, line } from '#src/core/items/input.ts';
import { bringKinds } from '../bring/kinds.ts';

/** An import to begin: the archive is uploaded first (`/files/uploads`), and named here. */
export const newRun = z.strictObject({
	kind: z.enum(
		bringKinds.map(({ kind }) => kind),
		'must be one of the kinds'
	),
	fileId: id,
	/** What it comes from, where that is called otherwise than before. */
	name: line(80, 0).default('')
});
export type NewRun = z.output<typeof newRun>;

/** A package that is to become a check in a space. */
export const newPackage = z.strictObject({ spaceId: id, fileId: id });
