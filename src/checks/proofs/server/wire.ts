import { accompany } from '#src/core/signals/server/events.ts';
import '../../server/events.ts';
import { giveProof, withdrawProof } from './proofs.ts';

/** A pass gives a proof in the same transaction; what overturns it withdraws it. */
export function wireProofs(): void {
	accompany('check.passed', (tx, settled) => giveProof(tx, settled));
	accompany('check.failed', withdrawProof);
	accompany('check.in_review', withdrawProof);
}
