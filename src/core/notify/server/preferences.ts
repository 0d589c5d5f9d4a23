import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { withSettings } from './on-its-way.ts';
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
	await change(db, personId, async (tx) => {
		for (const { kind, inPage, mail, push = null } of choices)
			await tx.execute(sql`insert into notification_preference (person_id, kind, in_page, mail, push)
				values (${personId}, ${kind}, ${inPage}, ${mail}, ${push})
				on conflict (person_id, kind) do update set in_page = excluded.in_page, mail = excluded.mail,
					push = coalesce(excluded.push, notification_preference.push)`);
	});
}

/** Nothing of this kind any more, in page, mail or on devices. */
export const turnOff = (db: Db, personId: string, kind: string) =>
	savePreferences(db, personId, [{ kind, inPage: false, mail: 'never', push: 'never' }]);

/** One step calmer: at once becomes the digest, the digest becomes the page only, the page becomes nothing. */
export async function lessOften(db: Db, personId: string, kind: string): Promise<Choice> {
	const own = await choiceOf(db, personId, kind);
	const mail = own.mail === 'now' ? 'digest' : 'never';
	const next = { kind, inPage: own.mail !== 'never' && own.inPage, mail } as const;
	await savePreferences(db, personId, [next]);
	return next;
}

/** No mails of these kinds any more; the page still tells. `digest` stands for all kinds in it. */
export async function stopMails(db: Db, personId: string, kinds: string[]): Promise<void> {
	const wanted = kinds.includes('digest') ? allKinds().map(({ name }) => name) : kinds.filter((kind) => kindOf(kind));
	const own = await Promise.all(wanted.map((kind) => choiceOf(db, personId, kind)));
	const affected = kinds.includes('digest') ? own.filter(({ mail }) => mail === 'digest') : own;
	await savePreferences(
		db,
		personId,
		affected.map((choice) => ({ ...choice, mail: 'never' as const }))
	);
}

async function choiceOf(db: Db, personId: string, name: string): Promise<Choice> {
	const kind = kindOf(name);
	if (!kind) throw invalid({ kind: 'is not a kind of notification' });
	const own = await row<{ in_page: boolean; mail: MailChoice }>(
		db,
		sql`select in_page, mail from notification_preference where person_id = ${personId} and kind = ${name}`
	);
	return { kind: name, inPage: own?.in_page ?? kind.inPage, mail: own?.mail ?? kind.mail };
}

/** Nothing more of one page and all beneath it. */
export const muteItem = (db: Db, personId: string, itemId: string) =>
	change(db, personId, (tx) =>
		tx.execute(
			sql`insert into mute (person_id, item_id) select ${personId}, id from item where id = ${itemId} on conflict do nothing`
		)
	);

export const unmuteItem = (db: Db, personId: string, itemId: string) =>
	change(db, personId, (tx) => tx.execute(sql`delete from mute where person_id = ${personId} and item_id = ${itemId}`));

/** What the viewer has muted, the newest first. */
export const mutedItems = (db: Db, viewer: Viewer): Promise<{ id: string; title: string; kind: string }[]> =>
	rows(
		db,
		sql`select i.id, i.title, i.kind from mute m join item i on i.id = m.item_id
			where m.person_id = ${viewer.id} and ${visibleItems(viewer, 'i')} order by i.created_at desc limit 100`
	);

/** How long each choice of a pause lasts, in days. */
export const PAUSES = { today: 1, week: 7, fortnight: 14, off: 0 } as const;

/** Nothing rings and no mail comes until then; what happens meanwhile is kept in the list. */
export const pause = (db: Db, personId: string, length: keyof typeof PAUSES) =>
	change(db, personId, (tx) =>
		tx.execute(sql`update notification_settings
			set paused_until = case when ${PAUSES[length]}::int = 0 then null else now() + make_interval(days => ${PAUSES[length]}::int) end
			where person_id = ${personId}`)
	);
