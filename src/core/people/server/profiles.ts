import { eq } from 'drizzle-orm';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems, visibleSpaces } from '#src/core/access/server/visibility.ts';
import { fileAddress, storeImage, type Upload } from '#src/core/files/server/store.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import { MOST_TOPICS, type Profile } from '../input.ts';
import type { Away } from '../words.ts';
import { awayNow } from './presence.ts';
import { person } from './schema.ts';

export interface PersonLine {
	id: string;
	name: string;
	image: string | null;
	headline: string;
	askMeAbout: string[];
}

export const PEOPLE_A_PAGE = 48;

/** Colleagues by name, what they do, or what they can be asked about; all of them without words. */
export async function findPeople(db: Db, _viewer: Viewer, q = '', page = 0): Promise<PersonLine[]> {
	const word = q.trim().slice(0, 60);
	const typed = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
	const knows = sql`array_to_string(p.ask_me_about, ', ') ilike ${typed}`;
	return rows(
		db,
		sql`select p.id, p.name, p.image, p.headline, p.ask_me_about as "askMeAbout" from person p
			where p.deactivated_at is null and (p.name ilike ${typed} or p.headline ilike ${typed} or ${knows})
			order by (${word} <> '' and ${knows}) desc, lower(p.name), p.id
			limit ${PEOPLE_A_PAGE + 1} offset ${page * PEOPLE_A_PAGE}`
	);
}

export interface PersonPage extends PersonLine {
	timeZone: string;
	workStart: number;
	workEnd: number;
	workDays: number[];
	active: boolean;
	/** While they are on leave. */
	away: Away | null;
	spaces: { slug: string; name: string }[];
	recent: { id: string; kind: string; title: string; at: string }[];
}

/**
 * A colleague's page: who they are, when they work, the spaces the viewer may know of, and
 * what they shared under their name where the viewer may read it.
 * @throws Failure not_found
 */
export async function readPerson(db: Db, viewer: Viewer, id: string): Promise<PersonPage> {
	const found = isId(id)
		? await row<Omit<PersonPage, 'spaces' | 'recent'>>(
				db,
				sql`select id, name, image, headline, ask_me_about as "askMeAbout", time_zone as "timeZone",
					work_start as "workStart", work_end as "workEnd", work_days as "workDays", deactivated_at is null as active,
					${awayNow(sql`person.id`, sql`now()`)} as away
					from person where id = ${id}`
			)
		: undefined;
	if (!found) throw notFound('There is no such person.');
	const spaces = await rows<{ slug: string; name: string }>(
		db,
		sql`select s.slug, s.name from space_member m join space s on s.id = m.space_id
			where m.person_id = ${id} and s.kind <> 'organisation' and s.archived_at is null and ${visibleSpaces(viewer, 's')}
				and (s.access = 'open' or s.id = any(${sql.param(`{${[...viewer.memberships.keys()].join(',')}}`)}::uuid[]))
			order by lower(s.name)`
	);
	const recent = await rows<PersonPage['recent'][number]>(
		db,
		sql`select coalesce(q.id, i.id) as id, coalesce(q.kind, i.kind) as kind, coalesce(q.title, i.title) as title,
				i.created_at as at
			from item i left join item q on q.id = i.parent_id
			where i.author_id = ${id} and not i.anonymous and i.state = 'open' and i.kind in ('question', 'answer', 'page')
				and ${visibleItems(viewer, 'i')}
			order by i.created_at desc limit 10`
	);
	return { ...found, spaces, recent: recent.map((one) => ({ ...one, at: iso(one.at) })) };
}

/** The viewer's own profile as its form shows it. */
export async function ownProfile(db: Db, viewer: Viewer) {
	const { name, email, image, headline, askMeAbout, timeZone, language, workStart, workEnd, workDays } = person;
	const [found] = await db
		.select({ name, email, image, headline, askMeAbout, timeZone, language, workStart, workEnd, workDays })
		.from(person)
		.where(eq(person.id, viewer.id));
	return found!;
}

/** Changes the viewer's own profile. */
export async function updateProfile(db: Db, viewer: Viewer, input: Profile): Promise<void> {
	await db.transaction(async (tx) => {
		await tx
			.update(person)
			.set({ ...input, updatedAt: sql`now()` })
			.where(eq(person.id, viewer.id));
		await tellRightsChanged(tx, viewer.id);
	});
}

/** Sets the viewer's photo, or takes it away. @throws Failure invalid with `file` */
export async function setPhoto(db: Db, viewer: Viewer, upload: Upload | null): Promise<void> {
	const image = upload ? fileAddress(await storeImage(db, viewer, upload)) : null;
	await db.transaction(async (tx) => {
		await tx.update(person).set({ image }).where(eq(person.id, viewer.id));
		await tellRightsChanged(tx, viewer.id);
	});
}

/** Adds a topic to what somebody can be asked about, where it is not there and there is room for it. */
export async function offerToBeAsked(tx: Db, personId: string, topic: string): Promise<void> {
	await tx.execute(sql`update person set ask_me_about = array_append(ask_me_about, ${topic}) where id = ${personId}
		and cardinality(ask_me_about) < ${MOST_TOPICS} and not exists (select 1 from unnest(ask_me_about) t where lower(t) = lower(${topic}))`);
}
