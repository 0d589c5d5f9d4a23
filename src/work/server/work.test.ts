import { expect, test } from 'vitest';
import { exportOwnData } from '#src/core/export/server/export.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { parse } from '#src/platform/server/parse.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';
import { aWorkYear } from '#src/testing/work.ts';
import { markHelped } from '#src/core/items/server/helped.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { goalInput, noteFilter, noteInput } from '../input.ts';
import { changeGoal, myGoals, readGoal, removeGoal, setGoal, turnGoal } from './goals.ts';
import { addNote, changeNote, myNotes, readNote, removeNote } from './notes.ts';
import { yearPdf } from './pdf.ts';
import { readCopy, sharedWithMe, shareYear, takeBack } from './shares.ts';
import { readYear } from './years.ts';
import { wireWork } from './wire.ts';

const { db } = await testDatabase();
testFiles();
const goal = (more: Record<string, unknown> = {}) => parse(goalInput, { title: 'Fewer returns', ...more });
const note = (more: Record<string, unknown> = {}) =>
	parse(noteInput, { text: 'The jig works.', happenedOn: '2030-03-12', ...more });
const all = parse(noteFilter, {});
const gone = { kind: 'not_found' };

test('a goal is set once, reached, opened again, and let go with its notes left', async () => {
	const me = await aPerson(db);
	const id = await setGoal(db, me, goal({ reachBy: '2030-06-30' }));
	expect(await setGoal(db, me, goal({ title: 'fewer RETURNS' }))).toBe(id);
	const noted = await addNote(db, me, note({ goalId: id }));
	await turnGoal(db, me, id, 'reached');
	expect(await readGoal(db, me, id)).toMatchObject({ state: 'reached', reachBy: '2030-06-30', notes: 1 });
	const again = await setGoal(db, me, goal());
	await expect(turnGoal(db, me, id, 'open')).rejects.toMatchObject({ kind: 'conflict' });
	await expect(changeGoal(db, me, again, goal({ title: 'Other' }))).resolves.toBeUndefined();
	await turnGoal(db, me, id, 'open');
	expect((await myGoals(db, me)).map(({ id, state }) => [id, state])).toEqual([
		[id, 'open'],
		[again, 'open']
	]);
	await removeGoal(db, me, id);
	expect(await readNote(db, me, noted)).toMatchObject({ goal: null });
});

test('the same note of a day stands once, and belongs to one’s own goals only', async () => {
	const [me, other] = [await aPerson(db), await aPerson(db)];
	const theirs = await setGoal(db, other, goal());
	await expect(addNote(db, me, note({ goalId: theirs }))).rejects.toMatchObject({
		fields: { goalId: 'is none of your goals' }
	});
	const [one, two] = await Promise.all([addNote(db, me, note()), addNote(db, me, note())]);
	expect(one).toBe(two);
	const learned = await addNote(db, me, note({ kind: 'reflection', text: 'Ask before noon.' }));
	await expect(changeNote(db, me, learned, note())).rejects.toMatchObject({ kind: 'conflict' });
	expect((await myNotes(db, me, { ...all, kind: 'reflection' })).items.map(({ id }) => id)).toEqual([learned]);
	const first = await myNotes(db, me, { ...all, limit: 1 });
	const second = await myNotes(db, me, { ...all, limit: 1, cursor: first.next! });
	expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([learned, one]);
	expect(second.next).toBeNull();
	await removeNote(db, me, one);
	await expect(readNote(db, me, one)).rejects.toMatchObject(gone);
});

test('nobody else reads or changes anything of it, whatever their role', async () => {
	const me = await aPerson(db);
	const { goals, notes, copies } = await aWorkYear(db, me);
	const admin = await aPerson(db);
	await db.execute(sql`insert into org_role (person_id, role) values (${admin.id}, 'admin')`);
	const other = await viewerOf(db, admin.id);
	const tries = [
		() => readGoal(db, other, goals),
		() => changeGoal(db, other, goals, goal()),
		() => turnGoal(db, other, goals, 'reached'),
		() => removeGoal(db, other, goals),
		() => readNote(db, other, notes),
		() => changeNote(db, other, notes, note()),
		() => removeNote(db, other, notes),
		() => readCopy(db, other, copies),
		() => takeBack(db, other, copies)
	];
	for (const each of tries) await expect(each()).rejects.toMatchObject(gone);
	expect(await myNotes(db, other, all)).toEqual({ items: [], next: null });
	expect(await readYear(db, other, 2030)).toMatchObject({ goals: [], notes: [] });
});

test('a copy is what stood there, for the one it was given to, until it is taken back', async () => {
	const [me, manager] = [await aPerson(db, { name: 'Mia' }), await aPerson(db)];
	const { copies } = await aWorkYear(db, me, manager);
	await addNote(db, me, note({ text: 'Later.' }));
	expect((await readCopy(db, manager, copies)).content.notes.map(({ text }) => text)).toEqual([
		'The new jig halved the set-up time.'
	]);
	expect(await sharedWithMe(db, manager)).toEqual([{ id: copies, year: 2030, by: 'Mia' }]);
	const { email } = (await row<{ email: string }>(db, sql`select email from person where id = ${manager.id}`))!;
	expect(await shareYear(db, me, 2030, email.toUpperCase())).toBe(copies);
	expect((await readCopy(db, manager, copies)).content.notes).toHaveLength(2);
	await expect(takeBack(db, manager, copies)).rejects.toMatchObject(gone);
	await takeBack(db, me, copies);
	await expect(readCopy(db, manager, copies)).rejects.toMatchObject(gone);
	const mine = (await row<{ email: string }>(db, sql`select email from person where id = ${me.id}`))!.email;
	await expect(shareYear(db, me, 2030, mine)).rejects.toMatchObject({ fields: { email: 'is your own address' } });
	await expect(shareYear(db, me, 2030, 'no@where.example')).rejects.toMatchObject({
		fields: { email: 'is the address of nobody here' }
	});
});

test('what colleagues said helped them comes without who said it, and to a reader only of what they may read', async () => {
	const closed = await aSpace(db, { access: 'closed' });
	const open = await aSpace(db);
	const me = await aPerson(db, { spaces: [closed, open] });
	const colleague = await aPerson(db, { spaces: [closed, open], name: 'Who said it' });
	const manager = await aPerson(db);
	for (const [spaceId, title] of [
		[closed, 'Among us'],
		[open, 'For all']
	] as const) {
		const page = await writePage(db, me, { spaceId, title, bodyMd: 'So.', tags: [] });
		await markHelped(db, colleague, page, { minutesSaved: 20, note: `It helped: ${title}` });
	}
	const year = new Date().getUTCFullYear();
	const mine = await readYear(db, me, year);
	expect(mine.helped).toMatchObject({ times: 2, minutes: 40 });
	expect(mine.helped.said.map(({ title }) => title).sort()).toEqual(['Among us', 'For all']);
	const { email } = (await row<{ email: string }>(db, sql`select email from person where id = ${manager.id}`))!;
	const { content } = await readCopy(db, manager, await shareYear(db, me, year, email));
	expect(content.helped.said.map(({ title }) => title)).toEqual(['For all']);
	expect(JSON.stringify([mine, content])).not.toContain('Who said it');
});

test('a year is a PDF, and all of it is in one’s own archive', async () => {
	const me = await aPerson(db, { name: 'Mia' });
	await aWorkYear(db, me);
	const pdf = await yearPdf(await readYear(db, me, 2030), 'Mia', 'en-GB');
	expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.7');
	wireWork(db);
	const parts: Uint8Array[] = [];
	for await (const part of exportOwnData(db, me)) parts.push(part);
	const zip = Buffer.concat(parts).toString('latin1');
	for (const name of ['work-goals.json', 'work-notes.json', 'work-shares.json']) expect(zip).toContain(name);
});

test.each([
	[goalInput, { title: '' }, 'title'],
	[goalInput, { title: 'x', reachBy: '2030-02-30' }, 'reachBy'],
	[goalInput, { title: 'x', reachBy: '9999-01-01' }, 'reachBy'],
	[noteInput, { text: 'a\u0000b' }, 'text'],
	[noteInput, { text: 'x'.repeat(5001) }, 'text'],
	[noteInput, { text: 'x', address: 'javascript:alert(1)' }, 'address'],
	[noteInput, { text: 'x', kind: 'score' }, 'kind']
])('what cannot be kept is refused at its field', (schema, input, field) => {
	expect(() => parse(schema, input)).toThrow(
		expect.objectContaining({ kind: 'invalid', fields: { [field]: expect.any(String) } })
	);
});
