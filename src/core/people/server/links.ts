import { eq } from 'drizzle-orm';
import { tellRightsChanged } from '#src/core/access/server/rights.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid } from '#src/platform/server/errors.ts';
import { defineJob, enqueue } from '#src/platform/server/jobs.ts';
import { letter } from '#src/platform/server/letter.ts';
import { mailIsOn, mailOrigin, queueMail } from '#src/platform/server/mail.ts';
import { issueToken, redeemToken, type TokenPurpose } from './one-time.ts';
import { person } from './schema.ts';
import { endOtherSessions } from './sessions.ts';
import { isOwnPassword, setPassword } from './sign-in.ts';
import { mayOpenlySignUp } from './sign-up.ts';
import { countAttempt } from './throttle.ts';

type Purpose = Extract<TokenPurpose, 'sign_in' | 'reset_password' | 'change_email' | 'sign_up'>;

const LINK_QUEUE = 'people.link';
const OLD = 'This link has been used, or is too old. Ask for a new one.';

/** For each purpose: where the link leads, how long it works, and the words of its mail. */
const mails: Record<Purpose, { path: string; minutes: number; subject: string; text: string; button: string }> = {
	sign_in: {
		...{ path: '/sign-in/link', minutes: 15, subject: 'Your link to sign in', button: 'Sign in' },
		text: 'With this link you sign in to Trellis. It works once, for 15 minutes.'
	},
	reset_password: {
		...{ path: '/forgot', minutes: 60, subject: 'Set a new password', button: 'Set a new password' },
		text: 'With this link you set a new password for Trellis. It works once, for an hour.'
	},
	change_email: {
		...{ path: '/confirm-email', minutes: 60, subject: 'Confirm your new address', button: 'Confirm this address' },
		text: 'Confirm that this is your address, and Trellis uses it from now on. The link works once, for an hour.'
	},
	sign_up: {
		...{ path: '/sign-up', minutes: 60, subject: 'Join Trellis', button: 'Go on' },
		text: 'Confirm your address, then choose a name and a password. The link works once, for an hour.'
	}
};

/**
 * Asks for a link by mail. The answer and its time are the same whether the address is known
 * or not: who it belongs to is looked up later, by the job.
 * @param address where the request comes from
 * @throws Failure invalid while mail is off; too_many
 */
export async function askForLink(
	db: Db,
	purpose: Exclude<Purpose, 'change_email'>,
	email: string,
	address: string
): Promise<void> {
	if (!mailIsOn()) throw invalid({ email: 'Mail is not set up here. Ask your admin for help.' });
	await countAttempt(db, `link:${address}`, { attempts: 30, minutes: 15 });
	await countAttempt(db, `link:${email}`, { attempts: 5, minutes: 15 });
	await enqueue(db, LINK_QUEUE, { purpose, email });
}

/** Asks to use another address, with the password; the link goes to the new one. */
export async function askForEmailChange(
	db: Db,
	viewer: Viewer,
	input: { email: string; currentPassword: string }
): Promise<void> {
	if (!mailIsOn()) throw invalid({ email: 'Mail is not set up here, so a new address cannot be confirmed.' });
	await countAttempt(db, `password:${viewer.id}`, { attempts: 10, minutes: 15 });
	if (!(await isOwnPassword(db, viewer.id, input.currentPassword)))
		throw invalid({ currentPassword: 'This is not your password.' });
	await enqueue(db, LINK_QUEUE, { purpose: 'change_email', email: input.email, personId: viewer.id });
}

/** Declares the job behind the links. */
export function wireLinks(db: Db): void {
	defineJob<Asked>(LINK_QUEUE, (asked) => sendLink(db, asked));
}

interface Asked {
	purpose: Purpose;
	email: string;
	personId?: string;
}

/** Makes the link and queues its mail, where the address may have one. */
async function sendLink(db: Db, { purpose, email, personId }: Asked): Promise<void> {
	const owner = await row<{ id: string; active: boolean }>(
		db,
		sql`select id, deactivated_at is null as active from person where email = ${email}`
	);
	if (purpose === 'sign_up' || purpose === 'change_email') {
		if (owner || (purpose === 'sign_up' && !(await mayOpenlySignUp(db, email)))) return;
	} else if (!owner?.active) return;
	const { path, minutes, subject, text, button } = mails[purpose];
	await db.transaction(async (tx) => {
		const secret = await issueToken(tx, purpose, minutes, { personId: personId ?? owner?.id, email });
		await queueMail(tx, {
			...{ to: email, subject, purpose, until: new Date(Date.now() + minutes * 60_000).toISOString() },
			...letter({
				heading: subject,
				blocks: [{ text }, { button, href: `${mailOrigin()}${path}/${secret}` }],
				footer: [{ text: 'You did not ask for this? Then nothing happens, and you can delete this mail.' }]
			})
		});
	});
}

/** Signs in by the link of a mail, which also proves the address. @returns the person. @throws Failure conflict */
export async function signInByLink(db: Db, secret: string): Promise<{ personId: string; secondFactor: boolean }> {
	const token = await redeemToken(db, 'sign_in', secret);
	const [found] = token?.personId
		? await db
				.update(person)
				.set({ emailVerified: true })
				.where(sql`id = ${token.personId} and email = ${token.email} and deactivated_at is null`)
				.returning({ personId: person.id, secondFactor: person.twoFactorEnabled })
		: [];
	if (!found) throw conflict(OLD);
	return found;
}

/** Sets a new password by the link of a mail and ends all sessions. @throws Failure conflict */
export async function resetPassword(db: Db, secret: string, plain: string): Promise<void> {
	await db.transaction(async (tx) => {
		const token = await redeemToken(tx, 'reset_password', secret);
		const owner =
			token && (await row(tx, sql`select 1 from person where id = ${token.personId} and email = ${token.email}`));
		if (!token?.personId || !owner) throw conflict(OLD);
		await setPassword(tx, token.personId, plain);
		await endOtherSessions(tx, token.personId);
	});
}

/** Uses the address that the link of a mail has confirmed. @throws Failure conflict */
export async function confirmEmail(db: Db, secret: string): Promise<void> {
	await db.transaction(async (tx) => {
		const token = await redeemToken(tx, 'change_email', secret);
		if (!token?.personId || !token.email) throw conflict(OLD);
		const taken = await row(tx, sql`select 1 from person where email = ${token.email}`);
		if (taken) throw conflict('This address belongs to another account.');
		await tx.update(person).set({ email: token.email, emailVerified: true }).where(eq(person.id, token.personId));
		await tellRightsChanged(tx, token.personId);
	});
}

/** Changes the viewer's own password, with the present one, and ends their other sessions. */
export async function changePassword(
	db: Db,
	viewer: Viewer,
	sessionId: string | undefined,
	input: { currentPassword: string; password: string }
): Promise<void> {
	await countAttempt(db, `password:${viewer.id}`, { attempts: 10, minutes: 15 });
	if (!(await isOwnPassword(db, viewer.id, input.currentPassword)))
		throw invalid({ currentPassword: 'This is not your password.' });
	await db.transaction(async (tx) => {
		await setPassword(tx, viewer.id, input.password);
		await endOtherSessions(tx, viewer.id, sessionId);
	});
}
