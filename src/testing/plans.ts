import { newAim } from '#src/community/aims/input.ts';
import { addAim, writePurpose } from '#src/community/aims/server/write.ts';
import { sayTried, showPractice } from '#src/community/practice/server/write.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';

/** What an aim is, unless told. */
export const anAim = {
	...{ title: 'New people ask in their first week', seen: 'Fewer parcels come back from the evening shift.' },
	reviewOn: '2199-06-01'
};

/** The plan of a space with one aim, by somebody who looks after it. @returns the aim's id */
export async function aPlanWithAim(db: Db, viewer: Viewer, spaceId: string, more: object = {}): Promise<string> {
	const of = { kind: 'space', id: spaceId } as const;
	await writePurpose(db, viewer, of, { purpose: 'Nobody waits longer than a shift.', version: 0 });
	return addAim(db, viewer, of, parse(newAim, { ...anAim, ...more }));
}

/** Practice that somebody shows, with an entry in their own words. @returns the entry's id */
export async function aShownPractice(db: Db, viewer: Viewer, spaceId: string): Promise<string> {
	await showPractice(db, viewer, spaceId);
	return sayTried(db, viewer, spaceId, { text: 'I asked in the open.' });
}
