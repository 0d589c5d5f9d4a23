import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';

/**
 * Who imported pages belong to: the person with the address given, or else the admin who
 * has been here longest.
 * @throws Failure not_found where there is no such person
 */
export async function authorForImport(db: Db, email?: string): Promise<Viewer> {
	const found = email
		? await row<{ id: string }>(db, sql`select id from person where email = ${email.trim().toLowerCase()}`)
		: await row<{ id: string }>(
				db,
				sql`select p.id from person p join org_role r on r.person_id = p.id
					where r.role = 'admin' and p.deactivated_at is null order by r.granted_at, p.id limit 1`
			);
	const viewer = found && (await loadViewer(db, found.id));
	if (viewer) return viewer;
	throw notFound(
		email ? `Nobody here has the address ${email}.` : 'There is no admin yet: name an author with --author.'
	);
}
