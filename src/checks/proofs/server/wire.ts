import { exportsOwn } from '#src/core/export/server/own.ts';
import { accompany } from '#src/core/signals/server/events.ts';
import '../../server/events.ts';
import { giveProof, ownProofs, withdrawProof } from './proofs.ts';

/** A pass gives a proof in the same transaction; what overturns it withdraws it. */
export function wireProofs(): void {
	exportsOwn({ name: 'proofs', about: 'what you have passed', list: ownProofs });
	accompany('check.passed', (tx, settled) => giveProof(tx, settled));
	accompany('check.failed', withdrawProof);
	accompany('check.in_review', withdrawProof);
}
