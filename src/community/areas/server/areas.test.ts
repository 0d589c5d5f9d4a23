import { expect, test } from 'vitest';
import { canTend } from '#src/community/server/policy.ts';
import { ownLists } from '#src/core/export/server/own.ts';
import { dispatch } from '#src/core/signals/server/events.ts';
import { listNotices } from '#src/core/notify/server/read.ts';
import { wire } from '#src/app/server/wire.ts';
import { sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient } from '#src/testing/api.ts';
import { aManager, anArea } from '#src/testing/areas.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';

const { db } = await testDatabase();
const api = apiClient(db);
wire(db);

const offer = { duties: ['welcome'], ownWords: 'the night shift' };
const tends = async (personId: string, spaceId: string) => canTend(await viewerOf(db, personId), { spaceId });

test('being put into an area is an offer: only who accepts looks after its spaces', async () => {
	const spaceId = await aSpace(db);
	const { id, manager } = await anArea(db, [spaceId], []);
	const person = await aPerson(db);
	expect((await api(manager, `PUT /areas/${id}/people/${person.id}`, offer)).status).toBe(204);
	expect(await tends(person.id, spaceId)).toBe(false);
	expect((await api(person, 'GET /areas')).body.items.find((one: { id: string }) => one.id === id)).toMatchObject({
		...{ people: [], offered: [] },
		mine: { state: 'offered', by: manager.name, ...offer }
	});
	expect((await api(person, `PUT /areas/${id}/share`, {})).status).toBe(204);
	expect(await tends(person.id, spaceId)).toBe(true);
	const { people, untaken } = (await api(person, `GET /areas/${id}`)).body;
	expect(people).toMatchObject([{ id: person.id, ...offer }]);
	expect((await api(await viewerOf(db, person.id), `GET /areas/${id}`)).body.spaces).toMatchObject([
		{ id: spaceId, tends: true }
	]);
	expect(untaken).toEqual(['questions', 'programme', 'content', 'measuring']);
	expect((await api(person, `DELETE /areas/${id}/share`)).status).toBe(204);
	expect(await tends(person.id, spaceId)).toBe(false);
});

test('who declined or left is left in peace for three months, and can come back by themselves', async () => {
	const { id, manager } = await anArea(db, [await aSpace(db)], []);
	const person = await aPerson(db);
	await api(manager, `PUT /areas/${id}/people/${person.id}`, offer);
	await api(person, `DELETE /areas/${id}/share`);
	const again = await api(manager, `PUT /areas/${id}/people/${person.id}`, offer);
	expect([again.status, again.body.detail]).toEqual([409, expect.stringContaining('would rather not')]);
	// Neither is their peace ended by taking back what they declined.
	await api(manager, `DELETE /areas/${id}/people/${person.id}`);
	expect((await api(manager, `PUT /areas/${id}/people/${person.id}`, offer)).status).toBe(409);
	await db.execute(sql`update area_person set declined_at = now() - interval '91 days' where person_id = ${person.id}`);
	expect((await api(manager, `PUT /areas/${id}/people/${person.id}`, offer)).status).toBe(204);
	await api(person, `DELETE /areas/${id}/share`);
	expect((await api(person, `PUT /areas/${id}/share`, { duties: ['content'] })).status).toBe(204);
	expect((await api(person, `GET /areas/${id}`)).body.mine).toMatchObject({ state: 'shared', duties: ['content'] });
});

test('nobody walks in unasked, and an area opens no space that is closed or secret', async () => {
	const secret = await aSpace(db, { access: 'secret' });
	const closed = await aSpace(db, { access: 'closed' });
	const manager = await aManager(db, { spaces: [secret] });
	const outsider = await aPerson(db);
	const { id } = await anArea(db, [secret, closed], [], manager);
	expect((await api(outsider, `PUT /areas/${id}/share`, {})).status).toBe(404);
	await api(manager, `PUT /areas/${id}/people/${outsider.id}`, offer);
	await api(outsider, `PUT /areas/${id}/share`, {});
	const viewer = await viewerOf(db, outsider.id);
	expect([...viewer.tended].sort()).toEqual([secret, closed].sort());
	for (const spaceId of [secret, closed]) {
		expect(viewer.readableSpaces).not.toContain(spaceId);
		expect(canTend(viewer, { spaceId })).toBe(false);
	}
	expect((await api(viewer, `GET /areas/${id}`)).body.spaces.map(({ id }: { id: string }) => id)).toEqual([closed]);
});

test('an area of secret spaces alone is known to nobody outside, and a secret space cannot be probed', async () => {
	const secret = await aSpace(db, { access: 'secret' });
	const manager = await aManager(db, { spaces: [secret] });
	const { id } = await anArea(db, [secret], [], manager);
	const stranger = await aPerson(db);
	expect((await api(stranger, `GET /areas/${id}`)).status).toBe(404);
	expect((await api(stranger, 'GET /areas')).body.items.map(({ id }: { id: string }) => id)).not.toContain(id);
	const other = await aManager(db);
	expect((await api(other, `GET /areas/${id}`)).body.spaces).toEqual([]);
	for (const spaceId of [secret, newId()]) {
		expect((await api(other, `PUT /areas/${id}/spaces/${spaceId}`)).status).toBe(404);
		expect((await api(other, `DELETE /areas/${id}/spaces/${spaceId}`)).status).toBe(404);
	}
	expect((await api(manager, `GET /areas/${id}`)).body.spaces).toHaveLength(1);
});

test('people of an area ask others; stewards among them bring their space; nobody else changes it', async () => {
	const spaceId = await aSpace(db);
	const own = await aSpace(db, { access: 'closed' });
	const sharer = await aPerson(db, { spaces: [own], steward: true });
	const { id } = await anArea(db, [spaceId], [sharer]);
	const other = await aPerson(db);
	const offered = await api(sharer, `PUT /areas/${id}/people/${other.id}`, offer);
	expect(offered.status).toBe(204);
	expect((await api(sharer, `PUT /areas/${id}/spaces/${own}`)).status).toBe(204);
	expect((await api(sharer, `PUT /areas/${id}/spaces/${await aSpace(db)}`)).status).toBe(403);
	expect((await api(sharer, `PUT /areas/${id}`, { name: 'Mine', version: 1 })).status).toBe(403);
	const nosy = await aPerson(db);
	expect((await api(nosy, `PUT /areas/${id}/people/${nosy.id}`, offer)).status).toBe(403);
	expect((await api(nosy, `DELETE /areas/${id}/people/${sharer.id}`)).status).toBe(403);
	expect((await api(other, `DELETE /areas/${id}/people/${sharer.id}`)).status).toBe(403);
	expect((await api(await viewerOf(db, sharer.id), `DELETE /areas/${id}/spaces/${own}`)).status).toBe(204);
});

test('two who write at once: the second hears of it and loses nothing', async () => {
	const { id, manager } = await anArea(db, [], []);
	const other = await aManager(db);
	const edits = await Promise.all([
		api(manager, `PUT /areas/${id}`, { name: `One ${id}`, version: 1 }),
		api(other, `PUT /areas/${id}`, { name: `Two ${id}`, version: 1 })
	]);
	expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
	expect(edits.find(({ status }) => status === 409)!.body.current).toEqual({ version: 2 });
	const people = await Promise.all([aPerson(db), aPerson(db)]);
	const both = people.map((one) => api(manager, `PUT /areas/${id}/people/${one.id}`, offer));
	expect((await Promise.all(both)).map(({ status }) => status)).toEqual([204, 204]);
	// Ended while somebody accepts: either they were in it first, or there is nothing to accept.
	const [ended, accepted] = await Promise.all([
		api(manager, `DELETE /areas/${id}`),
		api(people[0]!, `PUT /areas/${id}/share`, {})
	]);
	expect([ended.status, [204, 404].includes(accepted.status)]).toEqual([204, true]);
	expect((await viewerOf(db, people[0]!.id)).tended.size).toBe(0);
});

test('what cannot be is refused with a line that says why', async () => {
	const manager = await aManager(db);
	const make = async (body: object) => {
		const { status, body: said } = await api(await viewerOf(db, manager.id), 'POST /areas', body);
		return [status, said.id ?? said.detail];
	};
	const name = `Production ${newId()}`;
	expect(await make({ name })).toEqual([201, expect.any(String)]);
	expect(await make({ name: name.toUpperCase() })).toEqual([409, 'Another area has this name already.']);
	expect((await make({ name: '' }))[0]).toBe(422);
	expect((await make({ name: 'x'.repeat(81) }))[0]).toBe(422);
	expect((await make({ name: 'Right‮to left' }))[0]).toBe(422);
	expect((await make({ name: `Old ${newId()}`, spaceIds: [await aSpace(db, { archivedAt: new Date() })] }))[0]).toBe(
		422
	);
	expect((await make({ name: `None ${newId()}`, spaceIds: [newId()] }))[0]).toBe(404);
	expect((await api(await aPerson(db), 'POST /areas', { name: 'Mine' })).status).toBe(403);
	const { id } = await anArea(db, [], [], manager);
	const person = await aPerson(db);
	const bad = [{}, { duties: [] }, { duties: ['everything'] }, { duties: ['welcome'], ownWords: 'x'.repeat(121) }];
	for (const body of bad) expect((await api(manager, `PUT /areas/${id}/people/${person.id}`, body)).status).toBe(422);
	expect((await api(manager, `PUT /areas/${id}/people/${newId()}`, offer)).status).toBe(404);
	await db.execute(sql`update person set deactivated_at = now() where id = ${person.id}`);
	expect((await api(manager, `PUT /areas/${id}/people/${person.id}`, offer)).status).toBe(404);
});

test('spaces that hang on one person or nobody are named, until an area is shared there', async () => {
	const name = `Lonely ${newId()}`;
	const spaceId = await aSpace(db, { name });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const manager = await aManager(db);
	const line = async () =>
		(await api(manager, 'GET /areas/lonely-spaces')).body.items.find(({ id }: { id: string }) => id === spaceId);
	expect(await line()).toMatchObject({ name, by: { id: steward.id } });
	// Who shares the area but cannot read the space is no help there.
	const { id } = await anArea(db, [spaceId], [await aPerson(db)], manager);
	expect(await line()).toBeUndefined();
	await db.execute(sql`update space set access = 'closed' where id = ${spaceId}`);
	expect(await line()).toMatchObject({ by: { id: steward.id }, area: { id } });
	await api(manager, `DELETE /areas/${id}`);
	await db.execute(sql`update person set deactivated_at = now() where id = ${steward.id}`);
	expect(await line()).toMatchObject({ by: null });
	expect((await api(steward, 'GET /areas/lonely-spaces')).status).toBe(403);
});

test('who is asked is told once, and takes what they share along in their archive', async () => {
	const everybody = await aSpace(db, { kind: 'organisation' });
	const { id, manager } = await anArea(db, [], []);
	const person = await aPerson(db, { spaces: [everybody] });
	await api(manager, `PUT /areas/${id}/people/${person.id}`, offer);
	const event = {
		id: newId(),
		name: 'area.offered',
		at: new Date().toISOString(),
		areaId: id,
		personId: person.id,
		actorId: manager.id
	};
	await dispatch(event as never);
	await dispatch(event as never);
	const { groups } = await listNotices(db, person, { show: 'all' });
	expect(groups.flatMap(({ notices }) => notices)).toMatchObject([
		{
			sentence: `${manager.name} asks you to share an area`,
			href: `/community/${id}`,
			excerpt: expect.stringContaining('Area ')
		}
	]);
	const own = ownLists().find(({ name }) => name === 'areas')!;
	const lines = await Array.fromAsync(own.list(db, person));
	expect(lines).toMatchObject([{ duties: ['welcome'], own_words: 'the night shift', accepted_at: null }]);
});
