/** Fewer people than these are told of by no number: whoever knows them could guess. */
const LEAST_REACH = 5;
/** What is told, so that one more or less is mostly not seen. */
const STEPS = [50, 25, 10, 5, 2];

/**
 * What may be told of how many colleagues keep something: at least so many; 0: nothing. It is never more than half of
 * those who could have kept it, so that of each single one it stays open whether they did.
 * @param keepers colleagues who keep it
 * @param reach colleagues who could have come across it, keepers included
 * @example atLeast(4, 12) // 2
 */
export function atLeast(keepers: number, reach: number): number {
	if (reach < LEAST_REACH) return 0;
	return STEPS.find((step) => step <= keepers && step <= reach / 2) ?? 0;
}

/** @example keptByWords(2) // '2 or more colleagues kept this' */
export const keptByWords = (count: number): string => `${count} or more colleagues kept this`;
