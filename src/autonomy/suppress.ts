import { FEWEST } from './meter.ts';

/**
 * What may be told of parts whose whole is told as well. A part of fewer than five people is hidden; so that it cannot
 * be found by taking the others from the whole, the smallest of the others is hidden with it: what is left of the
 * whole then stands for five people at least, and for two parts.
 */
export function tellable<Part extends { receivers: number }>(parts: readonly Part[]): Part[] {
	const shown = parts.filter(({ receivers }) => receivers >= FEWEST);
	if (shown.length === parts.length || shown.length === 0) return shown;
	const smallest = shown.reduce((least, part) => (part.receivers < least.receivers ? part : least));
	return shown.filter((part) => part !== smallest);
}
