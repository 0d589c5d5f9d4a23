import { startAnswerers } from './lib/answerers.ts';
import { killApp, killPostgres } from './lib/breaks.ts';
import { fault } from './lib/rounds.ts';

let round = 0;

/** Application and database fall over in turns while people answer anonymous surveys as fast as they can. */
export default fault('survey', (...at) => (round++ % 2 === 0 ? killApp : killPostgres)(...at), startAnswerers);
