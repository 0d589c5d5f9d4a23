import { expect, test } from 'vitest';
import { loadViewer } from '#src/core/access/server/viewer.ts';
import { spaceById } from '#src/core/spaces/server/read.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { startMail, stopMail } from '#src/platform/server/mail.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { deactivatePerson, listManagedPeople, reactivatePerson, setRoles } from './admin.ts';
import {
	acceptInvitation,
	invitationsInto,
	invite,
	joinByInvitation,
	openInvitations,
	readInvitation,
	revokeInvitation
} from './invitations.ts';
import { issueToken } from './one-time.ts';
import { profile } from '../input.ts';
import { findPeople, ownProfile, readPerson, updateProfile } from './profiles.ts';
import { orgRole, organisation } from './schema.ts';
import { confirmSignUp } from './sign-up.ts';

const { db } = await testDatabase();
await db.insert(organisation).values({ name: 'Vine', openDomains: ['vine.example'] });
const everybody = await aSpace(db, { kind: 'organisation' });
const newAdmin = async () => {
	const { id } = await aPerson(db);
	await db.insert(orgRole).values({ personId: id, role: 'admin' });
	return viewerOf(db, id);
};
const admin = await newAdmin();
const joiner = (email: string) => ({ name: 'Joiner', email, password: 'correct horse battery', timeZone: 'UTC' });

test('an invitation lets as many in as it says, also when they come at once', async () => {
	const secret = await invite(db, admin, { maxUses: 2, days: 7 });
	expect(await readInvitation(db, secret)).toMatchObject({ organisation: 'Vine', email: null });
	const came = await Promise.allSettled(
		['a', 'b', 'c', 'd'].map((name) => joinByInvitation(db, secret, joiner(`${name}@else.example`)))
	);
	const ids = came.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	expect(ids).toHaveLength(2);
	expect((await viewerOf(db, ids[0]!)).memberships.has(everybody)).toBe(true);
	await expect(readInvitation(db, secret)).rejects.toMatchObject({ kind: 'not_found' });
});

test('an invitation by mail is for its address, into its space, and a failed try uses nothing up', async () => {
	const spaceId = await aSpace(db, { access: 'open' });
	await db.execute(
		sql`insert into space_member (space_id, person_id, role) values (${spaceId}, ${admin.id}, 'steward')`
	);
	const steward = await viewerOf(db, admin.id);
	const secret = await invite(db, steward, { email: 'guest@else.example', spaceId, maxUses: 5, days: 7 });
	const other = joinByInvitation(db, secret, joiner('other@else.example'));
	await expect(other).rejects.toMatchObject({ fields: { email: expect.any(String) } });
	const id = await joinByInvitation(db, secret, joiner('guest@else.example'));
	expect((await viewerOf(db, id)).memberships.has(spaceId)).toBe(true);
	await expect(joinByInvitation(db, secret, joiner('guest@else.example'))).rejects.toMatchObject({ kind: 'conflict' });
});

test('somebody with an account enters by their own invitation only, and who is in already uses nothing up', async () => {
	const spaceId = await aSpace(db, { access: 'closed' });
	await db.execute(
		sql`insert into space_member (space_id, person_id, role) values (${spaceId}, ${admin.id}, 'steward')`
	);
	const steward = await viewerOf(db, admin.id);
	const guest = await aPerson(db, { email: 'known-guest@else.example' });
	const mailed = await invite(db, steward, { email: 'known-guest@else.example', spaceId, maxUses: 1, days: 7 });
	const thief = await aPerson(db);
	await expect(acceptInvitation(db, thief, mailed)).rejects.toMatchObject({ kind: 'forbidden' });
	await acceptInvitation(db, guest, mailed);
	expect((await viewerOf(db, guest.id)).memberships.get(spaceId)).toBe('member');
	expect((await viewerOf(db, thief.id)).memberships.has(spaceId)).toBe(false);

	const link = await invite(db, steward, { spaceId, maxUses: 1, days: 7 });
	await acceptInvitation(db, steward, link);
	const came = await Promise.allSettled(
		[await aPerson(db), await aPerson(db)].map((someone) => acceptInvitation(db, someone, link))
	);
	expect(came.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('an invitation that was taken back or is too old lets nobody in', async () => {
	const secret = await invite(db, admin, { maxUses: 3, days: 7 });
	const [made] = await openInvitations(db, admin);
	await revokeInvitation(db, admin, made!.id);
	await expect(joinByInvitation(db, secret, joiner('late@else.example'))).rejects.toMatchObject({ kind: 'conflict' });
	const old = await invite(db, admin, { maxUses: 3, days: 7 });
	await db.execute(sql`update invitation set expires_at = now() - interval '1 second' where revoked_at is null`);
	await expect(acceptInvitation(db, await aPerson(db), old)).rejects.toMatchObject({ kind: 'conflict' });
});

test('an address counts as confirmed by the link in the mail, not by the one shown to who invites', async () => {
	const verified = async (id: string) =>
		(await row<{ ok: boolean }>(db, sql`select email_verified as ok from person where id = ${id}`))!.ok;
	const before = await invite(db, admin, { email: 'off@else.example', maxUses: 1, days: 7 });
	expect(await verified(await joinByInvitation(db, before, joiner('off@else.example')))).toBe(false);
	startMail({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'trellis@else.example' });
	const shown = await invite(db, admin, { email: 'shown@else.example', maxUses: 1, days: 7 });
	await invite(db, admin, { email: 'mailed@else.example', maxUses: 1, days: 7 });
	stopMail();
	expect(await verified(await joinByInvitation(db, shown, joiner('shown@else.example')))).toBe(false);
	const sent = await rows<{ to: string; text: string }>(
		db,
		sql`select message ->> 'to' as to, message ->> 'text' as text from mail_outbox`
	);
	const mailed = /join\/([\w-]+)/.exec(sent.find(({ to }) => to === 'mailed@else.example')!.text)![1]!;
	expect(await verified(await joinByInvitation(db, mailed, joiner('mailed@else.example')))).toBe(true);
	const used = /join\/([\w-]+)/.exec(sent.find(({ to }) => to === 'shown@else.example')!.text)![1]!;
	await expect(readInvitation(db, used)).rejects.toMatchObject({ kind: 'not_found' });
});

test('stewards invite colleagues into their space, by a link that makes no accounts', async () => {
	const spaceId = await aSpace(db, { access: 'secret' });
	const [steward, member] = [
		await aPerson(db, { spaces: [spaceId], steward: true }),
		await aPerson(db, { spaces: [spaceId] })
	];
	const link = await invite(db, steward, { spaceId, maxUses: 5, days: 7 });
	await expect(invite(db, steward, { maxUses: 5, days: 7 })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(invite(db, member, { spaceId, maxUses: 5, days: 7 })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(joinByInvitation(db, link, joiner('new@else.example'))).rejects.toMatchObject({ kind: 'forbidden' });
	const colleague = await aPerson(db);
	await acceptInvitation(db, colleague, link);
	expect((await viewerOf(db, colleague.id)).memberships.has(spaceId)).toBe(true);
	const space = await spaceById(db, steward, spaceId);
	expect(await invitationsInto(db, member, space)).toEqual([]);
	const [open] = await invitationsInto(db, steward, space);
	expect(open).toMatchObject({ uses: 1, maxUses: 5 });
	await expect(revokeInvitation(db, member, open!.id)).rejects.toMatchObject({ kind: 'not_found' });
	await revokeInvitation(db, steward, open!.id);
	await expect(acceptInvitation(db, await aPerson(db), link)).rejects.toMatchObject({ kind: 'conflict' });
});

test('only admins and community managers invite, and into closed spaces only stewards', async () => {
	await expect(invite(db, await aPerson(db), { maxUses: 1, days: 7 })).rejects.toMatchObject({ kind: 'forbidden' });
	const secret = await aSpace(db, { access: 'secret' });
	await expect(invite(db, admin, { spaceId: secret, maxUses: 1, days: 7 })).rejects.toMatchObject({
		kind: 'not_found'
	});
	const closed = await aSpace(db, { access: 'closed' });
	await expect(invite(db, admin, { spaceId: closed, maxUses: 1, days: 7 })).rejects.toMatchObject({
		kind: 'forbidden'
	});
});

test('a confirmed address of an open domain joins once; of another domain never', async () => {
	const link = await issueToken(db, 'sign_up', 60, { email: 'fay@vine.example' });
	const both = await Promise.allSettled([
		confirmSignUp(db, link, joiner('ignored@else.example')),
		confirmSignUp(db, link, joiner('ignored@else.example'))
	]);
	expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	const foreign = await issueToken(db, 'sign_up', 60, { email: 'fay@notvine.example' });
	await expect(confirmSignUp(db, foreign, joiner('x@y.example'))).rejects.toMatchObject({ kind: 'conflict' });
});

test('roles can be shared; the last active admin keeps theirs, whichever way it would go', async () => {
	const other = await newAdmin();
	const both = await Promise.allSettled([
		setRoles(db, admin, { personId: admin.id, roles: [] }),
		deactivatePerson(db, other, other.id)
	]);
	expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	await db.insert(orgRole).values({ personId: admin.id, role: 'admin' }).onConflictDoNothing();
	const acting = await viewerOf(db, admin.id);
	const person = await aPerson(db, { name: 'Quentin Yarrow' });
	await setRoles(db, acting, { personId: person.id, roles: ['community_manager', 'learning_adviser'] });
	expect([...(await viewerOf(db, person.id)).orgRoles].sort()).toEqual(['community_manager', 'learning_adviser']);
	await deactivatePerson(db, acting, person.id);
	expect(await loadViewer(db, person.id)).toBeUndefined();
	expect(await findPeople(db, acting, 'yarrow')).toEqual([]);
	expect(await listManagedPeople(db, acting, 'yarrow')).toMatchObject([{ active: false }]);
	await reactivatePerson(db, acting, person.id);
	expect(await findPeople(db, acting, 'yarrow')).toHaveLength(1);
	await expect(reactivatePerson(db, acting, newId())).rejects.toMatchObject({ kind: 'not_found' });
	const stranger = await aPerson(db);
	await expect(setRoles(db, stranger, { personId: stranger.id, roles: ['admin'] })).rejects.toMatchObject({
		kind: 'forbidden'
	});
});

test('topics keep their words when a profile is saved, and colleagues find them', async () => {
	const person = await aPerson(db);
	const form = { name: 'Ines', askMeAbout: 'opening a shop, Portuguese invoices,', timeZone: 'UTC' };
	await updateProfile(db, person, parse(profile, { ...form, workStart: '09:30', workEnd: '17:00', workDays: '1,5' }));
	const saved = await ownProfile(db, person);
	expect(saved).toMatchObject({ workStart: 570, workDays: [1, 5] });
	expect(saved.askMeAbout).toEqual(['opening a shop', 'Portuguese invoices']);
	expect(await findPeople(db, person, 'portuguese inv')).toMatchObject([{ id: person.id }]);
	expect(() => parse(profile, { ...form, workStart: '17:00', workEnd: '09:00' })).toThrow('workEnd');
});

test('a profile shows no space and no item that the one who looks may not know of', async () => {
	const secret = await aSpace(db, { access: 'secret', name: 'Merger' });
	const closed = await aSpace(db, { access: 'closed', name: 'Board' });
	const person = await aPerson(db, { spaces: [secret, closed] });
	expect((await readPerson(db, await aPerson(db), person.id)).spaces).toEqual([]);
	const colleague = await aPerson(db, { spaces: [secret] });
	expect((await readPerson(db, colleague, person.id)).spaces.map(({ name }) => name)).toEqual(['Merger']);
});
