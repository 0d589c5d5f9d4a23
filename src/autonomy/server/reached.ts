import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { itemAddress } from '#src/core/items/address.ts';
import { iso } from '#src/core/items/server/present.ts';
import { choosers, type Chooser } from '#src/core/notify/choice.ts';
import { allKinds, kindOf } from '#src/core/notify/kinds.ts';
import { otherWays } from '#src/core/notify/server/other-ways.ts';
import { preferencesOf, turnOff } from '#src/core/notify/server/preferences.ts';
import { noticeColumns, noticesOf, presentNotice, type NoticeRow } from '#src/core/notify/server/read.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { DAYS, type Reached, type ReachedLine } from '../reached.ts';

/** The newest of each line that are shown. */
const LATEST = 3;

const since = sql`now() - make_interval(days => ${DAYS})`;

/** A notification counts where it was shown, mailed or rang; from before it was noted, its kind says by whose choice. */
const usual = () => JSON.stringify(Object.fromEntries(allKinds().map(({ name, choice }) => [name, choice])));

/** What reached the viewer in the last days, and why; nobody else can ask for it. */
export async function readReached(db: Db, viewer: Viewer): Promise<Reached> {
	const lines = [...(await noticeLines(db, viewer)), ...(await otherLines(db, viewer))];
	const groups = choosers.flatMap((choice) => {
		const its = lines.filter((line) => line.choice === choice).sort((one, other) => other.line.count - one.line.count);
		return its.length > 0 ? [{ choice, count: sumOf(its), lines: its.map(({ line }) => line) }] : [];
	});
	return { count: sumOf(lines), own: sumOf(lines.filter(({ choice }) => choice === 'self')), groups };
}

interface Line {
	choice: Chooser;
	line: ReachedLine;
}

const sumOf = (lines: Line[]) => lines.reduce((sum, { line }) => sum + line.count, 0);

type Told = NoticeRow & { choice: Chooser; count: number; by_mail: number; on_device: number };

async function noticeLines(db: Db, viewer: Viewer): Promise<Line[]> {
	const found = await rows<Told>(
		db,
		sql`with told as (
				select ${noticeColumns}, coalesce(n.choice, ${usual()}::jsonb ->> n.kind, 'default') as choice,
					n.mailed_at is not null as mailed, rang.at is not null as rang
				${noticesOf(viewer, sql`left join lateral (select 1 as at from push_told t where t.notification_id = n.id limit 1) rang on true`)}
					and n.created_at > ${since} and (n.in_page or n.mailed_at is not null or rang.at is not null)
			), counted as (
				select *, row_number() over of_line as place, (count(*) over all_of)::int as count,
					(count(*) filter (where mailed) over all_of)::int as by_mail, (count(*) filter (where rang) over all_of)::int as on_device
				from told window all_of as (partition by kind, choice), of_line as (partition by kind, choice order by created_at desc, id desc)
			)
			select * from counted where place <= ${LATEST} order by kind, choice, place`
	);
	const { choices } = await preferencesOf(db, viewer);
	const isOff = (kind: string) => {
		const wants = choices.find((each) => each.kind === kind);
		return !wants || (!wants.inPage && wants.mail === 'never' && wants.push === 'never');
	};
	return [...Map.groupBy(found, ({ kind, choice }) => `${kind} ${choice}`).values()].map((its) => {
		const { kind, choice, count, by_mail, on_device } = its[0]!;
		return {
			choice,
			line: {
				...{ name: kind, label: kindOf(kind)?.label ?? kind, count, byMail: by_mail, onDevice: on_device, inChat: 0 },
				...{ latest: its.map(latestOf), isOff: isOff(kind), stopLabel: 'Turn off' }
			}
		};
	});
}

function latestOf(told: Told) {
	const { sentence: text, href, at } = presentNotice(told);
	return { text, href, at };
}

interface CameRow {
	choice: Chooser;
	id: string;
	kind: string;
	title: string;
	count: number;
	by_mail: number;
	in_chat: number;
	last: string;
}

async function otherLines(db: Db, viewer: Viewer): Promise<Line[]> {
	const lines = otherWays().map(async ({ name, stopLabel, came }) => {
		const found = await rows<CameRow>(
			db,
			sql`select came.choice, i.id, i.kind, i.title, count(*)::int as count, max(came.at) as last,
					(count(*) filter (where came.way = 'mail'))::int as by_mail, (count(*) filter (where came.way = 'chat'))::int as in_chat
				from (${came}) came join item i on i.id = came.item_id
				where came.person_id = ${viewer.id} and came.at > ${since} and ${visibleItems(viewer, 'i')}
				group by came.choice, i.id order by last desc limit 100`
		);
		return found.map(({ choice, id, kind, title, count, by_mail, in_chat, last }) => {
			const href = itemAddress({ id, kind, rootId: id, rootKind: kind });
			const latest = [{ text: title, href, at: iso(last) }];
			const counts = { count, byMail: by_mail, onDevice: 0, inChat: in_chat };
			return { choice, line: { name: `${name}.${id}`, label: title, ...counts, latest, isOff: false, stopLabel } };
		});
	});
	return (await Promise.all(lines)).flat();
}

/** Turns one of the lines off, on all ways. @throws Failure not_found for what is none */
export async function turnOffReached(db: Db, viewer: Viewer, name: string): Promise<void> {
	const [first, rest] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
	const way = otherWays().find((each) => each.name === first);
	if (way && isId(rest)) return way.stop(db, viewer, rest);
	if (!kindOf(name)) throw notFound('There is nothing of this name to turn off.');
	await turnOff(db, viewer.id, name);
}
