import type { Rows } from './row.ts';
import { aids } from './rows/aids.ts';
import { api } from './rows/api.ts';
import { attempts } from './rows/attempts.ts';
import { carry } from './rows/carry.ts';
import { asked } from './rows/asked.ts';
import { banks } from './rows/banks.ts';
import { feeds } from './rows/feeds.ts';
import { entry } from './rows/entry.ts';
import { items } from './rows/items.ts';
import { library } from './rows/library.ts';
import { links } from './rows/links.ts';
import { activities } from './rows/activities.ts';
import { areas } from './rows/areas.ts';
import { community } from './rows/community.ts';
import { drips } from './rows/drips.ts';
import { kept } from './rows/kept.ts';
import { lists } from './rows/lists.ts';
import { needs } from './rows/needs.ts';
import { communityPlans } from './rows/plans.ts';
import { own } from './rows/own.ts';
import { out } from './rows/out.ts';
import { prompts } from './rows/prompts.ts';
import { rankings } from './rows/rankings.ts';
import { resources } from './rows/resources.ts';
import { figures } from './rows/figures.ts';
import { rollouts } from './rows/rollouts.ts';
import { surveys } from './rows/surveys.ts';
import { spaces } from './rows/spaces.ts';
import { autonomy } from './rows/autonomy.ts';
import { work } from './rows/work.ts';

/** Every route of the application with who may use it. A route without a row fails the test. */
export const rows: Rows = {
	...entry,
	...feeds,
	...own,
	...out,
	...spaces,
	...items,
	...library,
	...aids,
	...banks,
	...resources,
	...links,
	...lists,
	...drips,
	...kept,
	...surveys,
	...activities,
	...communityPlans,
	...areas,
	...needs,
	...rankings,
	...prompts,
	...figures,
	...autonomy,
	...rollouts,
	...work,
	...community,
	...asked,
	...attempts,
	...carry,
	...api
};
