import { expect, test } from 'vitest';
import { compareVersions, restoreVersion } from '#src/core/items/server/history.ts';
import { accompany } from '#src/core/signals/server/events.ts';
import { row, rows, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { parse } from '#src/platform/server/parse.ts';
import { examples } from '#src/testing/aids.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aidTypes } from '../aid.ts';
import { aidFilter, newAid, type AidEdit } from '../input.ts';
import { listAids } from './list.ts';
import { beginQuestion, linkQuestion, questionsAbout } from './questions.ts';
import { aidToEdit, aidToRun, aidVersionAt, readAid } from './read.ts';
import { removeAid, retireAid, reviveAid } from './retire.ts';
import { noteRun, useOf } from './runs.ts';
import { handOver, remindOwners, verifyAid } from './verify.ts';
import { contentFollows, editAid, writeAid } from './write.ts';
import { createItem } from '#src/core/items/server/write.ts';

const { db } = await testDatabase();
accompany('item.edited', contentFollows);

const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const colleague = await aPerson(db, { spaces: [spaceId] });
const stranger = await aPerson(db);

const given = (more: Record<string, unknown> = {}) =>
	parse(newAid, { spaceId, title: 'Open the shop', content: examples.checklist, tags: ['opening'], ...more });
const write = (more: Record<string, unknown> = {}) => writeAid(db, author, given(more));
const edit = (more: Partial<AidEdit> = {}): AidEdit => ({
	...{
		title: 'Open the shop',
		content: examples.checklist,
		tags: ['opening'],
		roles: [],
		patterns: [],
		verifyBy: null
	},
	...{ note: '', version: 1 },
	...more
});

test.each(aidTypes)('an aid of type %s is written, read and run', async (type) => {
	const id = await write({ content: examples[type] });
	const aid = await readAid(db, colleague, id);
	expect(aid).toMatchObject({
		type,
		content: examples[type],
		version: 1,
		canKeep: false,
		use: null,
		owner: { id: author.id }
	});
	const run = await aidToRun(db, colleague, id);
	expect(run.shown).toEqual(aid.shown);
	const all = JSON.stringify(run.shown);
	const said = {
		checklist: 'Till counted',
		steps: '<strong>left</strong>',
		decision: 'Ask the shift lead',
		flow: 'Call the carrier'
	};
	const more = {
		reference: 'Cover open',
		template: '{{name}}',
		infographic: 'How to lift',
		screencast: 'Drag the shift'
	};
	expect(all).toContain(({ ...said, ...more } as Record<string, string>)[type]);
	const text = await row<{ body_md: string }>(db, sql`select body_md from item where id = ${id}`);
	expect(text!.body_md).toMatchSnapshot();
});

test('a decision table leads on by questions that still matter', async () => {
	const { shown } = await readAid(db, author, await write({ content: examples.decision }));
	const [first] = shown.cards;
	expect(first).toMatchObject({ title: 'Is there a receipt?' });
	const to = (card: number, label: string) => shown.cards[card]!.choices.find((choice) => choice.label === label)!.to;
	expect(shown.cards[to(0, 'No')]!.html).toContain('Ask the shift lead');
	expect(shown.cards[to(to(0, 'Yes'), 'No')]!.html).toContain('Refund in cash');
	const wide = {
		type: 'decision',
		questions: ['a', 'b', 'c', 'd', 'e', 'f'],
		rules: Array.from({ length: 60 }, (_, n) => ({
			when: [0, 1, 2, 3, 4, 5].map((q) => ((n + q) % 3 ? `x${(n * (q + 1)) % 7}` : '')),
			then: `Do ${n}`
		}))
	};
	const branching = await readAid(db, author, await write({ content: wide }));
	expect(branching.shown.cards.length).toBeLessThan(2_500);
	for (const { choices } of branching.shown.cards)
		for (const { to } of choices) expect(branching.shown.cards[to]!.title).not.toBe('');
});

test('a drawing holds nothing but text', async () => {
	const nodes = [
		{ id: 'a', text: '<script>alert(1)</script> & "x"', next: [{ to: 'b', label: '</text><img src=x>' }] },
		{ id: 'b', text: '<b>', next: [{ to: 'a', label: '' }] }
	];
	const { shown } = await readAid(db, author, await write({ title: '"><script>', content: { type: 'flow', nodes } }));
	expect(shown.chart).toMatch(/^<svg class="chart".*<\/svg>$/s);
	expect(shown.chart).not.toMatch(/<(script|img|b)\b/);
	expect(shown.chart).toContain('&lt;b&gt;');
	expect(shown.chart).not.toContain('NaN');
});

test('versions are kept, compared and brought back with their content; what is no text makes none', async () => {
	const id = await write();
	const content = {
		...examples.checklist,
		items: [{ text: 'Alarm off', note: '', group: '' }, ...examples.checklist.items]
	};
	expect(await editAid(db, author, id, edit({ content, note: 'New alarm' }))).toBe(2);
	await expect(editAid(db, author, id, edit({ title: 'Mine', version: 1 }))).rejects.toMatchObject({
		kind: 'conflict',
		details: { current: { version: 2 } }
	});
	expect(
		await editAid(db, author, id, edit({ content, roles: ['cashier'], patterns: ['till.example.org'], version: 2 }))
	).toBe(2);
	expect(await readAid(db, author, id)).toMatchObject({
		version: 2,
		roles: ['cashier'],
		patterns: ['till.example.org']
	});
	expect((await aidVersionAt(db, colleague, id, 1)).content).toEqual(examples.checklist);
	const { body } = await compareVersions(db, colleague, id, 1, 2);
	expect(
		body
			.filter(({ kind }) => kind === 'added')
			.map(({ text }) => text)
			.join('')
	).toContain('Alarm off');
	expect(await restoreVersion(db, author, id, { version: 1, seen: 2 })).toBe(3);
	expect((await readAid(db, author, id)).content).toEqual(examples.checklist);
	await expect(editAid(db, author, id, edit({ content: examples.template, version: 3 }))).rejects.toMatchObject({
		kind: 'invalid'
	});
});

test('who is outside sees nothing; only its keepers change it', async () => {
	const closed = await aSpace(db, { access: 'closed' });
	const member = await aPerson(db, { spaces: [closed] });
	const owner = await aPerson(db, { spaces: [closed] });
	const id = await writeAid(db, member, given({ spaceId: closed, patterns: ['secret.example.org'] }));
	for (const read of [readAid, aidToRun, aidToEdit])
		await expect(read(db, stranger, id)).rejects.toMatchObject({ kind: 'not_found' });
	await expect(noteRun(db, stranger, id, newId(), { version: 1, step: 0, finished: false })).rejects.toMatchObject({
		kind: 'not_found'
	});
	await expect(beginQuestion(db, stranger, id, { step: 0 })).rejects.toMatchObject({ kind: 'not_found' });
	expect(await listed(stranger, { url: 'https://secret.example.org/' })).toEqual([]);
	expect(await listed(member, { url: 'https://secret.example.org/' })).toEqual([id]);
	await expect(writeAid(db, stranger, given({ spaceId: closed }))).rejects.toMatchObject({ kind: 'forbidden' });
	const attempts = [
		() => editAid(db, owner, id, edit()),
		() => verifyAid(db, owner, id, { until: null }),
		() => retireAid(db, owner, id, { successorId: null }),
		() => removeAid(db, owner, id)
	];
	for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(handOver(db, member, id, { ownerId: stranger.id })).rejects.toMatchObject({ kind: 'invalid' });
	await handOver(db, member, id, { ownerId: owner.id });
	expect(await editAid(db, owner, id, edit({ title: 'Ours' }))).toBe(2);
	for (const attempt of attempts.slice(1)) await attempt();
	await expect(readAid(db, member, id)).rejects.toMatchObject({ kind: 'not_found' });
});

const listed = async (viewer: typeof author, filter: Record<string, unknown>) =>
	(await listAids(db, viewer, parse(aidFilter, filter))).items.map(({ id }) => id);

test('aids are found by address, the closest first, by tag, role and type', async () => {
	const own = `app-${newId().slice(-8)}.example.org`;
	const wide = await write({ patterns: ['*.example.org/orders/*'], roles: ['Night shift'] });
	const host = await write({ patterns: [own], tags: ['x1'] });
	const close = await write({ patterns: [`https://${own}/orders/new*`, `${own}/100%_done/*`] });
	const single = await write({ patterns: [`${own}/#/clients/*/edit`] });
	expect(await listed(stranger, { url: `https://${own}/orders/new?x=1` })).toEqual([close, host, wide]);
	expect(await listed(author, { url: `http://${own}/orders` })).toEqual([host]);
	expect(await listed(author, { url: `https://${own}/#/clients/12/edit` })).toEqual([single, host]);
	expect(await listed(author, { url: `https://${own}/100%25_done/x` })).toEqual([host]);
	expect(await listed(author, { url: `https://deep.${own}/orders/1` })).toEqual([wide]);
	expect(await listed(author, { url: `https://${own}/orders/new`, tag: 'x1' })).toEqual([host]);
	expect(await listed(author, { role: 'Night Shift' })).toEqual([wide]);
	await expect(listed(author, { url: 'nonsense' })).rejects.toMatchObject({ kind: 'invalid' });
	await retireAid(db, author, host, { successorId: null });
	expect(await listed(author, { url: `https://${own}/` })).toEqual([]);
	const first = await listAids(db, author, parse(aidFilter, { limit: 2 }));
	const second = await listAids(db, author, parse(aidFilter, { limit: 2, cursor: first.next }));
	expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
});

test('ten thousand patterns are looked up by the index', async () => {
	const id = await write();
	await db.execute(sql`insert into aid_pattern (item_id, pattern, host, subdomains, prefix, path_like, whole)
		select ${id}, 'p' || n, case when n % 2 = 0 then 'busy.example.net' else 'h' || n || '.example.net' end, false, '/page/' || n || '/', '/page/' || n || '/%', false
		from generate_series(1, 10000) n`);
	await db.execute(sql`analyze aid_pattern`);
	const { aidsAt } = await import('./contexts.ts');
	const plan = await rows<{ 'QUERY PLAN': string }>(
		db,
		sql`explain (analyze, buffers off) ${aidsAt('https://busy.example.net/page/4444/list/with/a/long/path?and=more')}`
	);
	const text = plan.map((line) => line['QUERY PLAN']).join('\n');
	expect(text).toContain('aid_pattern_place');
	expect(text).not.toContain('Seq Scan');
	expect(await rows(db, aidsAt('https://busy.example.net/page/4444/list'))).toHaveLength(1);
});

test('runs are private, counted once, and told of from five people on', async () => {
	const id = await write();
	const people = await Promise.all(Array.from({ length: 5 }, () => aPerson(db)));
	const runs = people.map(() => newId());
	for (const [n, person] of people.slice(0, 4).entries()) {
		await noteRun(db, person, id, runs[n]!, { version: 1, step: 1, finished: false });
		await noteRun(db, person, id, runs[n]!, { version: 1, step: 2, finished: n < 2 });
		// An older word that comes late takes nothing back.
		await noteRun(db, person, id, runs[n]!, { version: 1, step: 0, finished: false });
	}
	expect(await useOf(db, id, 1)).toBeNull();
	await noteRun(db, people[4]!, id, runs[4]!, { version: 9, step: 2, finished: false, stuck: true });
	await expect(noteRun(db, people[0]!, id, runs[4]!, { version: 1, step: 2, finished: true })).rejects.toMatchObject({
		kind: 'forbidden'
	});
	expect(await useOf(db, id, 1)).toEqual({ people: 5, finished: 2, stuck: { step: 2, share: 0.2 } });
	await db.execute(sql`update aid_run set updated_at = now() - interval '2 days' where item_id = ${id}`);
	expect(await useOf(db, id, 1)).toEqual({ people: 5, finished: 2, stuck: { step: 2, share: 0.6 } });
	expect(await useOf(db, id, 2)).toEqual({ people: 5, finished: 2, stuck: null });
	const signals = await rows<{ actor_id: string }>(
		db,
		sql`select actor_id from signal where item_id = ${id} and verb = 'ran'`
	);
	expect(signals).toHaveLength(5);
	const version = await row<{ version: number }>(db, sql`select version from aid_run where id = ${runs[4]!}`);
	expect(version!.version).toBe(1);
});

test('who is stuck asks there and then, and the aid knows of the question', async () => {
	const id = await write({ content: examples.steps, title: 'Change the [roll]' });
	const start = await beginQuestion(db, colleague, id, { step: 1 });
	expect(start.title).toBe('Stuck at step 2 of “Change the [roll]”: Turn the roll');
	expect(start.bodyMd).toBe(`> Turn the roll\n\n[Step 2 of “Change the roll”](/aids/${id}#step-2)\n\n`);
	expect(new URL(start.address, 'http://x').searchParams.get('body')).toBe(start.bodyMd);
	const question = await createItem(db, colleague, {
		kind: 'question',
		spaceId,
		title: start.title,
		bodyMd: `${start.bodyMd}Which side?`
	});
	for (let again = 0; again < 2; again++) await linkQuestion(db, { itemId: question, kind: 'question' });
	expect(await questionsAbout(db, author, id)).toEqual([
		{ id: question, title: start.title, step: 2, answered: false }
	]);
	const closed = await aSpace(db, { access: 'closed' });
	const secretive = await aPerson(db, { spaces: [closed, spaceId] });
	const hidden = await createItem(db, secretive, {
		kind: 'question',
		spaceId: closed,
		title: 'About the same aid',
		bodyMd: `/aids/${id}#step-1`
	});
	await linkQuestion(db, { itemId: hidden, kind: 'question' });
	expect(await questionsAbout(db, author, id)).toHaveLength(1);
	expect(await questionsAbout(db, secretive, id)).toHaveLength(2);
});

test('a retired aid names what took its place, never in a circle, and comes back', async () => {
	const [old, middle, fresh] = [await write(), await write(), await write({ title: 'The new way' })];
	await retireAid(db, author, old, { successorId: middle });
	await retireAid(db, author, middle, { successorId: fresh });
	for (const successorId of [fresh, old, middle])
		await expect(retireAid(db, author, fresh, { successorId })).rejects.toMatchObject({ kind: 'invalid' });
	await expect(retireAid(db, author, fresh, { successorId: newId() })).rejects.toMatchObject({ kind: 'invalid' });
	expect(await readAid(db, colleague, old)).toMatchObject({ state: 'archived', successor: { id: middle } });
	expect((await readAid(db, colleague, fresh)).replaced).toEqual([{ id: middle, title: 'Open the shop' }]);
	const links = () =>
		rows<{ from_id: string }>(db, sql`select from_id from item_link where to_id = ${old} and relation = 'replaces'`);
	expect(await links()).toEqual([{ from_id: middle }]);
	await reviveAid(db, author, old);
	expect(await readAid(db, colleague, old)).toMatchObject({ state: 'open', successor: null });
	expect(await links()).toEqual([]);
});

test('owners are reminded at work, three days ahead and every two weeks', async () => {
	const owner = await aPerson(db, {
		spaces: [spaceId],
		timeZone: 'UTC',
		workStart: 540,
		workEnd: 1020,
		workDays: [1, 2, 3, 4, 5]
	});
	const viewer = await viewerOf(db, owner.id);
	const id = await writeAid(db, viewer, { ...given(), verifyBy: '2027-03-12' });
	const count = async () =>
		(await row<{ n: number }>(
			db,
			sql`select count(*)::int as n from pgboss.job where data ->> 'name' = 'aid.verify_due' and data ->> 'itemId' = ${id}`
		))!.n;
	await remindOwners(db, new Date('2027-03-08T10:00:00Z'));
	expect(await count(), 'four days ahead').toBe(0);
	await remindOwners(db, new Date('2027-03-09T06:00:00Z'));
	expect(await count(), 'before work').toBe(0);
	await Promise.all([
		remindOwners(db, new Date('2027-03-09T10:00:00Z')),
		remindOwners(db, new Date('2027-03-09T10:00:01Z'))
	]);
	expect(await count(), 'once, whoever looks').toBe(1);
	await remindOwners(db, new Date('2027-03-15T10:00:00Z'));
	expect(await count()).toBe(1);
	await remindOwners(db, new Date('2027-03-24T10:00:00Z'));
	expect(await count(), 'two weeks later').toBe(2);
	await verifyAid(db, viewer, id, { until: '2028-01-01' });
	await remindOwners(db, new Date('2027-05-24T10:00:00Z'));
	expect(await count()).toBe(2);
	expect((await readAid(db, viewer, id)).verification).toMatchObject({
		until: '2028-01-01',
		due: false,
		by: owner.name
	});
});

test('a submission sent twice makes one aid', async () => {
	const submission = newId();
	const [one, two] = await Promise.all([write({ submission }), write({ submission })]);
	expect(one).toBe(two);
});
