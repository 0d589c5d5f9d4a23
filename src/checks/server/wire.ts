import type { Db } from '#src/platform/server/db.ts';
import { wireAttempts } from '../attempts/server/wire.ts';
import { wireAsking } from '../asking/server/wire.ts';
import { wireCarry } from '../carry/server/wire.ts';
import { wireProofs } from '../proofs/server/wire.ts';
import './events.ts';

/** The reactions and jobs of checks: each of their nouns has its own. */
export function wireChecks(db: Db): void {
	wireAsking(db);
	wireAttempts(db);
	wireCarry(db);
	wireProofs();
}
