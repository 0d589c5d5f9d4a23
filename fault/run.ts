/** `npm run fault` lists the faults, `npm run fault -- NAME [--full]` causes one and counts what is lost. */
import { main } from '../bench/lib/run.ts';

await main(import.meta.dirname, process.argv.slice(2));
