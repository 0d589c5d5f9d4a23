import { killApp } from './lib/breaks.ts';
import { fault } from './lib/rounds.ts';

export default fault('kill-app', killApp);
