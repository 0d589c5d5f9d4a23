import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { endpoints } from '#src/app/server/api.ts';
import { exampleOf, type JsonSchema } from '#src/core/api/server/example.ts';
import { orgRole } from '#src/core/people/server/schema.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { writeCause } from '#src/needs/server/analysis.ts';
import { conclude } from '#src/needs/server/conclude.ts';
import { row, sql } from '#src/platform/server/db.ts';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient } from '#src/testing/api.ts';
import { aBareCheck, anAsking } from '#src/testing/askings.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aWorkedNeed } from '#src/testing/needs.ts';
import { testFiles } from '#src/testing/files.ts';
import { newAsking } from '../input.ts';
import { askToPass } from './ask.ts';
import { asking } from './schema.ts';

const { db } = await testDatabase();
testFiles();
const spaceId = await aSpace(db);
const admin = await aMighty();
const check = await aBareCheck(db, admin, spaceId);
/** Somebody who may do everything. */
async function aMighty() {
	const { id } = await aPerson(db, { spaces: [spaceId], steward: true });
	await db.insert(orgRole).values({ personId: id, role: 'admin' });
	return viewerOf(db, id);
}
const countAskings = async () => (await row<{ n: number }>(db, sql`select count(*)::int as n from asking`))!.n;

const { people: _, submission: __, ...columns } = { submission: '', ...anAsking() };
const insert = (more: object) =>
	db.insert(asking).values({ id: newId(), itemId: check, askedBy: admin.id, ...columns, ...more });
const broken = (name: string) => ({ cause: { constraint_name: name } });

test('the database itself takes no asking without a reason, a date, and each of the five', async () => {
	for (const lacking of [{ legalText: null }, { legalSource: null }, { legalText: '  ' }, { legalSource: '' }])
		await expect(insert(lacking)).rejects.toMatchObject(broken('asking_has_a_reason'));
	await expect(insert({ dueDays: null })).rejects.toMatchObject(broken('asking_has_a_date'));
	await expect(insert({ dueOn: '2030-01-01' })).rejects.toMatchObject(broken('asking_has_a_date'));
	const { social: _, ...four } = columns.qualities;
	for (const qualities of [four, {}, { ...four, social: { met: false, why: '' } }, { ...four, social: { met: null } }])
		await expect(insert({ qualities })).rejects.toMatchObject(broken('asking_tells_its_qualities'));
	const lawless = { legalText: null, legalSource: null };
	// An analysis counts where it recorded a lack of knowledge or skill, and only then.
	const { conclusionId: tools } = await aWorkedNeed(db, admin, spaceId, { tools: 'yes' });
	const { conclusionId: skill } = await aWorkedNeed(db, admin, spaceId, { knowledge: 'partly' });
	for (const analysisId of [newId(), tools])
		await expect(insert({ ...lawless, analysisId })).rejects.toMatchObject(broken('asking_analysis_lacks_knowledge'));
	await expect(insert({ ...lawless, analysisId: skill, legalNames: true })).rejects.toMatchObject(
		broken('asking_names_only_by_law')
	);
	await insert({ ...lawless, analysisId: skill });
	await insert({});
	await db.execute(sql`delete from asking`);
});

test('the input takes none either, and names what is missing', () => {
	const whole = anAsking();
	const { legalText: _, ...lawless } = whole;
	const said = (input: unknown) => newAsking.safeParse(input).error?.issues.map(({ path }) => path.join('.'));
	expect(said(whole)).toBeUndefined();
	expect(said(lawless)).toEqual(['legalText']);
	expect(said({ ...whole, legalText: ' \n' })).toEqual(['legalText']);
	expect(said({ ...whole, legalSource: '' })).toEqual(['legalSource']);
	expect(said({ ...whole, qualities: undefined })).toEqual(['qualities']);
	const unmet = { ...whole.qualities, flow: { met: false, why: '' } };
	expect(said({ ...whole, qualities: unmet })).toEqual(['qualities.flow.why']);
	expect(said({ ...whole, dueDays: undefined })).toEqual(['dueOn', 'dueDays']);
	const analysed = { ...whole, legalText: '', legalSource: '', analysisId: newId() };
	expect(said(analysed)).toBeUndefined();
	expect(said({ ...analysed, analysisId: '' })).toEqual(['legalText', 'legalSource']);
	expect(said({ ...analysed, legalSource: 'Section 7' })).toEqual(['legalText']);
	expect(said({ ...analysed, legalNames: true })).toEqual(['legalNames']);
});

/** Words by which something could be made that people must do. */
const binding =
	/^(mandatory|compulsory|obligatory|required|assign|due|deadline|audience|legal|analysis|renew|minSeconds|minMinutes)/i;

type Schema = JsonSchema & { properties?: Record<string, JsonSchema>; required?: string[] };
const schemaOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;

test('no other operation of the API speaks of what people must do', () => {
	const speaking = endpoints.flatMap(({ method, path, body }) => {
		const names = body ? Object.keys(schemaOf(body).properties ?? {}) : [];
		return names.some((name) => binding.test(name)) ? [`${method} ${path}`] : [];
	});
	expect(speaking).toEqual(['POST /checks/{id}/askings', 'PUT /askings/{id}/due']);
	const asks = endpoints.find(({ path }) => path === '/checks/{id}/askings')!;
	expect(schemaOf(asks.body!).required).toEqual(expect.arrayContaining(['qualities', 'audience']));
});

test(
	'each operation carried out by who may do everything makes no asking without a law or an analysis that entitles to it',
	{ timeout: 60_000 },
	async () => {
		const api = apiClient(db);
		const asked: string[] = [];
		const { conclusionId: tools } = await aWorkedNeed(db, admin, spaceId, { tools: 'yes' });
		const { conclusionId: skill, id: needId } = await aWorkedNeed(db, admin, spaceId, { knowledge: 'yes' });
		for (const { method, path, body, example, takes } of endpoints.filter(({ method }) => method !== 'GET')) {
			const before = await countAskings();
			const caller = await aMighty(); // a new one each time: nobody may call as often as there are operations
			const address = path.replace(/\{\w+\}/, check).replace(/\{\w+\}/g, newId());
			const whole = body ? ((example?.body ?? exampleOf(schemaOf(body))) as Record<string, unknown>) : {};
			const given = { ...whole, ...('spaceId' in whole && { spaceId }) };
			for (const without of [[], ['legalText'], ['legalSource'], ['legalText', 'legalSource'], ['qualities']]) {
				const sent = Object.fromEntries(Object.entries(given).filter(([name]) => !without.includes(name)));
				const answer = await api(caller, `${method} ${address}`, takes ? 'x' : sent);
				expect(answer.status, `${method} ${path}`).toBeLessThan(500);
				expect(answer.status, `${method} ${path}`).not.toBe(429);
			}
			if ((await countAskings()) > before) asked.push(`${method} ${path}`);
		}
		expect(asked).toEqual(['POST /checks/{id}/askings']);
		expect(await countAskings()).toBe(1);
		const { legalText: _, legalSource: __, ...lawless } = anAsking();
		const because = async (caller: Viewer, analysisId: string) =>
			(await api(caller, `POST /checks/${check}/askings`, { ...lawless, analysisId })).status;
		expect(await because(admin, newId())).toBe(422);
		expect(await because(admin, tools)).toBe(422);
		// Who does not work at an analysis asks nobody because of it.
		const { id } = await aPerson(db);
		await db.insert(orgRole).values({ personId: id, role: 'admin' });
		expect(await because(await viewerOf(db, id), skill)).toBe(422);
		expect(await countAskings()).toBe(1);
		expect(await because(admin, skill)).toBe(201);
		// A newer record that finds no lack entitles to nothing more.
		await writeCause(db, admin, needId, 'knowledge', { answer: 'no', shows: '', version: 1 });
		await conclude(db, admin, needId, { decision: 'leave', summary: 'They can.', noQuick: '' });
		expect(await because(admin, skill)).toBe(422);
	}
);

test('one form and one command ask people; nothing else writes an asking', () => {
	const files = globSync('src/**/*.{ts,svelte}').filter((file) => !file.includes('.test.'));
	const holding = (pattern: RegExp) =>
		files.filter((file) => pattern.test(readFileSync(file, 'utf8'))).map((file) => file.replaceAll('\\', '/'));
	expect(holding(/\.insert\(asking\)|insert into asking\b/i)).toEqual(['src/checks/asking/server/ask.ts']);
	expect(holding(/\baskToPass\b/).filter((file) => file.startsWith('src/routes/'))).toEqual([
		'src/routes/(app)/checks/[id]/ask/+page.server.ts'
	]);
	const forms = files.filter(
		(file) => file.endsWith('.svelte') && /name="(due|legal|audience)/.test(readFileSync(file, 'utf8'))
	);
	expect(forms.map((file) => file.split(/[\\/]/).at(-2)).sort()).toEqual(['[id]', 'asking']);
});

test('who may ask whom: stewards their members, managers their teams, admins anybody', async () => {
	const [team, club] = [await aSpace(db, { kind: 'team' }), await aSpace(db)];
	const steward = await aPerson(db, { spaces: [club], steward: true });
	const manager = await aPerson(db, { spaces: [team, club] });
	await db.insert(orgRole).values({ personId: manager.id, role: 'people_manager' });
	const [both, outsider] = [await aPerson(db, { spaces: [team, club] }), await aPerson(db)];
	const attempt = async (personId: string, more: object) =>
		askToPass(db, await viewerOf(db, personId), check, anAsking(more)).then(
			() => 'asked',
			(failure: { kind: string }) => failure.kind
		);
	const space = (id: string) => ({ audience: 'space', spaceId: id });
	const people = (...ids: string[]) => ({ audience: 'people', people: ids });
	expect(await attempt(steward.id, space(club))).toBe('asked');
	expect(await attempt(steward.id, space(team))).toBe('forbidden');
	expect(await attempt(steward.id, people(both.id))).toBe('asked');
	expect(await attempt(steward.id, people(both.id, outsider.id))).toBe('forbidden');
	expect(await attempt(steward.id, { audience: 'everybody' })).toBe('forbidden');
	expect(await attempt(manager.id, space(team))).toBe('asked');
	expect(await attempt(manager.id, space(club))).toBe('forbidden');
	expect(await attempt(manager.id, people(both.id))).toBe('asked');
	expect(await attempt(manager.id, people(outsider.id))).toBe('forbidden');
	expect(await attempt(both.id, space(club))).toBe('forbidden');
	expect(await attempt(admin.id, { audience: 'everybody' })).toBe('asked');
	expect(await attempt(admin.id, people('nobody@example.org'))).toBe('invalid');
	const closed = await aSpace(db, { access: 'closed' });
	const keeper = await aPerson(db, { spaces: [closed], steward: true });
	await db.insert(orgRole).values({ personId: keeper.id, role: 'admin' });
	const hidden = await aBareCheck(db, await viewerOf(db, keeper.id), closed);
	await expect(askToPass(db, await viewerOf(db, keeper.id), hidden, anAsking())).rejects.toMatchObject({
		fields: { audience: expect.stringContaining('cannot open') }
	});
});
