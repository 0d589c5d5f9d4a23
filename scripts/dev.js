/** `npm run dev`: the embedded database, and pages that follow every change of their source. */
import { become, install } from './prepare.js';

install();
become(['src/app/dev.ts', ...process.argv.slice(2)]);
