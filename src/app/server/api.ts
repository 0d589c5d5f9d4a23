import { homeEndpoints } from './home-api.ts';
import { keepEndpoints } from './keep-api.ts';
import { pageEndpoints } from '#src/pages/server/api.ts';
import { exportEndpoints } from '#src/core/export/server/api.ts';
import { fileEndpoints } from '#src/core/files/server/api.ts';
import { historyEndpoints } from '#src/core/items/server/history-api.ts';
import { writingEndpoints } from '#src/core/items/server/writing-api.ts';
import { accountEndpoints } from '#src/core/people/server/account-api.ts';
import { searchEndpoints } from '#src/core/search/server/api.ts';
import { askEndpoints } from '#src/ask/server/api.ts';
import { apiEndpoints as tokenEndpoints } from '#src/core/api/server/endpoints.ts';
import { feedOutEndpoints } from '#src/core/feed-out/server/api.ts';
import { mailEndpoints } from '#src/core/mail-in/server/api.ts';
import { notifyEndpoints } from '#src/core/notify/server/api.ts';
import { itemEndpoints } from '#src/core/items/server/api.ts';
import { peopleEndpoints } from '#src/core/people/server/api.ts';
import { spaceEndpoints } from '#src/core/spaces/server/api.ts';
import type { Endpoint } from '#src/core/api/server/endpoint.ts';
import { autonomyEndpoints } from '#src/autonomy/server/api.ts';
import { activityEndpoints } from '#src/community/activities/server/api.ts';
import { aimEndpoints } from '#src/community/aims/server/api.ts';
import { practiceEndpoints } from '#src/community/practice/server/api.ts';
import { areaEndpoints } from '#src/community/areas/server/api.ts';
import { checkEndpoints } from '#src/checks/server/api.ts';
import { callEndpoints } from '#src/community/calls/server/api.ts';
import { insightEndpoints } from '#src/community/insights/server/api.ts';
import { importEndpoints } from '#src/import/runs/server/api.ts';
import { dripEndpoints } from '#src/drips/server/api.ts';
import { feedEndpoints } from '#src/feeds/server/api.ts';
import { ruleEndpoints } from '#src/feeds/server/rules/api.ts';
import { listEndpoints } from '#src/lists/server/api.ts';
import { needEndpoints } from '#src/needs/server/api.ts';
import { promptEndpoints } from '#src/prompts/server/api.ts';
import { rankingEndpoints } from '#src/rankings/server/api.ts';
import { metricEndpoints } from '#src/metrics/server/api.ts';
import { rolloutEndpoints } from '#src/metrics/rollout/server/api.ts';
import { surveyEndpoints } from '#src/survey/server/api.ts';
import { libraryEndpoints } from '#src/library/server/api.ts';
import { workEndpoints } from '#src/work/server/api.ts';
import { makeRouter } from '#src/core/api/server/router.ts';

/** Every operation of the JSON API: each room declares its own in `server/api.ts`. */
export const endpoints: readonly Endpoint[] = [
	...tokenEndpoints,
	...homeEndpoints,
	...searchEndpoints,
	...askEndpoints,
	...pageEndpoints,
	...itemEndpoints,
	...historyEndpoints,
	...writingEndpoints,
	...keepEndpoints,
	...fileEndpoints,
	...spaceEndpoints,
	...peopleEndpoints,
	...libraryEndpoints,
	...importEndpoints,
	...feedEndpoints,
	...ruleEndpoints,
	...listEndpoints,
	...dripEndpoints,
	...surveyEndpoints,
	...areaEndpoints,
	...activityEndpoints,
	...aimEndpoints,
	...practiceEndpoints,
	...needEndpoints,
	...rankingEndpoints,
	...promptEndpoints,
	...metricEndpoints,
	...rolloutEndpoints,
	...workEndpoints,
	...insightEndpoints,
	...callEndpoints,
	...checkEndpoints,
	...accountEndpoints,
	...notifyEndpoints,
	...autonomyEndpoints,
	...mailEndpoints,
	...exportEndpoints,
	...feedOutEndpoints
];

export const router = makeRouter(endpoints);
