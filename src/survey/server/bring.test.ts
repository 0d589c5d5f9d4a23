import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import yazl from 'yazl';
import { row, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { anOpenSurvey, aSurvey } from '#src/testing/surveys.ts';
import { writeSav } from '../export/sav.ts';
import { bringAnswers, bringSurvey } from './bring.ts';
import { readSurvey, surveyToEdit } from './read.ts';
import { readResults } from './results.ts';
import { changeStatus } from './write.ts';

const { db } = await testDatabase();
const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId] });
const reader = await aPerson(db, { spaces: [spaceId] });

const sent =
	(content: string | Uint8Array, name = 'old.csv') =>
	() =>
		Promise.resolve({ name, content: typeof content === 'string' ? new Uint8Array(Buffer.from(content)) : content });
const counted = (id: string) =>
	row<{ answers: number }>(db, sql`select count(*)::int as answers from survey_answer where survey_id = ${id}`);

const lss = `<?xml version="1.0"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType>
	<answers><rows><row><qid>1</qid><code>A1</code><answer>Shop</answer><sortorder>1</sortorder></row>
		<row><qid>1</qid><code>A2</code><answer>Store</answer><sortorder>2</sortorder></row></rows></answers>
	<questions><rows><row><qid>1</qid><parent_qid>0</parent_qid><type>L</type><title>team</title><question>Team?</question></row></rows></questions>
	<surveys_languagesettings><rows><row><surveyls_language>en</surveyls_language><surveyls_title>Teams</surveyls_title></row></rows></surveys_languagesettings></document>`;

test('a structure becomes a survey that nobody is asked yet; the same file again leads to it', async () => {
	const brought = await bringSurvey(db, author, spaceId, sent(lss, 'teams.lss'));
	expect(brought.asks).toBe(1);
	expect(await readSurvey(db, author, brought.id)).toMatchObject({
		title: 'Teams',
		status: 'preparing',
		anonymous: true
	});
	expect((await bringSurvey(db, author, spaceId, sent(lss, 'teams.lss'))).id).toBe(brought.id);
	const zip = new yazl.ZipFile();
	zip.addBuffer(Buffer.from(lss.replace('Teams', 'Packed')), 'survey_1.lss');
	zip.addBuffer(Buffer.from('<document/>'), 'survey_1_responses.lsr');
	zip.end();
	const packed = await buffer(zip.outputStream.pipe(new PassThrough()));
	const { id } = await bringSurvey(db, author, spaceId, sent(new Uint8Array(packed), 'archive.lsa'));
	expect(await readSurvey(db, author, id)).toMatchObject({ title: 'Packed' });
});

test('broken files, and surveys that do not fit, are told so and leave nothing', async () => {
	const many = Array.from({ length: 90 }, (_, at) => ({ name: `q${at}`, label: `Q ${at}`, width: 4 }));
	const wrong: [string | Uint8Array, RegExp][] = [
		['', /damaged/],
		['<document/>', /no survey structure/],
		['<document><questions>', /damaged/],
		[Buffer.from('PK\u0003\u0004 and no more'), /damaged/],
		['$FL2', /cut off/],
		[writeSav({ title: '', columns: many, rows: [] }), /may be 80 at most|15 minutes/]
	];
	const before = await row<{ many: number }>(db, sql`select count(*)::int as many from survey`);
	for (const [content, message] of wrong)
		await expect(bringSurvey(db, author, spaceId, sent(content))).rejects.toMatchObject({
			kind: 'invalid',
			fields: { file: expect.stringMatching(message) }
		});
	const stranger = await aPerson(db);
	await expect(bringSurvey(db, stranger, spaceId, sent(lss))).rejects.toMatchObject({ kind: 'forbidden' });
	expect(await row(db, sql`select count(*)::int as many from survey`)).toEqual(before);
});

const line = (at: number) =>
	`p${at},${at % 2 ? 'Shop' : 'Warehouse'},${(at % 3) + 1},${at % 2 ? 'Very' : 'Not'},"said, ${at}"`;
const csv = (many: number, ...more: string[]) =>
	['person,team,rated_1,rated_2,more', ...Array.from({ length: many }, (_, at) => line(at)), ...more].join('\r\n');

test('answers from a file stand at once as results, and lead to nobody', async () => {
	const id = await aSurvey(db, author, spaceId);
	expect(await bringAnswers(db, author, id, sent(csv(30)))).toEqual({ answers: 30, ignored: ['person'] });
	const results = await readResults(db, reader, id);
	expect(results).toMatchObject({ n: 30, releases: 1, status: 'closed' });
	expect(results.questions[0]!.rows[0]!.all!.parts.map(({ count }) => count)).toEqual([15, 15]);
	const kept = await row(
		db,
		sql`select person_id from survey_answer where survey_id = ${id} and person_id is not null`
	);
	expect(kept).toBeUndefined();
	await expect(bringAnswers(db, author, id, sent(csv(30)))).rejects.toMatchObject({ kind: 'conflict' });
});

test('all are taken or none, and only where nobody has answered', async () => {
	const id = await aSurvey(db, author, spaceId);
	const refused = async (content: string, message: RegExp) =>
		expect(bringAnswers(db, author, id, sent(content))).rejects.toMatchObject({
			fields: { file: expect.stringMatching(message) }
		});
	await refused(
		csv(30, 'p,Elsewhere,1,Not,'),
		/Nothing was taken. Line 32: “Elsewhere” is no answer to “Which team\?”/
	);
	await refused(csv(30, 'p,Shop,1,Not,a,b,c'), /Line 32 has more cells/);
	await refused(csv(4), /fewer than 5/);
	await refused('a,b\r\n1,2', /is needed/);
	await refused('', /empty/);
	await refused(csv(12, ...Array.from({ length: 30 }, () => 'p,X,1,Not,')), /And 20 more/);
	expect(await counted(id)).toEqual({ answers: 0 });
	expect(await surveyToEdit(db, author, id)).toMatchObject({ answered: false });
	await expect(bringAnswers(db, reader, id, sent(csv(30)))).rejects.toMatchObject({ kind: 'forbidden' });
	const byName = await aSurvey(db, author, spaceId, { anonymous: false });
	await expect(bringAnswers(db, author, byName, sent(csv(30)))).rejects.toThrow('proves nothing');
	const open = await anOpenSurvey(db, author, spaceId);
	await expect(bringAnswers(db, author, open, sent(csv(30)))).rejects.toMatchObject({ kind: 'conflict' });
	await changeStatus(db, author, open, 'closed');
});
