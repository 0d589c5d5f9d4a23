import type { Viewer } from '#src/core/access/server/viewer.ts';
import { iso } from '#src/core/items/server/present.ts';
import { row, rows, sql, type Db, type SQL } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { newSecret } from '#src/platform/server/secrets.ts';
import { seal, unseal } from '#src/platform/server/vault.ts';
import { timingSafeEqual } from 'node:crypto';
import { standings } from '../../asking/server/standing.ts';
import type { ProofView } from '../proof.ts';
import type { ProofFacts } from './credential.ts';

/** Gives a proof for an attempt that has passed; once, however often it is told. */
export async function giveProof(tx: Db, { attemptId, itemId, personId }: Settled, now = new Date()): Promise<void> {
	// It holds until it is to be passed again for whatever asks it of this person, or else of anybody.
	const asked = sql`(select min(valid_until) from (${standings(now, sql`a.item_id = ${itemId} and p.id = ${personId}`)}) st)`;
	const months = sql`(select min(renew_months) from asking where item_id = ${itemId} and ended_at is null)`;
	await tx.execute(sql`insert into proof (id, attempt_id, item_id, person_id, person_name, title, objectives, passed_at, valid_until)
		select ${newId()}, t.id, i.id, p.id, p.name, i.title,
			array(select distinct o.title from attempt_question aq join bank_question q on q.id = aq.question_id
				join objective o on o.id = q.objective_id where aq.attempt_id = t.id order by o.title),
			coalesce(t.settled_at, now()), coalesce(${asked}, coalesce(t.settled_at, now()) + make_interval(months => ${months}))
		from check_attempt t join item i on i.id = t.item_id join person p on p.id = t.person_id
		where t.id = ${attemptId} and t.state = 'passed'
		on conflict (attempt_id) where withdrawn_at is null do nothing`);
}

/** A judgement was overturned: what was given for the attempt is withdrawn, for good. */
export async function withdrawProof(tx: Db, { attemptId }: Settled): Promise<void> {
	await tx.execute(sql`update proof set withdrawn_at = now() where attempt_id = ${attemptId} and withdrawn_at is null`);
}

interface Settled {
	attemptId: string;
	itemId: string;
	personId: string;
}

interface ProofRow {
	id: string;
	number: string;
	item_id: string;
	person_id: string;
	person_name: string;
	email: string;
	title: string;
	objectives: string[];
	passed_at: string;
	valid_until: string | null;
	withdrawn_at: string | null;
	link_secret: string | null;
	issuer: string;
}

const find = (db: Db, where: SQL) =>
	rows<ProofRow>(
		db,
		sql`select pr.*, p.email, coalesce((select name from organisation), 'Trellis') as issuer
			from proof pr join person p on p.id = pr.person_id where ${where} order by pr.passed_at desc, pr.id limit 200`
	);

/** What the viewer can show: nobody else has this list. */
export const listProofs = async (db: Db, viewer: Viewer): Promise<ProofView[]> =>
	(await find(db, sql`pr.person_id = ${viewer.id}`)).map((one) => present(one));

/** All of them for their archive, however many. */
export async function* ownProofs(db: Db, viewer: Viewer): AsyncGenerator<ProofView> {
	yield* await listProofs(db, viewer);
}

function present(found: ProofRow, now = new Date()): ProofView {
	const { id, person_name, title, objectives, passed_at, valid_until, withdrawn_at, issuer } = found;
	const isOver = valid_until !== null && new Date(valid_until) <= now;
	return {
		...{ id, person: person_name, title, objectives, passedAt: iso(passed_at), issuer },
		validUntil: valid_until && iso(valid_until),
		state: withdrawn_at ? 'withdrawn' : isOver ? 'expired' : 'valid'
	};
}

const NOT_THERE = 'There is no proof here. Whoever gave you this address may have taken it back.';

/**
 * A proof for its owner, or for whoever has the secret that they gave out.
 * @throws Failure not_found for everybody else, admins included
 */
export async function readProof(
	db: Db,
	viewer: Viewer | undefined,
	id: string,
	key?: string
): Promise<{ proof: ProofView; isOwn: boolean; key: string | null; facts: ProofFacts }> {
	const [found] = isId(id) ? await find(db, sql`pr.id = ${id}`) : [];
	const isOwn = found !== undefined && found.person_id === viewer?.id;
	const secret = found?.link_secret ? unseal(found.link_secret, found.id) : null;
	if (!found || (!isOwn && !isSame(secret, key))) throw notFound(NOT_THERE);
	return { proof: present(found), isOwn, key: isOwn ? secret : null, facts: factsOf(found) };
}

const isSame = (secret: string | null, key: string | undefined) =>
	secret !== null && key?.length === secret.length && timingSafeEqual(Buffer.from(secret), Buffer.from(key));

const factsOf = (found: ProofRow): ProofFacts => ({
	...{ id: found.id, number: Number(found.number), itemId: found.item_id, personName: found.person_name },
	...{ email: found.email, title: found.title, objectives: found.objectives, issuer: found.issuer },
	...{ passedAt: iso(found.passed_at), validUntil: found.valid_until && iso(found.valid_until) }
});

/** Makes the address that its owner can give out, or finds the one there is. @returns its secret */
export async function giveOut(db: Db, viewer: Viewer, id: string): Promise<string> {
	return db.transaction(async (tx) => {
		const found = await own(tx, viewer, id);
		if (found.link_secret) return unseal(found.link_secret, id);
		const secret = newSecret();
		await tx.execute(sql`update proof set link_secret = ${seal(secret, id)} where id = ${id}`);
		return secret;
	});
}

/** Takes the address back: it leads nowhere from now on. */
export async function takeBack(db: Db, viewer: Viewer, id: string): Promise<void> {
	await db.transaction(async (tx) => {
		await own(tx, viewer, id);
		await tx.execute(sql`update proof set link_secret = null where id = ${id}`);
	});
}

async function own(tx: Db, viewer: Viewer, id: string): Promise<{ link_secret: string | null }> {
	const found = isId(id)
		? await row<{ link_secret: string | null }>(
				tx,
				sql`select link_secret from proof where id = ${id} and person_id = ${viewer.id} for update`
			)
		: undefined;
	if (!found) throw notFound(NOT_THERE);
	return found;
}

export const proofAddress = (origin: string, id: string, key: string): string => `${origin}/proofs/${id}?key=${key}`;

/** What is known of a proof by what a signed credential calls it: for who checks one. */
export async function proofById(db: Db, id: string): Promise<ProofView | undefined> {
	const [found] = isId(id) ? await find(db, sql`pr.id = ${id}`) : [];
	return found && present(found);
}
