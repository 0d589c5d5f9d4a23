import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { emptyReport, reportLines, type FileReport } from '#src/core/import/report.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aBank } from '#src/testing/checks.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aZip } from '#src/testing/documents.ts';
import { testFiles } from '#src/testing/files.ts';

import type { QuestionContent } from '../../question.ts';
import type { ExportFormat } from '../import.ts';
import { bringQuestions } from './bring.ts';
import { exportQuestions } from './export.ts';

const { db } = await testDatabase();
testFiles();
const folder = mkdtempSync(join(tmpdir(), 'trellis-bring-'));
afterAll(() => rmSync(folder, { recursive: true }));

const spaceId = await aSpace(db);
const author = await aPerson(db, { spaces: [spaceId], steward: true });
const picture = await sharp({ create: { width: 200, height: 100, channels: 3, background: '#2a6' } })
	.png()
	.toBuffer();

async function bring(bankId: string, content: string | Uint8Array, name = 'questions'): Promise<FileReport> {
	const path = join(folder, 'file');
	writeFileSync(path, content);
	return (await bringQuestions(db, author, bankId, { path, name })).report;
}

const contentsOf = (bankId: string) =>
	rows<{ content: QuestionContent; objective: string | null }>(
		db,
		sql`select v.content, o.title as objective from bank_question q join bank_question_version v on v.question_id = q.id
			left join objective o on o.id = q.objective_id where q.bank_id = ${bankId} order by q.id`
	);
const newBank = () => aBank(db, author, spaceId);

const MOODLE = `<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/Returns</text></category></question>
<question type="multichoice">
	<name><text>Kettle</text></name>
	<questiontext format="html"><text><![CDATA[<p>What do you do <b>first</b>?</p><p><img src="@@PLUGINFILE@@/the%20till.png" alt="The till"></p><script>alert(1)</script>]]></text>
	<file name="the till.png" path="/" encoding="base64">${picture.toString('base64')}</file></questiontext>
	<generalfeedback format="html"><text>Look first.</text></generalfeedback>
	<single>true</single>
	<answer fraction="100" format="html"><text>Find the sale</text><feedback format="html"><text>Yes.</text></feedback></answer>
	<answer fraction="0" format="html"><text>Refuse</text><feedback format="html"><text></text></feedback></answer>
</question>
<question type="calculated"><name><text>Sum</text></name><questiontext format="html"><text>{a}+{b}</text></questiontext></question>
<question type="ddmarker">
	<name><text>Stop</text></name><questiontext format="html"><text>Where do you stop it?</text></questiontext>
	<file name="jack.png" encoding="base64">${picture.toString('base64')}</file>
	<drag><no>1</no><text>Red knob</text></drag>
	<drop><no>1</no><shape>circle</shape><coords>100,50;20</coords><choice>1</choice></drop>
</question>
</quiz>`;

test('a bank of Moodle comes with its pictures and objectives, and once', async () => {
	const bankId = await newBank();
	const report = await bring(bankId, MOODLE);
	expect(report).toMatchObject({ read: 3, written: 2 });
	expect(reportLines('till.xml', report).join('\n')).toMatch(/line 13 “Sum”/);
	expect(Object.keys(report.changed)).toEqual(['script in a text was taken out']);
	const [kettle, stop] = await contentsOf(bankId);
	expect(kettle!.objective).toBe('Returns');
	expect(kettle!.content.prompt).toMatch(
		/^What do you do \*\*first\*\*\?\n\n!\[The till\]\(\/files\/[0-9a-f-]{36}\/the-till\.png\)$/
	);
	expect(stop!.content).toMatchObject({
		type: 'hotspot',
		areas: [{ name: 'Red knob', area: { shape: 'ellipse', x: 40, y: 30, width: 20, height: 40 } }]
	});
	expect(await bring(bankId, MOODLE)).toMatchObject({ written: 0, present: 2 });
	expect(await contentsOf(bankId)).toHaveLength(2);
});

test.each(['moodle', 'qti21', 'qti30'] as ExportFormat[])(
	'a picture travels as %s, and what is here is not doubled',
	async (format) => {
		const [from, to] = [await newBank(), await newBank()];
		await bring(from, MOODLE);
		const { content } = await exportQuestions(db, author, from, format);
		const bytes = Buffer.concat((await Readable.from(content).toArray()).map((each) => Buffer.from(each as string)));
		expect(await bring(from, bytes)).toMatchObject({ written: 0, present: 2 });
		expect(await bring(to, bytes)).toMatchObject({ written: 2, skipped: {} });
		expect((await contentsOf(to)).map(({ content }) => content)).toEqual(
			(await contentsOf(from)).map(({ content }) => content)
		);
	}
);

describe('GIFT', () => {
	test('that is broken costs its question, and the line is said', async () => {
		const bankId = await newBank();
		const report = await bring(
			bankId,
			'// a comment\n\n::One::What is right? {=this ~that#No.}\n\n::Two::Not closed {=this\n\nThree {this ~that}\n\nThe sky is {~red =blue ~green} today.\n'
		);
		expect(report).toMatchObject({ read: 4, written: 2 });
		const lines = Object.values(report.skipped).flatMap(({ first }) => first.map(({ line }) => line));
		expect(lines).toEqual([5, 7]);
		expect((await contentsOf(bankId))[1]!.content.prompt).toBe('The sky is \\_\\_\\_\\_\\_ today.');
	});
});

describe('a table', () => {
	test('as a spreadsheet of Windows writes it is read: semicolons, its own letters, decimal commas', async () => {
		const bankId = await newBank();
		const table =
			'Question;Option A;Option B;Correct answer;Topic;Seen\r\n"Grüße; oder nicht?";Ja;Nein;A;Höflich;3\r\nWie schwer?;;;"2,5";;\r\n;x;y;A;;\r\n';
		const report = await bring(bankId, Buffer.from(table, 'latin1'), 'fragen.csv');
		expect(report).toMatchObject({ read: 3, written: 1, unneeded: { 'the column “Seen”': 1 } });
		const [first] = await contentsOf(bankId);
		expect(first).toMatchObject({ objective: 'Höflich', content: { prompt: 'Grüße; oder nicht?', type: 'choice' } });
	});

	test('never holds a formula', async () => {
		const bankId = await newBank();
		await bring(bankId, 'prompt,option 1,option 2,right\n"=HYPERLINK(""http://x"")",+1+1,@SUM(A1),1\n', 'a.csv');
		const { content } = await exportQuestions(db, author, bankId, 'csv');
		const text = (await Readable.from(content).toArray()).join('');
		const cells = text.split('\r\n')[1]!.split(',');
		expect(cells.filter((cell) => /^"?[=+@-]/.test(cell))).toEqual([]);
		expect(text).toContain(`'+1+1`);
	});

	test('with a pattern that could run away is told, and the rest goes on', async () => {
		const bankId = await newBank();
		const report = await bring(bankId, 'type,prompt,option 1\nshort,One,/(?=a)b/\nshort,Two,/(a+)+$/\n', 'a.csv');
		expect(report).toMatchObject({ read: 2, written: 1 });
		expect(Object.keys(report.skipped)[0]).toContain('RE2');
	});
});

describe('what is bad', () => {
	const bad = (content: string | Uint8Array, name?: string) => newBank().then((bankId) => bring(bankId, content, name));

	test.each([
		[
			'a bomb of entities',
			`<?xml version="1.0"?><!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><quiz><question type="essay"/></quiz>`
		],
		['an entity from outside', `<?xml version="1.0"?><!DOCTYPE q SYSTEM "file:///etc/passwd"><quiz></quiz>`]
	])('%s is refused before it is read', async (_what, content) => {
		await expect(bad(content)).rejects.toThrow('entities of its own');
	});

	test('a file that breaks off is read up to there', async () => {
		const report = await bad(MOODLE.slice(0, MOODLE.indexOf('<question type="ddmarker">') + 60));
		expect(report).toMatchObject({ read: 2, written: 1 });
		expect(Object.keys(report.skipped).join()).toMatch(/what comes after question 2.*not well-formed/);
	});

	test('words that are no questions are told apart', async () => {
		await expect(bad('Dear all, see you on Monday.')).rejects.toThrow('no file of questions');
		await expect(bad('<questestinterop/>')).rejects.toThrow('QTI 1.2');
		await expect(bad('a,b\n1,2', 'a.csv')).rejects.toThrow('names no column');
	});

	test('a package whose media or items are missing, or that points out of itself', async () => {
		const item = (id: string, image: string) =>
			`<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="${id}" title="${id}"><responseDeclaration identifier="R" cardinality="single" baseType="identifier"><correctResponse><value>A</value></correctResponse></responseDeclaration><itemBody><p>Which? <img src="${image}" alt="A till"/></p><choiceInteraction responseIdentifier="R" maxChoices="1"><simpleChoice identifier="A">Yes</simpleChoice><simpleChoice identifier="B">No</simpleChoice></choiceInteraction></itemBody></assessmentItem>`;
		const resource = (href: string) => `<resource identifier="${href}" type="imsqti_item_xmlv2p1" href="${href}"/>`;
		const report = await bad(
			await aZip({
				'imsmanifest.xml': `<manifest><resources>${resource('one.xml')}${resource('two.xml')}${resource('../../etc/passwd')}${resource('gone.xml')}</resources></manifest>`,
				'one.xml': item('one', '../../../etc/passwd'),
				'two.xml': item('two', 'missing.png')
			})
		);
		expect(report).toMatchObject({ read: 4, written: 2 });
		expect(Object.keys(report.changed).sort()).toEqual([
			'the file missing.png is missing',
			'the file passwd is missing'
		]);
		expect(Object.values(report.skipped)[0]!.count).toBe(2);
	});

	test('a package that unpacks without end', async () => {
		const report = emptyReport();
		const manifest = `<manifest><resources><resource identifier="a" type="imsqti_item_xmlv2p1" href="a.xml"/></resources></manifest>`;
		const bomb = `<assessmentItem identifier="a">${' '.repeat(40 * 1024 ** 2)}</assessmentItem>`;
		Object.assign(report, await bad(await aZip({ 'imsmanifest.xml': manifest, 'a.xml': bomb })));
		expect(Object.keys(report.skipped).join()).toContain('unpacks to far more');
	});
});

test('who may not write in the bank brings and takes nothing', async () => {
	const bankId = await newBank();
	const stranger = await aPerson(db);
	const path = join(folder, 'file');
	writeFileSync(path, MOODLE);
	await expect(bringQuestions(db, stranger, bankId, { path, name: 'x' })).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(exportQuestions(db, stranger, bankId, 'gift')).rejects.toMatchObject({ kind: 'forbidden' });
});
