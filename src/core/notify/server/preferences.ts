import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { withSettings } from './on-its-way.ts';
import { noteOptIn, noteOptOut } from './opt-outs.ts';
import { allKinds, kindOf, type MailChoice, type NotificationKind } from '../kinds.ts';

export interface Choice {
	kind: string;
	inPage: boolean;
	mail: MailChoice;
	/** On devices; what it was stays where it is left out. */
	push?: MailChoice;
}

const change = (db: Db, personId: string, work: (tx: Db) => Promise<unknown>): Promise<void> =>
	withSettings(db, personId, async (tx) => {
		await work(tx);
	});

/** What the viewer wants of each kind, the defaults where they changed nothing. */
export async function preferencesOf(
	db: Db,
	viewer: Viewer
): Promise<{ choices: (Required<Choice> & Pick<NotificationKind, 'label' | 'group'>)[]; pausedUntil: string | null }> {
	const own = await rows<{ kind: string; in_page: boolean; mail: MailChoice; push: MailChoice | null }>(
		db,
		sql`select kind, in_page, mail, push from notification_preference where person_id = ${viewer.id}`
	);
	const settings = await row<{ until: string }>(
		db,
		sql`select paused_until as until from notification_settings where person_id = ${viewer.id} and paused_until > now()`
	);
	const choices = allKinds().map(({ name, label, group, inPage, mail }) => {
		const chosen = own.find(({ kind }) => kind === name);
		const wants = { inPage: chosen?.in_page ?? inPage, mail: chosen?.mail ?? mail, push: chosen?.push ?? mail };
		return { kind: name, label, group, ...wants };
	});
	return { choices, pausedUntil: settings ? new Date(settings.until).toISOString() : null };
}

/** Keeps what a person wants of some kinds. @throws Failure invalid for a kind that does not exist */
export async function savePreferences(db: Db, personId: string, choices: Choice[]): Promise<void> {
	for (const { kind } of choices) if (!kindOf(kind)) throw invalid({ kind: 'is not a kind of notification' });
	await change(db, personId, (tx) => save(tx, personId, choices));
}

async function save(tx: Db, personId: string, choices: Choice[]): Promise<void> {
	const before = await wishesOf(tx, personId);
	for (const { kind, inPage, mail, push = null } of choices)
		await tx.execute(sql`insert into notification_preference (person_id, kind, in_page, mail, push)
			values (${personId}, ${kind}, ${inPage}, ${mail}, ${push})
			on conflict (person_id, kind) do update set in_page = excluded.in_page, mail = excluded.mail,
				push = coalesce(excluded.push, notification_preference.push)`);
	for (const choice of choices) await noteChange(tx, personId, before(choice.kind), choice);
}

const waysOf = ({ inPage, mail, push }: Required<Choice>) => [
	...(inPage ? (['page'] as const) : []),
	...(mail === 'never' ? [] : (['mail'] as const)),
	...(push === 'never' ? [] : (['push'] as const))
];

/** Ways that are off now, and those that are on again. */
async function noteChange(tx: Db, personId: string, before: Required<Choice>, choice: Choice): Promise<void> {
	const [had, has] = [waysOf(before), waysOf({ ...choice, push: choice.push ?? before.push })];
	const of = { about: 'kind', target: choice.kind } as const;
	const [off, on] = [had.filter((way) => !has.includes(way)), has.filter((way) => !had.includes(way))];
	if (off.length > 0) await noteOptOut(tx, personId, { ...of, ways: off });
	if (on.length > 0) await noteOptIn(tx, personId, { ...of, ways: on });
}

/** Nothing of this kind any more, in page, mail or on devices. */
export const turnOff = (db: Db, personId: string, kind: string) =>
	savePreferences(db, personId, [{ kind, inPage: false, mail: 'never', push: 'never' }]);

/** One step calmer: at once becomes the digest, the digest becomes the page only, the page becomes nothing. */
export async function lessOften(db: Db, personId: string, kind: string): Promise<Choice> {
	if (!kindOf(kind)) throw invalid({ kind: 'is not a kind of notification' });
	// What it is now is read under the lock: beside an opt-out it must not bring anything back.
	return withSettings(db, personId, async (tx) => {
		const own = (await wishesOf(tx, personId))(kind);
		const mail = own.mail === 'now' ? 'digest' : 'never';
		const next = { kind, inPage: own.mail !== 'never' && own.inPage, mail } as const;
		await save(tx, personId, [next]);
		return next;
	});
}

/** No mails of these kinds any more; the page still tells. `digest` stands for all kinds in it. */
export const stopMails = (db: Db, personId: string, kinds: string[]): Promise<void> =>
	change(db, personId, async (tx) => {
		const wanted = kinds.includes('digest') ? allKinds().map(({ name }) => name) : kinds.filter((kind) => kindOf(kind));
		const own = wanted.map(await wishesOf(tx, personId));
		const affected = kinds.includes('digest') ? own.filter(({ mail }) => mail === 'digest') : own;
		const choices = affected.map(({ kind, inPage }) => ({ kind, inPage, mail: 'never' as const }));
		await save(tx, personId, choices);
	});

/** What somebody wants of each kind at this moment, the defaults where they changed nothing. */
async function wishesOf(tx: Db, personId: string): Promise<(kind: string) => Required<Choice>> {
	const own = await rows<{ kind: string; in_page: boolean; mail: MailChoice; push: MailChoice | null }>(
		tx,
		sql`select kind, in_page, mail, push from notification_preference where person_id = ${personId}`
	);
	return (name) => {
		const { inPage, mail } = kindOf(name)!;
		const chosen = own.find(({ kind }) => kind === name);
		return {
			kind: name,
			...{ inPage: chosen?.in_page ?? inPage, mail: chosen?.mail ?? mail, push: chosen?.push ?? mail }
		};
	};
}

/** Nothing more of one page and all beneath it. */
export const muteItem = (db: Db, personId: string, itemId: string) =>
	change(db, personId, async (tx) => {
		const made = await rows(
			tx,
			sql`insert into mute (person_id, item_id) select ${personId}, id from item where id = ${itemId} on conflict do nothing returning 1`
		);
		if (made.length > 0) await noteOptOut(tx, personId, { about: 'item', target: itemId });
	});

export const unmuteItem = (db: Db, personId: string, itemId: string) =>
	change(db, personId, async (tx) => {
		await tx.execute(sql`delete from mute where person_id = ${personId} and item_id = ${itemId}`);
		await noteOptIn(tx, personId, { about: 'item', target: itemId });
	});

/** What the viewer has muted, the newest first. */
export const mutedItems = (db: Db, viewer: Viewer): Promise<{ id: string; title: string; kind: string }[]> =>
	rows(
		db,
		sql`select i.id, i.title, i.kind from mute m join item i on i.id = m.item_id
			where m.person_id = ${viewer.id} and ${visibleItems(viewer, 'i')} order by i.created_at desc limit 100`
	);

/** How long each choice of a pause lasts, in days. */
export const PAUSES = { today: 1, week: 7, fortnight: 14, off: 0 } as const;

/** Nothing rings and no mail comes until then, on other ways neither; what happens meanwhile is kept in the list. */
export async function pause(db: Db, personId: string, length: keyof typeof PAUSES): Promise<void> {
	const days = PAUSES[length];
	const work = async (tx: Db) => {
		await tx.execute(sql`update notification_settings
			set paused_until = case when ${days}::int = 0 then null else now() + make_interval(days => ${days}::int) end
			where person_id = ${personId}`);
		const of = { about: 'all', target: '', ways: ['mail', 'push'] } as const;
		await (days > 0 ? noteOptOut(tx, personId, { ...of, days }) : noteOptIn(tx, personId, of));
	};
	await withSettings(db, personId, work, { all: true });
}
