import type { DemoThing } from '../../shape.ts';
import { requests } from './requests.ts';
import { resources } from './resources.ts';
import { stories } from './stories.ts';

/** What the example organisation keeps in its library. */
export const library: DemoThing[] = [...requests, ...resources, ...stories];
