import { expect, test } from 'vitest';
import { rows, sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { allHandedOut, toldTo } from '#src/testing/told.ts';
import { myWelcome, welcome } from './welcome.ts';

const { db } = await testDatabase({ work: true });
const api = apiClient(db);
const words = { line: 'Welcome, Noor. Ask whatever you need.' };

async function aNewcomer() {
	const spaceId = await aSpace(db, { name: 'Packing', slug: `packing-${Math.random().toString(36).slice(2, 9)}` });
	const stewards = [];
	for (let at = 0; at < 8; at += 1)
		stewards.push(await aPerson(db, { spaces: [spaceId], steward: true, name: `Steward ${at}` }));
	return { spaceId, stewards, noor: await aPerson(db, { spaces: [spaceId], name: 'Noor New' }) };
}

test('however many welcome somebody at once, they hear of it once, by one of them', async () => {
	const { spaceId, stewards, noor } = await aNewcomer();
	const call = `PUT /spaces/${spaceId}/welcomes/${noor.id}`;
	const answers = await Promise.all(stewards.map((steward) => api(steward, call, words)));
	expect(answers.map(({ status }) => status).sort()).toEqual([204, 409, 409, 409, 409, 409, 409, 409]);
	const late = answers.find(({ status }) => status === 409)!;
	const got = (await myWelcome(db, noor, spaceId))!;
	expect(late.body.detail).toBe(`They were welcomed already, by ${got.by.name}. Nobody is told twice.`);
	await allHandedOut(db);
	const told = await toldTo(db, noor);
	expect(told).toMatchObject([
		{ kind: 'community.welcomed', sentence: `${got.by.name} welcomes you to Packing`, excerpt: words.line }
	]);
	expect(told[0]!.href).toMatch(/^\/spaces\/packing-/);
	// Who leaves and comes again is not welcomed again either.
	await db.execute(sql`delete from space_member where space_id = ${spaceId} and person_id = ${noor.id}`);
	await db.execute(sql`insert into space_member (space_id, person_id) values (${spaceId}, ${noor.id})`);
	expect((await api(stewards[1], call, words)).status).toBe(409);
});

test('who wants to hear of no welcome is told of none', async () => {
	const { spaceId, stewards, noor } = await aNewcomer();
	await db.execute(sql`insert into notification_preference (person_id, kind, in_page, mail)
		values (${noor.id}, 'community.welcomed', false, 'never')`);
	await welcome(db, stewards[0]!, spaceId, noor.id, words);
	await allHandedOut(db);
	expect(await rows(db, sql`select 1 from notification where person_id = ${noor.id}`)).toEqual([]);
	// On the page of the space it stands all the same: that pushes nothing.
	expect(await myWelcome(db, noor, spaceId)).toMatchObject({ line: words.line, by: { name: 'Steward 0' } });
});

test('nobody is welcomed who is not new, by members, without words, or in an archived space', async () => {
	const { spaceId, stewards, noor } = await aNewcomer();
	const [steward] = stewards;
	const member = await aPerson(db, { spaces: [spaceId] });
	const stranger = await aPerson(db);
	const to = (id: string) => `PUT /spaces/${spaceId}/welcomes/${id}`;
	expect((await api(member, to(noor.id), words)).status).toBe(403);
	expect((await api(stranger, to(noor.id), words)).status).toBe(403);
	expect((await api(steward, to(stranger.id), words)).status).toBe(404);
	expect((await api(steward, to(steward!.id), words)).status).toBe(403);
	expect((await api(steward, to(noor.id), { line: '' })).body).toMatchObject({
		status: 422,
		errors: { line: 'is needed' }
	});
	expect((await api(steward, to(noor.id), { line: 'a\nb' })).status).toBe(422);
	await db.execute(sql`update space_member set joined_at = now() - interval '31 days' where person_id = ${noor.id}`);
	expect((await api(steward, to(noor.id), words)).status).toBe(404);
	await db.execute(sql`update space set archived_at = now() where id = ${spaceId}`);
	expect((await api(steward, to(member.id), words)).status).toBe(409);
});
