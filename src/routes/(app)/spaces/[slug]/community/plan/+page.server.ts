import type { Actions, PageServerLoad } from './$types';
import { planActions, planOfPage } from '#src/app/server/plan-forms.ts';
import type { Scope } from '#src/community/aims/aim.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { spaceBySlug } from '#src/core/spaces/server/read.ts';
import type { Db } from '#src/platform/server/db.ts';

const ofSpace = async (db: Db, viewer: Viewer, { slug }: { slug: string }): Promise<Scope> => ({
	kind: 'space',
	id: (await spaceBySlug(db, viewer, slug)).id
});

export const load: PageServerLoad = (event) => planOfPage(ofSpace, event);

export const actions: Actions = planActions(ofSpace);
