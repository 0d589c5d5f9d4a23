import { and, eq, gt, isNull } from 'drizzle-orm';
import { sql, type Db } from '#src/platform/server/db.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import { oneTimeToken } from './auth-schema.ts';

type Row = typeof oneTimeToken.$inferSelect;
export type TokenPurpose = Row['purpose'];

/** Makes a secret that works once, for one purpose and a while. @returns the secret; only its hash is stored */
export async function issueToken(
	db: Db,
	purpose: TokenPurpose,
	minutes: number,
	about: Partial<Pick<Row, 'personId' | 'email' | 'data'>>
): Promise<string> {
	const secret = newSecret();
	await db.delete(oneTimeToken).where(sql`${oneTimeToken.expiresAt} < now() - interval '1 day'`);
	await db.insert(oneTimeToken).values({
		...{ tokenHash: hashSecret(secret), purpose, ...about },
		expiresAt: new Date(Date.now() + minutes * 60_000)
	});
	return secret;
}

/** What a secret stands for, without using it up; undefined for one that does not work. */
export async function peekToken(db: Db, purpose: TokenPurpose, secret: string): Promise<Row | undefined> {
	const [found] = await db.select().from(oneTimeToken).where(works(purpose, secret));
	return found;
}

/** Uses a secret up; of two at the same time one gets it. */
export async function redeemToken(db: Db, purpose: TokenPurpose, secret: string): Promise<Row | undefined> {
	const [found] = await db
		.update(oneTimeToken)
		.set({ usedAt: sql`now()` })
		.where(works(purpose, secret))
		.returning();
	return found;
}

const works = (purpose: TokenPurpose, secret: string) =>
	and(
		eq(oneTimeToken.tokenHash, hashSecret(secret)),
		eq(oneTimeToken.purpose, purpose),
		isNull(oneTimeToken.usedAt),
		gt(oneTimeToken.expiresAt, sql`now()`)
	);
