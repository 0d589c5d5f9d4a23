import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import type { Chooser } from '#src/core/notify/choice.ts';
import { kindOf } from '#src/core/notify/kinds.ts';
import { otherWays } from '#src/core/notify/server/other-ways.ts';
import { mondayOf } from '#src/platform/day.ts';
import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { wilson } from '#src/platform/statistics/proportions.ts';
import { fallOf, limitsOf, usualOf, type WeekCount } from '../fall.ts';
import { FEWEST, LATELY, WEEKS, type Meter, type MeterKind, type MeterSpace, type Rose, type Share } from '../meter.ts';
import { saidQuarters } from '../pulse/server/pulse.ts';
import { tellable } from '../suppress.ts';
import { countOptOuts, findLeaks } from './leaks.ts';
import { canReadMeter, canReadWhole, spacesMetered } from './policy.ts';
import { cameIn, wholeWeeks } from './weeks.ts';

/** By whose choice things reached people, as far as it may be told. @throws Failure forbidden for who looks after nobody */
export async function readMeter(db: Db, viewer: Viewer, now = new Date()): Promise<Meter> {
	allow(canReadMeter(viewer), 'Admins, community managers and stewards read this.');
	const newest = new Date(Date.parse(mondayOf(now)) - 7 * 86_400_000).toISOString().slice(0, 10);
	return {
		whole: canReadWhole(viewer) ? await readWhole(db, viewer, newest) : null,
		...(await readSpaces(db, viewer, newest)),
		said: await saidQuarters(db)
	};
}

async function readWhole(db: Db, viewer: Viewer, newest: string): Promise<Meter['whole']> {
	const weeks = await wholeWeeks(db, newest);
	const usual = usualOf(weeks.slice(0, -1));
	const [kinds, optOuts, leaks] = await Promise.all([readKinds(db, newest), countOptOuts(db, WEEKS), findLeaks(db)]);
	const [lately, before] = [weeks.slice(-LATELY), weeks.slice(0, -LATELY)];
	const rule = weeks.at(-1)?.week === newest ? fallOf(weeks) : undefined;
	return {
		lately: sharedOf(lately, usual?.spread),
		before: before.length > 0 ? sumOf(before, 'own') / sumOf(before, 'pushes') : null,
		usual: usual?.middle ?? null,
		weeks: weeks.map((week) => ({ ...week, ...(usual ? limitsOf(usual, week.pushes) : { low: null, high: null }) })),
		kinds,
		optOuts: optOuts.people < FEWEST ? null : optOuts.times,
		leaks: leaks.length,
		fall: rule ? { rule, week: newest, rose: await whatRose(db, viewer, newest, kinds) } : null
	};
}

const sumOf = (weeks: readonly WeekCount[], of: 'pushes' | 'own') => weeks.reduce((sum, week) => sum + week[of], 0);

/** Things come in bunches: the interval is that of as many single ones as move so much. */
function sharedOf(weeks: readonly WeekCount[], spread = 1): (Share & { pushes: number }) | null {
	const [pushes, own] = [sumOf(weeks, 'pushes'), sumOf(weeks, 'own')];
	if (pushes === 0) return null;
	const singles = Math.max(1, pushes / spread ** 2);
	return { pushes, share: own / pushes, ...wilson((own / pushes) * singles, singles) };
}

interface KindWeek {
	kind: string;
	choice: Chooser;
	week: string;
	pushes: number;
	receivers: number;
	whole: number;
}

/** Of each week what may be told; a kind stands for the weeks in which it may. */
async function readKinds(db: Db, newest: string): Promise<MeterKind[]> {
	const found = await rows<KindWeek>(
		db,
		sql`select k.kind, k.choice, k.week::text, k.pushes, k.receivers, w.pushes as whole
			from push_week_kind k join push_week w on w.week = k.week and w.space_id is null and w.receivers >= ${FEWEST}
			where k.week <= ${newest}::date and k.week > ${newest}::date - ${WEEKS * 7}::int`
	);
	const told = [...Map.groupBy(found, ({ week }) => week).values()].flatMap(tellable);
	const since = new Date(Date.parse(newest) - (LATELY - 1) * 7 * 86_400_000).toISOString().slice(0, 10);
	const wholes = new Map(found.map(({ week, whole }) => [week, whole]));
	const all = (isLate: boolean) =>
		[...wholes].reduce((sum, [week, whole]) => (week >= since === isLate ? sum + whole : sum), 0);
	const [late, early] = [all(true), all(false)];
	return [...Map.groupBy(told, ({ kind, choice }) => `${kind} ${choice}`).values()]
		.map((its) => {
			const { kind, choice } = its[0]!;
			const count = (isLate: boolean) =>
				its.reduce((sum, { week, pushes }) => (week >= since === isLate ? sum + pushes : sum), 0);
			return {
				...{ kind, choice, label: labelOf(kind), pushes: count(true) },
				...{ share: late > 0 ? count(true) / late : 0, before: early > 0 ? count(false) / early : null }
			};
		})
		.filter(({ pushes, before }) => pushes > 0 || before)
		.sort((one, other) => other.pushes - one.pushes);
}

const labelOf = (kind: string) =>
	kindOf(kind)?.label ?? otherWays().find(({ name }) => name === kind)?.label ?? 'Something else';

/** What was not chosen and takes more of the whole than before, with what most of it was about. */
async function whatRose(db: Db, viewer: Viewer, newest: string, kinds: MeterKind[]): Promise<Rose[]> {
	const rose = kinds
		.filter(({ choice, share, before }) => choice !== 'self' && share > (before ?? 0) + 0.01)
		.sort((one, other) => other.share - (other.before ?? 0) - (one.share - (one.before ?? 0)))
		.slice(0, 3);
	const found = await rows<{
		kind: string;
		choice: string;
		id: string;
		item_kind: string;
		title: string;
		count: number;
	}>(
		db,
		sql`select c.kind, c.choice, i.id, i.kind as item_kind, i.title, count(*)::int as count
			from (${cameIn(newest)}) c join item i on i.id = c.item_id
			where i.parent_id is null and i.title <> '' and ${visibleItems(viewer, 'i')} and c.kind = any(${array(
				rose.map(({ kind }) => kind),
				'text'
			)})
			group by c.kind, c.choice, i.id having count(distinct c.person_id) >= ${FEWEST} order by count desc`
	);
	return rose.map(({ kind, choice, label, share, before }) => ({
		...{ label, from: before ?? 0, to: share },
		about: found
			.filter((each) => each.kind === kind && each.choice === choice)
			.slice(0, 3)
			.map(({ id, item_kind, title, count }) => ({
				...{ title, count, href: itemAddress({ id, kind: item_kind, rootId: id, rootKind: item_kind }) }
			}))
	}));
}

interface SpaceWeek extends WeekCount {
	id: string;
	receivers: number;
}

/** What may be told is found over all spaces, whoever reads: two readers together know no more than one. */
async function readSpaces(db: Db, viewer: Viewer, newest: string): Promise<Pick<Meter, 'spaces' | 'leftOut'>> {
	const found = await rows<SpaceWeek>(
		db,
		sql`select space_id as id, week::text, pushes, own, receivers from push_week
			where space_id is not null and week <= ${newest}::date and week > ${newest}::date - ${WEEKS * 7}::int`
	);
	const told = Map.groupBy([...Map.groupBy(found, ({ week }) => week).values()].flatMap(tellable), ({ id }) => id);
	const mine = await rows<{ id: string; name: string; slug: string }>(
		db,
		sql`select id, name, slug from space where id = any(${array([...spacesMetered(viewer)], 'uuid')}) and archived_at is null`
	);
	const spaces = mine.flatMap(({ id, name, slug }): MeterSpace[] => {
		const weeks = told.get(id) ?? [];
		const shared = sharedOf(weeks, usualOf(weeks.sort((one, other) => one.week.localeCompare(other.week)))?.spread);
		return shared ? [{ id, name, href: `/spaces/${slug}`, weeks: weeks.length, ...shared }] : [];
	});
	return { spaces: spaces.sort((one, other) => one.share - other.share), leftOut: mine.length - spaces.length };
}
