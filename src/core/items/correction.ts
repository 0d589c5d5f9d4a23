/** Whether there is somebody to tell, and whether they were told. */
export interface CorrectionState {
	/** How many used an earlier version; null below five, where a number could name somebody. */
	users: number | null;
	some: boolean;
	told: { at: string; note: string } | null;
}
