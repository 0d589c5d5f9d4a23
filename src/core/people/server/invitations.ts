import { and, desc, eq, gt, inArray, isNull, lt, or, type SQL } from 'drizzle-orm';
import { allow, isAdmin, isMember, isSteward } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { enter } from '#src/core/spaces/server/members.ts';
import { canAddMembers, canInviteInto } from '#src/core/spaces/server/policy.ts';
import { spaceById, type Space } from '#src/core/spaces/server/read.ts';
import { invitation, space } from '#src/core/spaces/server/schema.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, forbidden, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { letter } from '#src/platform/server/letter.ts';
import { mailIsOn, mailOrigin, queueMail } from '#src/platform/server/mail.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import type { NewInvitation, SignUp } from '../input.ts';
import { canInvite } from './policy.ts';
import { organisation, person } from './schema.ts';
import { addPerson } from './sign-up.ts';

const GONE = 'This invitation has been used up, taken back, or is too old. Ask who invited you for a new one.';

/**
 * Invites people: by a link, or by mail to one address. Admins and community managers invite
 * into the organisation, and into a space if they look after one; stewards invite colleagues
 * into their space.
 * @returns the secret of the link, which is never shown again; a mail has another one of its own
 */
export async function invite(db: Db, viewer: Viewer, input: NewInvitation): Promise<string> {
	const secret = newSecret();
	await db.transaction(async (tx) => {
		const { email, spaceId } = input;
		await expectMayInvite(tx, viewer, spaceId);
		const mailed = email && mailIsOn() ? newSecret() : undefined;
		await tx.insert(invitation).values({
			...{ id: newId(), tokenHash: hashSecret(secret), email, spaceId, invitedBy: viewer.id },
			...{ mailTokenHash: mailed && hashSecret(mailed), admits: canInvite(viewer) },
			maxUses: email ? 1 : input.maxUses,
			expiresAt: new Date(Date.now() + input.days * 86_400_000)
		});
		if (email && mailed) await mailInvitation(tx, viewer, email, mailed);
	});
	return secret;
}

/** @throws Failure forbidden, not_found */
async function expectMayInvite(tx: Db, viewer: Viewer, spaceId: string | undefined): Promise<void> {
	if (!spaceId) return allow(canInvite(viewer), 'Only admins and community managers invite people.');
	const into = await spaceById(tx, viewer, spaceId);
	const may = canInvite(viewer) ? canAddMembers(viewer, into) : canInviteInto(viewer, into);
	allow(may, 'Only stewards invite into this space.');
}

async function mailInvitation(tx: Db, viewer: Viewer, to: string, secret: string): Promise<void> {
	const [found] = await tx.select({ name: organisation.name }).from(organisation);
	const name = found?.name ?? 'Trellis';
	await queueMail(tx, {
		...{ to, purpose: 'invitation', subject: `${viewer.name} invites you to ${name}` },
		...letter({
			heading: `Join ${name}`,
			blocks: [
				{ text: `${viewer.name} invites you to ask, answer and share with colleagues at ${name}.` },
				{ button: 'Accept the invitation', href: `${mailOrigin()}/join/${secret}` }
			],
			footer: [{ text: 'Not expected? Nothing happens unless you follow the link.' }]
		})
	});
}

/** Invitations that can still be used, newest first: admins see all, others their own. */
export async function openInvitations(db: Db, viewer: Viewer) {
	allow(canInvite(viewer));
	return listInvitations(db, viewer, isAdmin(viewer) ? undefined : eq(invitation.invitedBy, viewer.id));
}

/** Invitations into a space that can still be used, for its stewards. */
export async function invitationsInto(db: Db, viewer: Viewer, into: Space) {
	return canInviteInto(viewer, into) ? listInvitations(db, viewer, eq(invitation.spaceId, into.id)) : [];
}

function listInvitations(db: Db, viewer: Viewer, which: SQL | undefined) {
	const { id, email, maxUses, uses, expiresAt } = invitation;
	return db
		.select({ id, email, maxUses, uses, expiresAt, by: person.name, space: space.name })
		.from(invitation)
		.innerJoin(person, eq(person.id, invitation.invitedBy))
		.leftJoin(space, and(eq(space.id, invitation.spaceId), visibleName(viewer)))
		.where(and(usable(), which))
		.orderBy(desc(invitation.createdAt))
		.limit(100);
}

/** The name of a secret space stays in it, also for admins. */
const visibleName = (viewer: Viewer) =>
	sql`(${space.access} <> 'secret' or exists (
		select 1 from space_member m where m.space_id = ${space.id} and m.person_id = ${viewer.id}))`;

/** Takes an invitation back: one's own, one into a space one looks after; admins any. @throws Failure not_found */
export async function revokeInvitation(db: Db, viewer: Viewer, id: string): Promise<void> {
	const looksAfter = [...viewer.memberships.keys()].filter((spaceId) => isSteward(viewer, spaceId));
	const own = or(eq(invitation.invitedBy, viewer.id), inArray(invitation.spaceId, looksAfter));
	const revoked = await db
		.update(invitation)
		.set({ revokedAt: sql`now()` })
		.where(and(eq(invitation.id, id), isNull(invitation.revokedAt), isAdmin(viewer) ? undefined : own))
		.returning({ id: invitation.id });
	if (revoked.length === 0) throw notFound('There is no such invitation.');
}

/** What an invitation tells the one who opens it. @throws Failure not_found when it does not work any more */
export async function readInvitation(
	db: Db,
	secret: string
): Promise<{ by: string; organisation: string; email: string | null; space: string | null; admits: boolean }> {
	const [found] = await db
		.select({ by: person.name, email: invitation.email, space: space.name, admits: invitation.admits })
		.from(invitation)
		.innerJoin(person, eq(person.id, invitation.invitedBy))
		.leftJoin(space, eq(space.id, invitation.spaceId))
		.where(and(hasSecret(secret), usable()));
	if (!found) throw notFound(GONE);
	const [{ name } = { name: 'Trellis' }] = await db.select({ name: organisation.name }).from(organisation);
	return { ...found, organisation: name };
}

/** Joins by an invitation with a new account. @returns the person's id */
export async function joinByInvitation(db: Db, secret: string, input: SignUp & { email: string }): Promise<string> {
	return db.transaction(async (tx) => {
		const used = await useInvitation(tx, secret);
		if (!used.admits) throw forbidden('This invitation is for colleagues who have an account.');
		if (used.email && used.email !== input.email) throw invalid({ email: `This invitation is for ${used.email}.` });
		// Only who has read the mail has its link.
		const id = await addPerson(tx, { ...input, emailVerified: used.mailTokenHash === hashSecret(secret) });
		if (used.spaceId) await enter(tx, used.spaceId, id);
		return id;
	});
}

/**
 * Somebody with an account follows an invitation into a space. Who is in already uses nothing
 * up, and an invitation by mail is for the one it was sent to.
 */
export async function acceptInvitation(db: Db, viewer: Viewer, secret: string): Promise<void> {
	await db.transaction(async (tx) => {
		const used = await useInvitation(tx, secret);
		const [own] = await tx.select({ email: person.email }).from(person).where(eq(person.id, viewer.id));
		if (used.email && used.email !== own?.email) throw forbidden(`This invitation is for ${used.email}.`);
		if (used.spaceId && !isMember(viewer, used.spaceId)) await enter(tx, used.spaceId, viewer.id);
		else await giveBack(tx, secret);
	});
}

const giveBack = (tx: Db, secret: string) =>
	tx
		.update(invitation)
		.set({ uses: sql`uses - 1` })
		.where(hasSecret(secret));

/** Counts a use; of two who take the last one at the same time one gets it. @throws Failure conflict */
async function useInvitation(tx: Db, secret: string) {
	const [used] = await tx
		.update(invitation)
		.set({ uses: sql`uses + 1` })
		.where(and(hasSecret(secret), usable()))
		.returning();
	if (!used) throw conflict(GONE);
	return used;
}

/** The link that was shown, or the one in the mail. */
const hasSecret = (secret: string) =>
	or(eq(invitation.tokenHash, hashSecret(secret)), eq(invitation.mailTokenHash, hashSecret(secret)));

const usable = () =>
	and(isNull(invitation.revokedAt), gt(invitation.expiresAt, sql`now()`), lt(invitation.uses, invitation.maxUses));
