import type { DemoSpace } from '../shape.ts';
import { everyone } from './everyone.ts';
import { shopFloor } from './shop-floor.ts';
import { bikes, heron, peopleTeam } from './small-spaces.ts';
import { spreadsheets } from './spreadsheets.ts';
import { warehouse } from './warehouse.ts';
import { webTeam } from './web-team.ts';

/** The spaces of the example organisation, its own first. */
export const spaces: DemoSpace[] = [everyone, shopFloor, warehouse, webTeam, spreadsheets, bikes, peopleTeam, heron];
