import { allow, hasOrgRole, isAdmin } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { isFirst } from '#src/core/items/server/submission.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import type { CauseName } from '../../causes.ts';
import { builtIns, type Option, type StarterName } from '../catalogue.ts';
import type { NewOption } from '../input.ts';

interface OptionRow extends Pick<Option, 'id' | 'label' | 'fits' | 'outside' | 'hoursMake' | 'days'> {
	starter: StarterName | null;
	causes: CauseName[];
	by_id: string;
	by_name: string;
	withdrawn: boolean;
}

/** Who takes an option out of the catalogue again: whoever added it, learning advisers and admins. */
export const canWithdraw = (viewer: Viewer, addedBy: string): boolean =>
	addedBy === viewer.id || isAdmin(viewer) || hasOrgRole(viewer, 'learning_adviser');

/** The catalogue: what comes with Trellis, and what people added. */
export async function listOptions(db: Db, viewer: Viewer): Promise<Option[]> {
	const added = await find(db, sql`o.withdrawn_at is null`);
	return [
		...builtIns.map((one) => ({ ...one, by: null, canWithdraw: false })),
		...added.map((one) => present(viewer, one))
	];
}

/** Options by their ids, also those that were withdrawn meanwhile. */
export async function optionsById(db: Db, viewer: Viewer, ids: readonly string[]): Promise<Map<string, Option>> {
	const known = builtIns.map((one): Option => ({ ...one, by: null, canWithdraw: false }));
	const added = await find(db, sql`o.id::text = any(${array(ids, 'text')})`);
	return new Map([...known, ...added.map((one) => present(viewer, one))].map((one) => [one.id, one]));
}

const find = (db: Db, which: ReturnType<typeof sql>) =>
	rows<OptionRow>(
		db,
		sql`select o.id, o.label, o.fits, o.outside, o.starter, o.causes, o.hours_make as "hoursMake", o.days, p.id as by_id,
				p.name as by_name, o.withdrawn_at is not null as withdrawn
			from need_option o join person p on p.id = o.added_by where ${which} order by lower(o.label), o.id limit 500`
	);

const present = (viewer: Viewer, { starter, by_id, by_name, withdrawn, ...one }: OptionRow): Option => ({
	...one,
	starters: starter ? [starter] : [],
	by: { id: by_id, name: by_name },
	canWithdraw: !withdrawn && canWithdraw(viewer, by_id)
});

/** Adds a way to help to the catalogue, under one's name. @returns its id */
export async function addOption(db: Db, viewer: Viewer, { submission, ...option }: NewOption): Promise<string> {
	return db.transaction(async (tx) => {
		if (submission && !(await isFirst(tx, viewer, submission))) {
			const first = await row<{ id: string }>(
				tx,
				sql`select id from need_option where added_by = ${viewer.id} and label = ${option.label} order by id desc limit 1`
			);
			if (first) return first.id;
		}
		const id = newId();
		await tx.execute(sql`insert into need_option (id, label, fits, outside, starter, causes, hours_make, days, added_by)
			values (${id}, ${option.label}, ${option.fits}, ${option.outside}, ${option.starter ?? null},
				${array(option.causes, 'text')}, ${option.hoursMake}, ${option.days}, ${viewer.id})`);
		return id;
	});
}

/** Takes an option out of the catalogue; plans that chose it keep it. */
export async function withdrawOption(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		const found = await row<{ added_by: string }>(
			tx,
			sql`select added_by from need_option where id = ${id} and withdrawn_at is null for update`
		);
		if (!found) throw notFound('This option is not in the catalogue.');
		allow(canWithdraw(viewer, found.added_by), 'Whoever added it takes it out, or a learning adviser.');
		await tx.execute(sql`update need_option set withdrawn_at = now() where id = ${id}`);
	});
}
