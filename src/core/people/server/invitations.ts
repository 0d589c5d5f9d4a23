import { and, desc, eq, gt, isNull, lt } from 'drizzle-orm';
import { allow, isAdmin, isMember } from '#src/core/access/server/policy.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { enter } from '#src/core/spaces/server/members.ts';
import { canAddMembers } from '#src/core/spaces/server/policy.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { invitation, space } from '#src/core/spaces/server/schema.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, forbidden, invalid, notFound } from '#src/platform/server/errors.ts';
import { newId } from '#src/platform/server/ids.ts';
import { letter } from '#src/platform/server/letter.ts';
import { mailOrigin, queueMail } from '#src/platform/server/mail.ts';
import { hashSecret, newSecret } from '#src/platform/server/secrets.ts';
import type { NewInvitation, SignUp } from '../input.ts';
import { canInvite } from './policy.ts';
import { organisation, person } from './schema.ts';
import { addPerson } from './sign-up.ts';

const GONE = 'This invitation has been used up, taken back, or is too old. Ask who invited you for a new one.';

/**
 * Invites people into the organisation, and into a space if one is named: by a link, or by
 * mail to one address.
 * @returns the secret of the link, which is never shown again
 */
export async function invite(db: Db, viewer: Viewer, input: NewInvitation): Promise<string> {
	allow(canInvite(viewer), 'Only admins and community managers invite people.');
	const secret = newSecret();
	await db.transaction(async (tx) => {
		if (input.spaceId) {
			const into = await spaceById(tx, viewer, input.spaceId);
			allow(canAddMembers(viewer, into), 'Only stewards invite into this space.');
		}
		const { email, spaceId } = input;
		await tx.insert(invitation).values({
			...{ id: newId(), tokenHash: hashSecret(secret), email, spaceId, invitedBy: viewer.id },
			maxUses: email ? 1 : input.maxUses,
			expiresAt: new Date(Date.now() + input.days * 86_400_000)
		});
		if (email) await mailInvitation(tx, viewer, email, secret);
	});
	return secret;
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
	const { id, email, maxUses, uses, expiresAt } = invitation;
	return db
		.select({ id, email, maxUses, uses, expiresAt, by: person.name, space: space.name })
		.from(invitation)
		.innerJoin(person, eq(person.id, invitation.invitedBy))
		.leftJoin(space, and(eq(space.id, invitation.spaceId), visibleName(viewer)))
		.where(and(usable(), isAdmin(viewer) ? undefined : eq(invitation.invitedBy, viewer.id)))
		.orderBy(desc(invitation.createdAt))
		.limit(100);
}

/** The name of a secret space stays in it, also for admins. */
const visibleName = (viewer: Viewer) =>
	sql`(${space.access} <> 'secret' or exists (
		select 1 from space_member m where m.space_id = ${space.id} and m.person_id = ${viewer.id}))`;

/** Takes an invitation back. */
export async function revokeInvitation(db: Db, viewer: Viewer, id: string): Promise<void> {
	allow(canInvite(viewer));
	const own = isAdmin(viewer) ? undefined : eq(invitation.invitedBy, viewer.id);
	const revoked = await db
		.update(invitation)
		.set({ revokedAt: sql`now()` })
		.where(and(eq(invitation.id, id), isNull(invitation.revokedAt), own))
		.returning({ id: invitation.id });
	if (revoked.length === 0) throw notFound('There is no such invitation.');
}

/** What an invitation tells the one who opens it. @throws Failure not_found when it does not work any more */
export async function readInvitation(
	db: Db,
	secret: string
): Promise<{ by: string; organisation: string; email: string | null }> {
	const [found] = await db
		.select({ by: person.name, email: invitation.email })
		.from(invitation)
		.innerJoin(person, eq(person.id, invitation.invitedBy))
		.where(and(eq(invitation.tokenHash, hashSecret(secret)), usable()));
	if (!found) throw notFound(GONE);
	const [{ name } = { name: 'Trellis' }] = await db.select({ name: organisation.name }).from(organisation);
	return { ...found, organisation: name };
}

/** Joins by an invitation with a new account. @returns the person's id */
export async function joinByInvitation(db: Db, secret: string, input: SignUp & { email: string }): Promise<string> {
	return db.transaction(async (tx) => {
		const used = await useInvitation(tx, secret);
		if (used.email && used.email !== input.email) throw invalid({ email: `This invitation is for ${used.email}.` });
		const id = await addPerson(tx, { ...input, emailVerified: used.email !== null });
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
		.where(eq(invitation.tokenHash, hashSecret(secret)));

/** Counts a use; of two who take the last one at the same time one gets it. @throws Failure conflict */
async function useInvitation(tx: Db, secret: string) {
	const [used] = await tx
		.update(invitation)
		.set({ uses: sql`uses + 1` })
		.where(and(eq(invitation.tokenHash, hashSecret(secret)), usable()))
		.returning({ email: invitation.email, spaceId: invitation.spaceId });
	if (!used) throw conflict(GONE);
	return used;
}

const usable = () =>
	and(isNull(invitation.revokedAt), gt(invitation.expiresAt, sql`now()`), lt(invitation.uses, invitation.maxUses));
