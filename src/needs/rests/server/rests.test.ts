import { expect, test } from 'vitest';
import { editItem } from '#src/core/items/server/write.ts';
import { writePage } from '#src/pages/server/pages.ts';
import { sql } from '#src/platform/server/db.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aMetric, typed } from '#src/testing/figures.ts';
import { aWorkedNeed, inDays } from '#src/testing/needs.ts';
import { takeIn } from '#src/metrics/server/take.ts';
import { causeNames } from '../../causes.ts';
import { addEvidence, removeEvidence } from '../../evidence/server/evidence.ts';
import { answerPulse, closePulse, openPulse } from '../../pulse/server/pulse.ts';
import { readAnalysis } from '../../server/analysis.ts';
import { conclude } from '../../server/conclude.ts';
import { readNeed } from '../../server/read.ts';
import { restsNow } from './rests.ts';

const { db } = await testDatabase();
const api = apiClient(db);
type Person = Awaited<ReturnType<typeof aPerson>>;

const sheet = (said: 'yes' | 'no') =>
	Object.fromEntries(causeNames.map((name) => [name, said])) as Parameters<typeof answerPulse>[3];

async function ask(author: Person, people: Person[], needId: string, said: 'yes' | 'no'): Promise<void> {
	await openPulse(db, author, needId, { closesOn: inDays(3) });
	for (const person of people) await answerPulse(db, person, needId, sheet(said));
	await closePulse(db, author, needId);
}

test('what a conclusion rests on stays as it was, and what changed since stands beside it', async () => {
	const spaceId = await aSpace(db);
	const secret = await aSpace(db, { access: 'secret' });
	const author = await aPerson(db, { spaces: [spaceId, secret] });
	const people: Person[] = [];
	for (let at = 0; at < 6; at += 1) people.push(await aPerson(db, { spaces: [spaceId] }));
	const { id } = await aWorkedNeed(db, author, spaceId);
	const attach = (says: string, where?: string) =>
		addEvidence(db, author, id, { says, where, cause: undefined, submission: undefined });
	const page = await writePage(db, author, { spaceId: secret, title: 'Counts', bodyMd: 'Five.', tags: [] });
	const figure = await aMetric(db, author, spaceId);
	await takeIn(db, author, figure, [{ line: 1, day: '2026-03-01', value: 41 }], typed);
	await attach('The counts', `/pages/${page}`);
	const said = await attach('Sem said so');
	await attach('The figure', `/figures/${figure}`);
	await ask(author, people, id, 'no');
	expect((await readAnalysis(db, author, id)).isChanged).toBe(true);
	const again = { decision: 'act', summary: 'Old labels are the cause.', noQuick: '', submission: undefined } as const;
	const conclusionId = await conclude(db, author, id, again);
	expect((await readAnalysis(db, author, id)).isChanged).toBe(false);
	await expect(conclude(db, author, id, again)).rejects.toMatchObject({ kind: 'conflict' });
	const then = (await readNeed(db, author, id)).rests!;
	expect(then).toMatchObject({ added: 0, askedAgain: false, pulse: { asked: 6, result: { answered: 6 } } });
	expect(then.evidence).toMatchObject([
		{
			says: 'The counts',
			since: 'same',
			was: { title: 'Counts', version: 1, hash: expect.stringMatching(/^\w{64}$/) }
		},
		{ says: 'Sem said so', since: 'same', was: null },
		{ says: 'The figure', was: { latest: { day: '2026-03-01', value: 41, unit: 'tickets' } } }
	]);

	await db.transaction((tx) =>
		editItem(tx, author, page, { title: 'Counts', bodyMd: 'Nine.', tags: [], note: '', version: 1 })
	);
	await removeEvidence(db, author, id, said);
	await attach('One more');
	await takeIn(db, author, figure, [{ line: 1, day: '2026-03-02', value: 12 }], typed);
	await ask(author, people, id, 'yes');
	const { rests: now } = (await api(author, `GET /needs/${id}`)).body;
	expect(now).toMatchObject({ added: 1, askedAgain: true, pulse: then.pulse });
	expect(now.evidence).toMatchObject([
		{ since: 'changed', was: then.evidence[0]!.was, versions: `/items/${page}/history` },
		{ says: 'Sem said so', since: 'taken away' },
		{ was: { latest: { value: 41 } } }
	]);
	expect((await readAnalysis(db, author, id)).isChanged).toBe(true);

	// Who may not read the page learns neither its title nor its hash.
	const seen = (await api(people[0]!, `GET /needs/${id}`)).body.rests;
	expect(seen.evidence[0]).toMatchObject({ says: 'The counts', href: null, was: null, versions: null });
	for (const change of [sql`rests = '{}'`, sql`content = '{}'`, sql`decision = 'leave'`])
		await expect(
			db.execute(sql`update need_conclusion set ${change} where id = ${conclusionId}`)
		).rejects.toMatchObject({ cause: { message: expect.stringContaining('never changes') as string } });
});

test('a conclusion that was recorded before this was kept says nothing of it, and can be recorded anew', async () => {
	const spaceId = await aSpace(db);
	const author = await aPerson(db, { spaces: [spaceId] });
	const { id, conclusionId } = await aWorkedNeed(db, author, spaceId);
	expect(await restsNow(db, author, id)).toEqual({ pulse: null, evidence: [] });
	await db.execute(sql`alter table need_conclusion disable trigger need_conclusion_stays`);
	await db.execute(sql`update need_conclusion set rests = null where id = ${conclusionId}`);
	await db.execute(sql`alter table need_conclusion enable trigger need_conclusion_stays`);
	expect((await readNeed(db, author, id)).rests).toBeNull();
	expect((await readAnalysis(db, author, id)).isChanged).toBe(false);
	const again = { decision: 'act', summary: 'Old labels are the cause.', noQuick: '', submission: undefined } as const;
	await conclude(db, author, id, again);
	expect((await readNeed(db, author, id)).rests).toMatchObject({ evidence: [], pulse: null });
});
