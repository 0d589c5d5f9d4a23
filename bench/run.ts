/** `npm run bench` lists the benches, `npm run bench -- NAME [--full]` runs one. */
import { main } from './lib/run.ts';

await main(import.meta.dirname, process.argv.slice(2));
