import { eq } from 'drizzle-orm';
import { allow } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { visibleItems } from '#src/core/access/server/visibility.ts';
import { array, row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { isId, newId } from '#src/platform/server/ids.ts';
import { canAuthor } from '../../server/policy.ts';
import { questionBank } from '../../server/schema.ts';
import type { BankName, BankView } from '../bank.ts';

export type Bank = typeof questionBank.$inferSelect;

/** Makes an empty bank. The caller decides whether the viewer may write in the space. @returns its id */
export async function makeBank(tx: Db, viewer: Viewer, spaceId: string, title: string): Promise<string> {
	const id = newId();
	await tx.insert(questionBank).values({ id, spaceId, title, createdBy: viewer.id });
	return id;
}

/**
 * A bank for who writes its questions; everything that shows an answer begins here.
 * @throws Failure not_found for all who cannot read its space, forbidden for its other readers
 */
export async function bankOf(db: Db, viewer: Viewer, bankId: string): Promise<Bank> {
	const [bank] = isId(bankId) ? await db.select().from(questionBank).where(eq(questionBank.id, bankId)) : [];
	return allowed(viewer, bank);
}

/** The same beneath a lock, until the transaction ends. @throws Failure not_found or forbidden */
export async function lockBank(tx: Db, viewer: Viewer, bankId: string): Promise<Bank> {
	const [bank] = isId(bankId)
		? await tx.select().from(questionBank).where(eq(questionBank.id, bankId)).for('update')
		: [];
	return allowed(viewer, bank);
}

function allowed(viewer: Viewer, bank: Bank | undefined): Bank {
	if (!bank || !viewer.readableSpaces.includes(bank.spaceId))
		throw notFound('This bank does not exist, or is not open to you.');
	allow(
		canAuthor(viewer, bank),
		'Only those who write its questions see a bank: its maker and the stewards of its space.'
	);
	return bank;
}

/** A bank with its objectives and the checks that draw from it. @throws Failure not_found or forbidden */
export async function readBank(db: Db, viewer: Viewer, bankId: string): Promise<BankView> {
	const { id, title, spaceId } = await bankOf(db, viewer, bankId);
	const [space] = await rows<BankView['space']>(db, sql`select id, slug, name from space where id = ${spaceId}`);
	const objectives = await rows<BankView['objectives'][number]>(
		db,
		sql`select o.id, o.title, ${counted('ready')} as ready, ${counted('draft')} as drafts from objective o
			where o.bank_id = ${bankId} order by o.position, o.id`
	);
	const checks = await rows<BankView['checks'][number]>(
		db,
		sql`select i.id, i.title from check_item c join item i on i.id = c.item_id
			where c.bank_id = ${bankId} and ${visibleItems(viewer, 'i')} order by i.title, i.id`
	);
	const loose = await row<{ count: number }>(
		db,
		sql`select count(*)::int as count from bank_question where bank_id = ${bankId} and objective_id is null and state <> 'retired'`
	);
	return { id, title, space: space!, objectives, checks, loose: loose!.count };
}

const counted = (state: 'ready' | 'draft') =>
	sql`(select count(*)::int from bank_question q where q.objective_id = o.id and q.state = ${state})`;

/** The banks whose questions the viewer writes, the newest first. */
export async function listBanks(db: Db, viewer: Viewer): Promise<BankName[]> {
	const stewarded = [...viewer.memberships].flatMap(([spaceId, role]) => (role === 'steward' ? [spaceId] : []));
	return rows(
		db,
		sql`select b.id, b.title, s.name as space,
				(select count(*)::int from bank_question q where q.bank_id = b.id and q.state = 'ready') as questions
			from question_bank b join space s on s.id = b.space_id
			where s.archived_at is null and b.space_id = any(${array(viewer.readableSpaces, 'uuid')})
				and (b.created_by = ${viewer.id} or b.space_id = any(${array(stewarded, 'uuid')}))
			order by b.created_at desc, b.id desc limit 200`
	);
}
