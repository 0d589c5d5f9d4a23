import type { Move, Placed } from './ranking.ts';

/** A ballot: tools by their numbers, the best first. */
export type Ballot = readonly number[];

export interface Tally {
	tool: number;
	points: number;
	ballots: number;
}

/**
 * Counts ballots: of `most` choices the first gives `most` points, the second one less, and so on.
 * A tool that a ballot names twice, by two names that were merged since, counts once, at the better place.
 * @param rootOf the tool that another was merged into
 * @example countBallots([[3, 1], [3]], 5, (tool) => tool) // 3: 10 points on 2 ballots; 1: 4 points on 1
 */
export function countBallots(ballots: readonly Ballot[], most: number, rootOf: (tool: number) => number): Tally[] {
	const tallies = new Map<number, Tally>();
	for (const ballot of ballots) {
		const seen = new Set<number>();
		for (const [at, choice] of ballot.entries()) {
			const tool = rootOf(choice);
			if (seen.has(tool)) continue;
			seen.add(tool);
			const tally = tallies.get(tool) ?? { tool, points: 0, ballots: 0 };
			tallies.set(tool, { tool, points: tally.points + most - at, ballots: tally.ballots + 1 });
		}
	}
	return [...tallies.values()];
}

/** A tally with its place. */
export type Standing = Tally & Pick<Placed, 'place' | 'tied' | 'name'>;

/**
 * Puts tallies in order: by points, then by the number of ballots. Those equal in both share a
 * place and stand by their names.
 * @param places so many places; those who share the last of them are all in
 */
export function standings(tallies: readonly Tally[], nameOf: (tool: number) => string, places: number): Standing[] {
	const named = tallies.map((tally) => ({ ...tally, name: nameOf(tally.tool) }));
	named.sort(
		(a, b) => b.points - a.points || b.ballots - a.ballots || a.name.localeCompare(b.name, 'en') || a.tool - b.tool
	);
	const same = (a: Tally | undefined, b: Tally) => a !== undefined && a.points === b.points && a.ballots === b.ballots;
	let place = 1;
	return named
		.map((tally, at) => {
			if (!same(named[at - 1], tally)) place = at + 1;
			return { ...tally, place, tied: same(named[at - 1], tally) || same(named[at + 1], tally) };
		})
		.filter((standing) => standing.place <= places);
}

/** Where tools stood in editions before this one, the newest first: places by tool. */
export type Past = readonly ReadonlyMap<string, number>[];

/** How a tool stands against the editions before. */
export function movement(tool: string, place: number, past: Past): { move: Move; was: number | null } {
	const was = past[0]?.get(tool) ?? null;
	if (was === null) return { move: past.some((places) => places.has(tool)) ? 'back' : 'new', was };
	return { move: was > place ? 'up' : was < place ? 'down' : 'same', was };
}

/** `Google Docs`, `google-docs` and `GOOGLE DOCS` are one name. */
export const nameKey = (name: string): string => {
	const key = name
		.normalize('NFKD')
		.toLowerCase()
		.replace(/\p{M}/gu, '')
		.replace(/[^\p{L}\p{N}+#]/gu, '');
	return key || name.toLowerCase();
};
