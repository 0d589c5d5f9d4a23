/** Places of one list: the least that hides whose place is looked at (W3C Bitstring Status List). */
export const PLACES = 131_072;

/** Where it stands whether a proof was withdrawn. */
export const statusPlace = (number: number) => ({ list: Math.floor(number / PLACES), index: number % PLACES });

export const statusAddress = (origin: string, list: number): string => `${origin}/proofs/status/${list}`;
