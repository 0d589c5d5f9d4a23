import { isMember } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import type { ItemView } from '#src/core/items/post.ts';
import { readItem } from '#src/core/items/server/post.ts';
import { iso } from '#src/core/items/server/present.ts';
import { allow } from '#src/core/access/server/policy.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId } from '#src/platform/server/ids.ts';
import type { AidFacts, AidType, Shown } from '../aid.ts';
import type { AidContent } from '../content.ts';
import { canKeep } from './policy.ts';
import { questionsAbout } from './questions.ts';
import { useOf } from './runs.ts';

export type AidView = Omit<ItemView, 'bodyHtml'> & { bodyHtml: '' } & AidFacts;

interface Found {
	type: AidType;
	content: AidContent;
	shown: Shown;
	author_id: string;
	owner_id: string;
	owner_name: string;
	owner_image: string | null;
	verify_by: string | null;
	due: boolean;
	verified_at: string | null;
	verified_by: string | null;
	roles: string[];
	patterns: string[];
	successor: { id: string; title: string } | null;
}

/** A job aid with all that its page shows. @throws Failure not_found, also for what the viewer may not read */
export async function readAid(db: Db, viewer: Viewer, id: string): Promise<AidView> {
	const { provenance: _, ...item } = await readItem(db, viewer, id, 'aid');
	const found = await row<Found>(db, factsQuery(viewer, id));
	if (!found) throw gone();
	const { type, content, shown, roles, patterns, successor } = found;
	return {
		...item,
		// Shown from its content; the text is for search, history and export.
		bodyHtml: '',
		...{ type, content, shown, roles, patterns, successor },
		owner: { id: found.owner_id, name: found.owner_name, image: found.owner_image, you: found.owner_id === viewer.id },
		verification: {
			until: found.verify_by,
			due: found.due,
			at: found.verified_at && iso(found.verified_at),
			by: found.verified_by
		},
		use: await useOf(db, id, item.version),
		questions: await questionsAbout(db, viewer, id),
		replaced: await replacedBy(db, viewer, id),
		canKeep: canKeep(viewer, { spaceId: item.space.id, authorId: found.author_id, ownerId: found.owner_id })
	};
}

const factsQuery = (viewer: Viewer, id: string) => sql`
	select a.type, v.content, v.shown, i.author_id, a.owner_id, o.name as owner_name, o.image as owner_image, a.roles,
		a.verify_by::text as verify_by, coalesce(a.verify_by < current_date, false) as due, a.verified_at, vp.name as verified_by,
		array(select pattern from aid_pattern ap where ap.item_id = i.id order by pattern) as patterns,
		(select jsonb_build_object('id', n.id, 'title', n.title) from item n where n.id = a.successor_id and ${visibleItems(viewer, 'n')}) as successor
	from aid a
	join item i on i.id = a.item_id
	join aid_version v on v.item_id = i.id and v.version = i.version
	join person o on o.id = a.owner_id
	left join person vp on vp.id = a.verified_by
	where a.item_id = ${id} and ${visibleItems(viewer, 'i')}`;

const replacedBy = (db: Db, viewer: Viewer, id: string): Promise<{ id: string; title: string }[]> =>
	rows(
		db,
		sql`select i.id, i.title from aid a join item i on i.id = a.item_id
			where a.successor_id = ${id} and ${visibleItems(viewer, 'i')} order by i.title limit 20`
	);

const gone = () => notFound('This job aid does not exist, or is not open to you.');

/** What a run or a print needs: no more than it shows, since it may be kept for when there is no network. */
export interface AidRunView {
	id: string;
	title: string;
	version: number;
	type: AidType;
	shown: Shown;
	space: { slug: string; name: string };
	owner: string;
	state: 'open' | 'archived';
	successorId: string | null;
	verification: { until: string | null; due: boolean };
	updatedAt: string;
}

/** An aid to be run or printed. @throws Failure not_found */
export async function aidToRun(db: Db, viewer: Viewer, id: string): Promise<AidRunView> {
	const found = isId(id)
		? await row<
				Omit<AidRunView, 'space' | 'verification'> & {
					slug: string;
					space_name: string;
					until: string | null;
					due: boolean;
				}
			>(
				db,
				sql`select i.id, i.title, i.version, a.type, v.shown, s.slug, s.name as space_name, o.name as owner, i.state,
						a.verify_by::text as until, coalesce(a.verify_by < current_date, false) as due, i.updated_at as "updatedAt",
						(select n.id from item n where n.id = a.successor_id and ${visibleItems(viewer, 'n')}) as "successorId"
					from item i join aid a on a.item_id = i.id join aid_version v on v.item_id = i.id and v.version = i.version
					join space s on s.id = i.space_id join person o on o.id = a.owner_id
					where i.id = ${id} and ${visibleItems(viewer, 'i')}`
			)
		: undefined;
	if (!found) throw gone();
	const { slug, space_name: name, until, due, updatedAt, ...rest } = found;
	return { ...rest, updatedAt: iso(updatedAt), space: { slug, name }, verification: { until, due } };
}

/** A version of an aid as it was. @throws Failure not_found */
export async function aidVersionAt(db: Db, viewer: Viewer, id: string, version: number) {
	const found = await row<{
		title: string;
		version: number;
		content: AidContent;
		shown: Shown;
		note: string;
		created_at: string;
	}>(
		db,
		sql`select r.title, r.version, v.content, v.shown, r.note, r.created_at
			from item i join revision r on r.item_id = i.id join aid_version v on v.item_id = i.id and v.version = r.version
			where i.id = ${id} and i.kind = 'aid' and r.version = ${version} and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw notFound('There is no such version.');
	const { created_at, ...rest } = found;
	return { id, ...rest, at: iso(created_at) };
}

export interface AidToEdit {
	id: string;
	spaceId: string;
	title: string;
	type: AidType;
	content: AidContent;
	tags: string[];
	roles: string[];
	patterns: string[];
	verifyBy: string | null;
	ownerId: string;
	version: number;
	/** Whom it can be given to; empty for who is not in the space. */
	mayHandOver: boolean;
}

/** An aid as its editor starts from it. @throws Failure not_found or forbidden */
export async function aidToEdit(db: Db, viewer: Viewer, id: string): Promise<AidToEdit> {
	const found = await row<AidToEdit & { authorId: string }>(
		db,
		sql`select i.id, i.space_id as "spaceId", i.author_id as "authorId", i.title, i.tags, i.version, a.type, a.roles,
				a.owner_id as "ownerId", a.verify_by::text as "verifyBy", v.content,
				array(select pattern from aid_pattern ap where ap.item_id = i.id order by pattern) as patterns
			from item i join aid a on a.item_id = i.id join aid_version v on v.item_id = i.id and v.version = i.version
			where i.id = ${id} and ${visibleItems(viewer, 'i')}`
	);
	if (!found) throw gone();
	const { authorId, ...aid } = found;
	allow(
		canKeep(viewer, { spaceId: aid.spaceId, authorId, ownerId: aid.ownerId }),
		'Its owner and the stewards of the space may change this.'
	);
	return { ...aid, mayHandOver: isMember(viewer, aid.spaceId) };
}
