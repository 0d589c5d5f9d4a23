import { answerPromiseOf } from '#src/ask/server/schema.ts';
import { orgRole, person, personLeave } from '#src/core/people/server/schema.ts';
import { setPassword } from '#src/core/people/server/sign-in.ts';
import { space, spaceMember } from '#src/core/spaces/server/schema.ts';
import { array, row, sql, type Db } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { DOMAIN, ORGANISATION, PASSWORD, people } from './content/people.ts';
import { spaces } from './content/index.ts';
import type { DemoSpace } from './shape.ts';

export const address = (key: string): string => `${key}@${DOMAIN}`;
const addresses = () =>
	array(
		people.map(({ key }) => address(key)),
		'text'
	);

const DAY = 86_400_000;

/** A space of the example with its id. */
export interface Place extends DemoSpace {
	id: string;
}

/** Whether anybody of the example is here. */
export const isHere = async (db: Db): Promise<boolean> =>
	(await row(db, sql`select 1 from person where email = any(${addresses()})`)) !== undefined;

/** So many days from a moment, `2026-12-24`. */
const day = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** @returns each person's id by their key */
export async function addPeople(tx: Db, joined: Date, now: Date): Promise<Map<string, string>> {
	await tx.execute(sql`insert into organisation (name) values (${ORGANISATION}) on conflict do nothing`);
	const cast = new Map<string, string>();
	for (const { key, role, leave, ...profile } of people) {
		const id = newId();
		cast.set(key, id);
		await tx
			.insert(person)
			.values({ id, email: address(key), emailVerified: true, createdAt: joined, updatedAt: joined, ...profile });
		await setPassword(tx, id, PASSWORD);
		if (leave) {
			const [fromDay, untilDay] = [day(now, 0), day(now, leave.days)];
			await tx.insert(personLeave).values({ id: newId(), personId: id, fromDay, untilDay, word: leave.word });
		}
		if (role) await tx.insert(orgRole).values({ personId: id, role, grantedAt: joined });
	}
	return cast;
}

/** The spaces and who is in them; where the organisation has its own space already, that one is used. */
export async function addSpaces(tx: Db, cast: Map<string, string>, since: Date, now: Date): Promise<Place[]> {
	const places: Place[] = [];
	for (const each of spaces) {
		const found =
			each.kind === 'organisation'
				? await row<{ id: string }>(tx, sql`select id from space where kind = 'organisation'`)
				: undefined;
		const id = found?.id ?? newId();
		const { slug, name, purpose, kind, access, allowAnonymous, stewards } = each;
		if (!found)
			await tx.insert(space).values({
				...{ id, slug, name, purpose, kind, access, allowAnonymous },
				createdBy: cast.get(stewards[0]!),
				createdAt: since
			});
		const members = each.members === 'everyone' ? [...cast.keys()] : each.members;
		for (const key of new Set([...stewards, ...members])) {
			const role = stewards.includes(key) ? 'steward' : 'member';
			const days = each.joined?.[key];
			const joinedAt = days === undefined ? since : new Date(now.getTime() - days * DAY);
			await tx
				.insert(spaceMember)
				.values({ spaceId: id, personId: cast.get(key)!, role, joinedAt })
				.onConflictDoUpdate({ target: [spaceMember.spaceId, spaceMember.personId], set: { role } });
		}
		if (each.promise)
			await tx.insert(answerPromiseOf).values({ spaceId: id, madeBy: cast.get(stewards[0]!), ...each.promise });
		places.push({ ...each, id });
	}
	return places;
}

/** Takes the example away: what its people wrote, their spaces with all that is in them, and the people. */
export async function removeDemo(tx: Db): Promise<void> {
	const slugs = array(
		spaces.filter(({ kind }) => kind !== 'organisation').map(({ slug }) => slug),
		'text'
	);
	const cast = sql`(select id from person where email = any(${addresses()}))`;
	const places = sql`(select id from space where slug = any(${slugs}))`;
	await tx.execute(sql`delete from item where author_id in ${cast} or space_id in ${places}`);
	await tx.execute(sql`delete from question_bank where created_by in ${cast} or space_id in ${places}`);
	await tx.execute(sql`delete from area where created_by in ${cast}`);
	await tx.execute(sql`delete from space where slug = any(${slugs})`);
	await tx.execute(sql`delete from person where id in ${cast}`);
}
