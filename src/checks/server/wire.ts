import type { Db } from '#src/platform/server/db.ts';
import './events.ts';

/** The reactions and jobs of checks: each of their nouns has its own. */
export function wireChecks(_db: Db): void {}
