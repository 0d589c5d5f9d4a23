import type { BringKind } from '../bring/kinds.ts';

/** An import of a space as its stewards see it. */
export interface ImportRun {
	id: string;
	kind: BringKind;
	fileName: string;
	state: 'waiting' | 'running' | 'done' | 'failed';
	done: number;
	total: number;
	/** The check that was made of it. */
	madeId: string | null;
	/** What came of it, in lines. */
	report: string;
	by: string;
	createdAt: string;
	endedAt: string | null;
}
