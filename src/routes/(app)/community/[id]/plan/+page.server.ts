import type { Actions, PageServerLoad } from './$types';
import { planActions, planOfPage } from '#src/app/server/plan-forms.ts';
import type { Scope } from '#src/community/aims/aim.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';

const ofArea = (_db: Db, _viewer: Viewer, { id }: { id: string }): Promise<Scope> =>
	Promise.resolve({ kind: 'area', id });

export const load: PageServerLoad = (event) => planOfPage(ofArea, event);

export const actions: Actions = planActions(ofArea);
