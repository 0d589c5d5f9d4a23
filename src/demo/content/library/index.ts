import type { DemoThing } from '../../shape.ts';
import { activities } from './activities.ts';
import { aids } from './aids.ts';
import { checks } from './checks.ts';
import { collections } from './collections.ts';
import { drips } from './drips.ts';
import { faqs } from './faqs.ts';
import { figures } from './figures.ts';
import { links } from './links.ts';
import { lists } from './lists.ts';
import { needs } from './needs.ts';
import { prompts } from './prompts.ts';
import { rankings } from './rankings.ts';
import { requests } from './requests.ts';
import { resources } from './resources.ts';
import { returns } from './returns.ts';
import { surveys } from './surveys.ts';
import { rollouts } from './rollouts.ts';
import { stories } from './stories.ts';

/** What the example organisation keeps in its library. */
export const library: DemoThing[] = [
	...activities,
	...aids,
	...checks,
	...collections,
	...drips,
	...faqs,
	...figures,
	...links,
	...lists,
	...needs,
	...prompts,
	...rankings,
	...requests,
	...resources,
	...returns,
	...rollouts,
	...stories,
	...surveys
];
