import { array, rows, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { cleanLine } from '#src/core/import/clean.ts';
import { rowId, writtenAt } from './fields.ts';
import { part, type Dump } from './source.ts';

interface NewPerson {
	ref: string;
	name: string;
	createdAt: string;
}

/** Whoever wrote what has no account any more; their name stands in the item's provenance. */
export const FORMER = 'former';

/**
 * Users become people with a name and no way to sign in: deactivated, with an address
 * that no mail can ever reach (RFC 2606).
 */
export const users = part<NewPerson[]>({
	file: 'Users.xml',
	prepare: (dump, read, report) =>
		read.flatMap((row) => {
			const id = rowId(row, report);
			if (!id) return [];
			const name = cleanLine(row.attributes.DisplayName ?? '', 80) || `User ${id}`;
			const createdAt = writtenAt(row, `user ${id}`, ['CreationDate', 'LastAccessDate'], dump.madeAt, report);
			return [{ ref: id, name, createdAt }];
		}),
	async write(tx, dump, people, report) {
		const written = await writePeople(tx, dump, people);
		report.written += written;
		report.present += people.length - written;
	}
});

/** The ids of the people behind the refs; who is not there yet is added with the name given. */
export async function peopleOf(tx: Db, dump: Dump, refs: string[], madeAt: string): Promise<Map<string, string>> {
	const wanted = [...new Set(refs)];
	const found = await find(tx, dump, wanted);
	const missing = wanted.filter((ref) => !found.has(ref));
	if (missing.length === 0) return found;
	const people = missing.map((ref) => ({
		ref,
		name: ref === FORMER ? 'Former member' : `User ${ref}`,
		createdAt: madeAt
	}));
	await writePeople(tx, dump, people);
	return find(tx, dump, wanted);
}

async function find(tx: Db, dump: Dump, refs: string[]): Promise<Map<string, string>> {
	const byAddress = new Map(refs.map((ref) => [address(dump, ref), ref]));
	const found = await rows<{ id: string; email: string }>(
		tx,
		sql`select id, email from person where email = any(${array([...byAddress.keys()], 'text')})`
	);
	return new Map(found.map(({ id, email }) => [byAddress.get(email)!, id]));
}

async function writePeople(tx: Db, dump: Dump, people: NewPerson[]): Promise<number> {
	const records = people.map(({ ref, ...person }) => ({ ...person, id: newId(), email: address(dump, ref) }));
	const written = await rows(
		tx,
		sql`insert into person (id, name, email, created_at, deactivated_at)
			select id, name, email, "createdAt", now()
			from json_to_recordset(${JSON.stringify(records)}::text::json) as r(id uuid, name text, email text, "createdAt" timestamptz)
			on conflict (email) do nothing returning id`
	);
	return written.length;
}

const address = (dump: Dump, ref: string) =>
	`user-${ref}@${dump.source
		.replace(/^\w+:/, '')
		.toLowerCase()
		.replace(/[^a-z0-9.-]+/g, '-')}.invalid`;
