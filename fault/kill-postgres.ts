import { killPostgres } from './lib/breaks.ts';
import { fault } from './lib/rounds.ts';

export default fault('kill-postgres', killPostgres);
