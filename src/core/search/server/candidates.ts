import type { Viewer } from '#src/core/access/server/viewer.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import type { Concept } from './dictionary.ts';
import { SCALE } from './vector.ts';

/** Where to look: never wider than what the viewer may read. */
export interface Scope {
	spaceIds: readonly string[];
	kinds: string[];
	archived: boolean;
	from: number;
	to: number;
	/** Terms an item must have: its tag, its author. */
	required: Concept[];
	excluded: Set<number>;
	phrases: string[];
	notPhrases: string[];
}

export interface Match {
	itemId: string;
	/** Which of its parts matches best; 0 for the item's own text. */
	part: number;
	rootId: string;
	kind: string;
	spaceId: string;
	helped: number;
	score: number;
	/** The share of what was sought that was found, by how much each word tells. */
	share: number;
}

interface Candidate {
	doc: number;
	item_id: string;
	part: number;
	root_id: string;
	space: number;
	kind: number;
	fresh: number;
	helped: number;
	/** What the entries read for it come to. */
	points?: number;
	/** Null where `points` says all: one word, nothing excluded. */
	vector: Buffer | null;
}

interface Ground {
	total: number;
	spaces: { id: number; space_id: string; docs: number }[];
	kinds: { id: number; kind: string }[];
}

/** Up to this many items, the terms of a concept are read whole. */
const RARE = 1000;
/** Of a common term this many entries are read in each space at least, so that none is passed over. */
const LEAST = 20;

/**
 * The best items for what is sought. Reads at most about `budget` postings and scores at most `cap` items,
 * however large the index: see docs/search.md.
 */
export async function bestMatches(
	db: Db,
	viewer: Viewer,
	concepts: Concept[],
	scope: Scope,
	{ budget, cap }: { budget: number; cap: number }
): Promise<Match[]> {
	if ([...concepts, ...scope.required].some((c) => c.terms.size === 0 && scope.required.includes(c))) return [];
	const ground = await groundOf(db, viewer, scope);
	if (ground.spaces.length === 0 || ground.kinds.length === 0) return [];
	const known = concepts.filter(({ terms }) => terms.size > 0);
	if (known.length === 0 && concepts.length > 0) return [];
	const candidates =
		known.length + scope.required.length === 0
			? await recent(db, ground, scope, cap)
			: await collect(db, ground, known, scope, budget, cap);
	return score(candidates, concepts, scope, ground, viewer);
}

async function groundOf(db: Db, viewer: Viewer, scope: Scope): Promise<Ground> {
	const mine = array([...viewer.memberships.keys()], 'uuid');
	const [found] = await rows<Ground>(
		db,
		sql`select docs as total,
			(select coalesce(jsonb_agg(jsonb_build_object('id', id, 'space_id', space_id, 'docs', docs)
				order by space_id = any(${mine}) desc, docs desc), '[]')
				from search_space where space_id = any(${array(scope.spaceIds, 'uuid')})) as spaces,
			(select coalesce(jsonb_agg(jsonb_build_object('id', id, 'kind', kind)), '[]') from search_kind
				where kind = any(${array(scope.kinds, 'text')})) as kinds
			from search_stats`
	);
	return found!;
}

const idf = (df: number, total: number) => Math.log(1 + (Math.max(0, total - df) + 0.5) / (df + 0.5));

interface Reading {
	term: number;
	weight: number;
	bit: number;
}

/** Which entries to read: rare terms whole, the others as deep as the budget goes. */
function plan(known: Concept[], required: Concept[], total: number, budget: number) {
	const rare: Reading[] = [];
	const common: (Reading & { depth: number; least: number })[] = [];
	let requiredBits = 0;
	const order = [...required, ...known.toSorted((a, b) => a.df - b.df)].slice(0, 30);
	const parted = order.map((concept) => ({ concept, ...partByCount(concept) }));
	const commons = parted.filter(({ many }) => many.length > 0).length;
	for (const [index, { concept, few, many }] of parted.entries()) {
		const isRequired = required.includes(concept);
		const bit = 2 ** index;
		const weight = isRequired && known.length > 0 ? 0.01 : idf(concept.df, total);
		if (isRequired && many.length === 0) requiredBits += bit;
		const depth = Math.ceil(budget / Math.max(1, commons) / Math.max(1, many.length));
		const least = Math.max(4, Math.ceil(LEAST / Math.max(1, many.length)));
		for (const [term, worth] of few) rare.push({ term, weight: weight * worth, bit });
		for (const [term, worth] of many) common.push({ term, weight: weight * worth, bit, depth, least });
	}
	return { rare, common, requiredBits };
}

/** The terms of a concept from the rarest on, as many as come to few entries, and the rest. */
function partByCount({ terms, counts }: Concept) {
	const few: [term: number, worth: number][] = [];
	const many: [term: number, worth: number][] = [];
	let entries = 0;
	for (const each of [...terms].sort(([a], [b]) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0))) {
		entries += counts.get(each[0]) ?? 0;
		(entries <= RARE ? few : many).push(each);
	}
	return { few, many };
}

async function collect(db: Db, ground: Ground, known: Concept[], scope: Scope, budget: number, cap: number) {
	const { rare, common, requiredBits } = plan(known, scope.required, ground.total, budget);
	const readable = Math.max(
		1,
		ground.spaces.reduce((sum, { docs }) => sum + docs, 0)
	);
	return rows<Candidate>(
		db,
		sql`select * from search_candidates(${list(rare, 'term')}::int[], ${list(rare, 'weight')}::real[], ${list(rare, 'bit')}::int[],
			${list(common, 'term')}::int[], ${list(common, 'weight')}::real[], ${list(common, 'bit')}::int[], ${list(common, 'depth')}::int[],
			${list(common, 'least')}::int[], ${requiredBits}, ${list(ground.spaces, 'id')}::smallint[], ${numbers(ground.spaces.map(({ docs }) => docs / readable))}::real[],
			${kindNumbers(ground, scope)}::smallint[], ${scope.from}::smallint, ${scope.to}::smallint,
			${array(scope.phrases, 'text')}, ${array(scope.notPhrases, 'text')}, ${scope.phrases.length > 0 ? cap * 4 : cap}, ${cap}, ${!isPlain(known, scope)})`
	);
}

function recent(db: Db, ground: Ground, scope: Scope, cap: number) {
	return rows<Candidate>(
		db,
		sql`select * from search_recent(${list(ground.spaces, 'id')}::smallint[], ${kindNumbers(ground, scope)}::smallint[],
			${scope.from}::smallint, ${scope.to}::smallint, ${array(scope.phrases, 'text')}, ${array(scope.notPhrases, 'text')}, ${cap})`
	);
}

/** One word with one stem: what was read of an item is its score already. */
const isPlain = (concepts: Concept[], { required, excluded }: Scope) =>
	concepts.length === 1 && concepts[0]!.terms.size === 1 && required.length + excluded.size === 0;

const numbers = (values: number[]) => `{${values.join(',')}}`;
const list = <K extends string>(of: { [key in K]: number }[], key: K) => numbers(of.map((entry) => entry[key]));
const kindNumbers = ({ kinds }: Ground, { archived }: Scope) =>
	numbers(kinds.flatMap(({ id }) => (archived ? [id, -id] : [id])));

/** Scores with every word: also those a candidate was not found by. */
function score(candidates: Candidate[], concepts: Concept[], scope: Scope, ground: Ground, viewer: Viewer): Match[] {
	const kindOf = new Map(ground.kinds.map(({ id, kind }) => [id, kind]));
	const spaceOf = new Map(ground.spaces.map(({ id, space_id }) => [id, space_id]));
	const weights = concepts.map(({ df }) => idf(df, ground.total));
	const all = weights.reduce((sum, weight) => sum + weight, 0);
	const wanted = new Map<number, { concept: number; worth: number }[]>();
	concepts.forEach(({ terms }, concept) => {
		for (const [term, worth] of terms) wanted.set(term, [...(wanted.get(term) ?? []), { concept, worth }]);
	});
	const today = Date.now() / 86_400_000;
	const matches: Match[] = [];
	const requiredTerms = new Map(
		scope.required.flatMap(({ terms }, index) => [...terms.keys()].map((term) => [term, index] as const))
	);
	for (const { item_id, part, root_id, space, kind, fresh, helped, vector, points } of candidates) {
		const best = new Float64Array(concepts.length);
		let excluded = false;
		const met = new Set<number>();
		if (!vector) {
			if (weights[0]) best[0] = (points ?? 0) / SCALE / weights[0];
		} else {
			for (let at = 0; at < vector.length; at += 6) {
				const term = vector.readUInt32LE(at);
				const uses = wanted.get(term);
				if (uses) {
					const impact = vector.readUInt16LE(at + 4) / SCALE;
					for (const { concept, worth } of uses) best[concept] = Math.max(best[concept]!, impact * worth);
				}
				if (scope.excluded.has(term)) excluded = true;
				const required = requiredTerms.get(term);
				if (required !== undefined) met.add(required);
			}
		}
		if (excluded || met.size < scope.required.length) continue;
		let sum = 0;
		let found = 0;
		best.forEach((impact, concept) => {
			sum += impact * weights[concept]!;
			if (impact > 0) found += weights[concept]!;
		});
		const share = all > 0 ? found / all : 1;
		const spaceId = spaceOf.get(space)!;
		const close = viewer.memberships.has(spaceId) ? 1.15 : 1;
		const young = 1 + 0.15 * Math.exp(-Math.max(0, today - fresh) / 180);
		const scored = concepts.length > 0 ? sum * share : 1 + Math.log2(1 + helped);
		matches.push({
			...{ itemId: item_id, part, rootId: root_id, kind: kindOf.get(Math.abs(kind))!, spaceId, helped, share },
			score: scored * close * young
		});
	}
	return matches.sort((a, b) => b.score - a.score);
}
