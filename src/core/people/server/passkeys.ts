import {
	generateAuthenticationOptions,
	generateRegistrationOptions,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
	type AuthenticationResponseJSON,
	type RegistrationResponseJSON
} from '@simplewebauthn/server';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { sql, type Db } from '#src/platform/server/db.ts';
import { conflict, invalid, notFound } from '#src/platform/server/errors.ts';
import { passkey } from './auth-schema.ts';
import { issueToken, redeemToken } from './one-time.ts';
import { person } from './schema.ts';
import { countAttempt } from './throttle.ts';

/** Who asks for the passkey: the address people see, as the browser binds passkeys to it. */
export interface Site {
	hostname: string;
	origin: string;
}

/** What the browser needs, and the secret for the cookie that holds the place meanwhile. */
export interface Challenge<T> {
	options: T;
	waiting: string;
}

const NOT_KNOWN = 'This passkey is not known here, or this took too long. Try again, or sign in another way.';
type Transports = NonNullable<RegistrationResponseJSON['response']['transports']>;

/** The viewer's own passkeys, newest first. */
export function myPasskeys(db: Db, viewer: Viewer) {
	const { id, name, createdAt, lastUsedAt } = passkey;
	return db
		.select({ id, name, createdAt, lastUsedAt })
		.from(passkey)
		.where(eq(passkey.personId, viewer.id))
		.orderBy(desc(passkey.createdAt));
}

/** Begins to add a passkey; one that exists on the device is not made twice. */
export async function beginPasskey(db: Db, viewer: Viewer, site: Site) {
	const [account] = await db.select({ email: person.email }).from(person).where(eq(person.id, viewer.id));
	const known = await db.select({ id: passkey.id }).from(passkey).where(eq(passkey.personId, viewer.id));
	const options = await generateRegistrationOptions({
		rpName: 'Trellis',
		rpID: site.hostname,
		userID: new TextEncoder().encode(viewer.id),
		userName: account!.email,
		userDisplayName: viewer.name,
		excludeCredentials: known,
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
	});
	const waiting = await issueToken(db, 'passkey', 5, { personId: viewer.id, data: options.challenge });
	return { options, waiting } satisfies Challenge<typeof options>;
}

/** Keeps the passkey a device has made. @throws Failure conflict when it does not fit the challenge */
export async function addPasskey(
	db: Db,
	viewer: Viewer,
	site: Site,
	{ waiting, name, response }: { waiting: string; name: string; response: RegistrationResponseJSON }
): Promise<void> {
	const token = await redeemToken(db, 'passkey', waiting);
	if (token?.personId !== viewer.id) throw conflict(NOT_KNOWN);
	const checked = await verifyRegistrationResponse({
		response,
		expectedChallenge: token.data,
		expectedOrigin: site.origin,
		expectedRPID: site.hostname,
		requireUserVerification: true
	}).catch(() => undefined);
	if (!checked?.verified || !checked.registrationInfo) throw conflict(NOT_KNOWN);
	const { credential } = checked.registrationInfo;
	await db.insert(passkey).values({
		...{ id: credential.id, personId: viewer.id, name, publicKey: credential.publicKey },
		counter: credential.counter,
		transports: credential.transports ?? []
	});
}

/** Gives one of the viewer's own passkeys another name. */
export async function renamePasskey(db: Db, viewer: Viewer, { id, name }: { id: string; name: string }): Promise<void> {
	const done = await db.update(passkey).set({ name }).where(own(viewer, id)).returning({ id: passkey.id });
	if (done.length === 0) throw notFound('There is no such passkey.');
}

/** Forgets one of the viewer's own passkeys. */
export async function removePasskey(db: Db, viewer: Viewer, id: string): Promise<void> {
	const done = await db.delete(passkey).where(own(viewer, id)).returning({ id: passkey.id });
	if (done.length === 0) throw notFound('There is no such passkey.');
}

/** Begins a sign-in with whatever passkey the device offers; names nobody. */
export async function beginPasskeySignIn(db: Db, site: Site, address: string) {
	await countAttempt(db, `sign-in:${address}`, { attempts: 50, minutes: 15 });
	const options = await generateAuthenticationOptions({ rpID: site.hostname, userVerification: 'required' });
	const waiting = await issueToken(db, 'passkey', 5, { data: options.challenge });
	return { options, waiting } satisfies Challenge<typeof options>;
}

/**
 * Signs in with a passkey. The device has asked for a finger or a code, so no second factor
 * is needed.
 * @returns the person
 * @throws Failure invalid, the same for every reason
 */
export async function finishPasskeySignIn(
	db: Db,
	site: Site,
	{ waiting, response }: { waiting: string; response: AuthenticationResponseJSON }
): Promise<string> {
	const token = await redeemToken(db, 'passkey', waiting);
	const [found] = await db
		.select({ key: passkey })
		.from(passkey)
		.innerJoin(person, eq(person.id, passkey.personId))
		.where(and(eq(passkey.id, response.id), isNull(person.deactivatedAt)));
	if (!token || token.personId || !found) throw invalid({ _: NOT_KNOWN });
	const { id, publicKey, counter, transports, personId } = found.key;
	const checked = await verifyAuthenticationResponse({
		response,
		expectedChallenge: token.data,
		expectedOrigin: site.origin,
		expectedRPID: site.hostname,
		requireUserVerification: true,
		credential: { id, publicKey: new Uint8Array(publicKey), counter, transports: transports as Transports }
	}).catch(() => undefined);
	if (!checked?.verified) throw invalid({ _: NOT_KNOWN });
	const { newCounter } = checked.authenticationInfo;
	await db
		.update(passkey)
		.set({ counter: newCounter, lastUsedAt: sql`now()` })
		.where(eq(passkey.id, id));
	return personId;
}

const own = (viewer: Viewer, id: string) => and(eq(passkey.id, id), eq(passkey.personId, viewer.id));
