import { and, desc, eq, gt, isNull, or } from 'drizzle-orm';
import { z } from 'zod';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { line } from '#src/core/items/input.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import type { Scope } from './endpoint.ts';
import { personalToken } from './schema.ts';

const PREFIX = 'trellis_';
/** Tokens that work at once for one person. */
const MOST = 25;

export const newToken = z.strictObject({
	name: line(80),
	scopes: z.preprocess(
		(value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value),
		z.array(z.enum(['read', 'write', 'admin', 'reader'])).min(1, 'choose one at least')
	),
	days: z.coerce.number('must be a number').int().min(1).max(366).default(90)
});

/**
 * Makes a personal token.
 * @returns its id and the token, which can never be shown again
 * @throws Failure conflict when the person has as many as they may have
 */
export async function createToken(
	db: Db,
	viewer: Viewer,
	input: z.output<typeof newToken>
): Promise<{ id: string; token: string }> {
	const id = newId();
	const token = PREFIX + newSecret();
	const expiresAt = new Date(Date.now() + input.days * 86_400_000);
	await db.transaction(async (tx) => {
		await tx.execute(sql`select 1 from person where id = ${viewer.id} for no key update`);
		if ((await myTokens(tx, viewer)).length >= MOST)
			throw conflict(`You have ${MOST} tokens that work. End one you do not need any more.`);
		await tx.insert(personalToken).values({
			...{ id, personId: viewer.id, name: input.name, tokenHash: hashSecret(token) },
			...{ scopes: input.scopes, expiresAt }
		});
	});
	return { id, token };
}

/** The viewer's own tokens that still work, newest first; never the tokens themselves. */
export function myTokens(db: Db, viewer: Viewer) {
	const { id, name, scopes, createdAt, expiresAt, lastUsedAt } = personalToken;
	return db
		.select({ id, name, scopes, createdAt, expiresAt, lastUsedAt })
		.from(personalToken)
		.where(
			and(
				eq(personalToken.personId, viewer.id),
				isNull(personalToken.revokedAt),
				or(isNull(expiresAt), gt(expiresAt, sql`now()`))
			)
		)
		.orderBy(desc(personalToken.createdAt));
}

/** Ends one of the viewer's own tokens at once. @throws Failure not_found */
export async function revokeToken(db: Db, viewer: Viewer, id: string): Promise<void> {
	const revoked = await db
		.update(personalToken)
		.set({ revokedAt: sql`now()` })
		.where(and(eq(personalToken.id, id), eq(personalToken.personId, viewer.id), isNull(personalToken.revokedAt)))
		.returning({ id: personalToken.id });
	if (revoked.length === 0) throw notFound('There is no such token.');
	await tellRightsChanged(db, viewer.id);
}

/** Whose token this is and what it may do; undefined for one that does not work. */
export async function viewerOfToken(db: Db, token: string): Promise<{ viewer: Viewer; scopes: Scope[] } | undefined> {
	if (!token.startsWith(PREFIX)) return undefined;
	const found = await row<{ person_id: string; scopes: Scope[] }>(
		db,
		sql`select person_id, scopes from personal_token
			where token_hash = ${hashSecret(token)} and revoked_at is null and (expires_at is null or expires_at > now())`
	);
	if (!found) return undefined;
	const viewer = await loadViewer(db, found.person_id);
	return viewer && { viewer, scopes: found.scopes };
}

/** Notes that a token was used; to the hour, so that a busy one costs one write an hour. */
export async function noteUse(db: Db, token: string): Promise<void> {
	await db.execute(
		sql`update personal_token set last_used_at = now()
			where token_hash = ${hashSecret(token)} and (last_used_at is null or last_used_at < now() - interval '1 hour')`
	);
}
