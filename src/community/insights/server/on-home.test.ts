import { expect, test } from 'vitest';
import { askQuestion } from '#src/ask/server/ask.ts';
import { sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { newcomerWaiting } from './on-home.ts';

const { db } = await testDatabase();
const api = apiClient(db);
/** A Wednesday at noon; whoever looks works from nine to five, in UTC. */
const NOW = new Date('2030-05-15T12:00:00Z');

async function aWaitingNewcomer(hours: number) {
	const spaceId = await aSpace(db, { name: 'Packing', slug: `packing-${Math.random().toString(36).slice(2, 9)}` });
	const steward = await aPerson(db, { spaces: [spaceId], steward: true });
	const noor = await aPerson(db, { spaces: [spaceId], name: 'Noor New' });
	const at = new Date(NOW.getTime() - hours * 3_600_000).toISOString();
	await db.execute(
		sql`update space_member set joined_at = ${at}::timestamptz - interval '1 hour' where person_id = ${noor.id}`
	);
	const id = await askQuestion(db, noor, {
		spaceId,
		title: 'Where are the gloves?',
		bodyMd: '',
		tags: [],
		anonymous: false
	});
	await db.execute(sql`update item set created_at = ${at} where id = ${id}`);
	return { spaceId, steward, noor, id };
}

test('Home tells those who look after a space of one newcomer, once a working day has passed', async () => {
	const late = await aWaitingNewcomer(23);
	// From Tuesday at one to Wednesday at noon: four hours and three, less than a working day.
	expect(await newcomerWaiting(db, late.steward, NOW)).toBeUndefined();
	const { steward, noor, id, spaceId } = await aWaitingNewcomer(30);
	expect(await newcomerWaiting(db, steward, NOW)).toMatchObject({ space: 'Packing', name: 'Noor New', days: 1 });
	expect(await newcomerWaiting(db, noor, NOW)).toBeUndefined();
	expect(await newcomerWaiting(db, await aPerson(db, { spaces: [spaceId] }), NOW)).toBeUndefined();
	// A community manager is told of spaces they are in.
	const manager = await aPerson(db, { spaces: [spaceId] });
	await db.execute(sql`insert into org_role (person_id, role) values (${manager.id}, 'community_manager')`);
	expect(await newcomerWaiting(db, await viewerOf(db, manager.id), NOW)).toMatchObject({ name: 'Noor New' });
	await db.execute(
		sql`insert into helped (item_id, person_id, created_at) values (${id}, ${steward.id}, ${NOW.toISOString()})`
	);
	expect(await newcomerWaiting(db, steward, NOW)).toBeUndefined();
});

test('it is not told for a week, or not at all, as one says', async () => {
	const { spaceId, steward, noor } = await aWaitingNewcomer(60);
	const call = `/spaces/${spaceId}/insights/hush`;
	const waits = (days = 0) => newcomerWaiting(db, steward, new Date(NOW.getTime() + days * 86_400_000));
	const onHome = async () => (await api(steward, `GET /spaces/${spaceId}/insights`)).body.onHome;
	expect(await onHome()).toEqual({ shown: true, againAt: null });
	expect((await api(noor, `PUT ${call}`, { how: 'week' })).status).toBe(403);
	expect((await api(steward, `PUT ${call}`, { how: 'year' })).status).toBe(422);
	expect((await api(steward, `PUT ${call}`, { how: 'week' })).status).toBe(204);
	expect(await onHome()).toMatchObject({ shown: false, againAt: expect.stringMatching(/^20/) });
	await db.execute(sql`update community_hush set until = ${NOW.toISOString()}::timestamptz + interval '7 days'`);
	expect([await waits(), await waits(6)]).toEqual([undefined, undefined]);
	expect(await waits(8)).toMatchObject({ name: 'Noor New' });
	expect((await api(steward, `PUT ${call}`, { how: 'always' })).status).toBe(204);
	expect(await onHome()).toEqual({ shown: false, againAt: null });
	expect(await waits(8)).toBeUndefined();
	expect((await api(steward, `DELETE ${call}`)).status).toBe(204);
	expect(await waits()).toMatchObject({ days: 1 + 1 });
});
