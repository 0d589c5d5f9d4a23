import { expect, test } from 'vitest';
import { canWriteIn } from '#src/core/access/server/policy.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { findToAdd, listMembers, listRequests, listSpaces } from './directory.ts';
import {
	addMember,
	answerRequest,
	joinSpace,
	leaveSpace,
	removeMember,
	requestToJoin,
	setSpaceRole
} from './members.ts';
import { spaceById, spaceBySlug } from './read.ts';
import { archiveSpace, createSpace, slugOf, updateSpace } from './write.ts';

const { db } = await testDatabase();
const input = { name: 'Till repair', purpose: '', kind: 'community', access: 'open' } as const;
const events = (name: string, personId: string) =>
	rows(db, sql`select 1 from pgboss.job where data ->> 'name' = ${name} and data ->> 'personId' = ${personId}`);

test('anybody creates a space and is its steward; a taken name gets an addition', async () => {
	const person = await aPerson(db);
	expect(await createSpace(db, person, input)).toBe('till-repair');
	expect(await createSpace(db, person, input)).toMatch(/^till-repair-[a-z2-9]{9}$/);
	const now = await viewerOf(db, person.id);
	expect([...now.memberships.values()]).toEqual(['steward', 'steward']);
	expect(slugOf('Été & Größe 2')).toBe('ete-große-2');
	expect(slugOf('…')).toBe('space');
});

test('a secret space cannot be found, guessed by its name, or told from one that does not exist', async () => {
	const steward = await aPerson(db);
	const outsider = await aPerson(db);
	const slug = await createSpace(db, steward, { ...input, name: 'Merger', access: 'secret' });
	expect(slug).not.toBe('merger');
	expect(await createSpace(db, outsider, { ...input, name: 'Merger' })).toBe('merger');
	const inside = await viewerOf(db, steward.id);
	const { id } = await spaceBySlug(db, inside, slug);
	const missing = spaceBySlug(db, outsider, 'no-such-space').catch((error: Error) => error.message);
	expect(await spaceBySlug(db, outsider, slug).catch((error: Error) => error.message)).toBe(await missing);
	await expect(joinSpace(db, outsider, id)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(requestToJoin(db, outsider, id, { message: '' })).rejects.toMatchObject({ kind: 'not_found' });
	expect((await listSpaces(db, outsider)).map((space) => space.id)).not.toContain(id);
});

test('an open space that becomes secret leaves its old address', async () => {
	const steward = await aPerson(db);
	const slug = await createSpace(db, steward, { ...input, name: 'Quiet room' });
	const viewer = await viewerOf(db, steward.id);
	const { id } = await spaceBySlug(db, viewer, slug);
	const hidden = await updateSpace(db, viewer, id, {
		...{ name: 'Quiet room', purpose: '', access: 'secret', allowAnonymous: false }
	});
	expect(hidden).toMatch(/^quiet-room-[a-z2-9]{9}$/);
});

test('a closed space is entered on request only, once a steward agrees', async () => {
	const spaceId = await aSpace(db, { access: 'closed' });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const member = await aPerson(db, { spaces: [spaceId] });
	const outsider = await aPerson(db);
	await expect(joinSpace(db, outsider, spaceId)).rejects.toMatchObject({ kind: 'forbidden' });
	await requestToJoin(db, outsider, spaceId, { message: 'I repair tills too' });
	await requestToJoin(db, outsider, spaceId, { message: 'I repair tills' });
	expect(await events('space.requested', outsider.id)).toHaveLength(1);
	const space = await spaceById(db, steward, spaceId);
	expect(await listRequests(db, member, space)).toEqual([]);
	expect(await listRequests(db, steward, space)).toMatchObject([{ id: outsider.id, message: 'I repair tills' }]);
	await expect(listMembers(db, outsider, space)).rejects.toMatchObject({ kind: 'forbidden' });
	const answer = { personId: outsider.id, approve: true };
	await expect(answerRequest(db, member, spaceId, answer)).rejects.toMatchObject({ kind: 'forbidden' });
	const both = await Promise.allSettled([
		answerRequest(db, steward, spaceId, answer),
		answerRequest(db, steward, spaceId, { ...answer, approve: false })
	]);
	expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	const entered = (await viewerOf(db, outsider.id)).memberships.has(spaceId);
	expect(await events('space.joined', outsider.id)).toHaveLength(entered ? 1 : 0);
});

test('two stewards who leave at the same time leave one behind', async () => {
	const spaceId = await aSpace(db);
	const stewards = [
		await aPerson(db, { spaces: [spaceId], steward: true }),
		await aPerson(db, { spaces: [spaceId], steward: true })
	];
	const left = await Promise.allSettled(stewards.map((steward) => leaveSpace(db, steward, spaceId)));
	expect(left.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	const rest = await rows<{ person_id: string }>(
		db,
		sql`select person_id from space_member where space_id = ${spaceId}`
	);
	expect(rest).toHaveLength(1);
	const last = await viewerOf(db, rest[0]!.person_id);
	const demoted = setSpaceRole(db, last, spaceId, { personId: last.id, role: 'member' });
	await expect(demoted).rejects.toMatchObject({ kind: 'conflict' });
});

test('members bring people into open spaces, only stewards take them out', async () => {
	const spaceId = await aSpace(db);
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const member = await aPerson(db, { spaces: [spaceId] });
	const other = await aPerson(db, { name: 'Zoë Quill' });
	const space = await spaceById(db, member, spaceId);
	expect(await findToAdd(db, member, space, 'quil')).toMatchObject([{ id: other.id }]);
	await addMember(db, member, spaceId, { personId: other.id });
	expect(await findToAdd(db, member, space, 'quil')).toEqual([]);
	const removal = { personId: other.id };
	await expect(removeMember(db, member, spaceId, removal)).rejects.toMatchObject({ kind: 'forbidden' });
	await removeMember(db, steward, spaceId, removal);
	expect((await viewerOf(db, other.id)).memberships.size).toBe(0);
});

test('an archived space is read and not written in, by nobody', async () => {
	const spaceId = await aSpace(db);
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	await archiveSpace(db, steward, spaceId, true);
	expect(canWriteIn(await viewerOf(db, steward.id), { spaceId })).toBe(false);
	const outsider = await aPerson(db);
	await expect(joinSpace(db, outsider, spaceId)).rejects.toMatchObject({ kind: 'forbidden' });
	await archiveSpace(db, steward, spaceId, false);
	expect(canWriteIn(await viewerOf(db, steward.id), { spaceId })).toBe(true);
});

test('the space of everybody stays open, and nobody leaves it', async () => {
	const spaceId = await aSpace(db, { kind: 'organisation' });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const settings = { name: 'All', purpose: '', access: 'closed', allowAnonymous: false } as const;
	await expect(updateSpace(db, steward, spaceId, settings)).rejects.toMatchObject({
		fields: { access: expect.any(String) }
	});
	await expect(leaveSpace(db, steward, spaceId)).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(archiveSpace(db, steward, spaceId, true)).rejects.toMatchObject({ kind: 'invalid' });
});
