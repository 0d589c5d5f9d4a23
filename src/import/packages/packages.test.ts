import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { shelf } from '#src/app/server/shelf.ts';
import { readCheck } from '#src/checks/server/read.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aPdf, aZip } from '#src/testing/documents.ts';
import { testFiles } from '#src/testing/files.ts';
import { importArchive } from '../bring/import.ts';
import { minutesOf } from './package.ts';

const { db } = await testDatabase();
testFiles();
const folder = mkdtempSync(join(tmpdir(), 'trellis-packages-'));
afterAll(() => rmSync(folder, { recursive: true }));
const picture = await sharp({ create: { width: 40, height: 20, channels: 3, background: '#2a6' } })
	.png()
	.toBuffer();
const pdf = await aPdf([{ title: 'The rules', text: 'How the shop takes goods back.' }]);

type Files = Record<string, string | Buffer>;
let made = 0;
async function bring(files: Files | Buffer, spaceId?: string) {
	const space = spaceId ?? (await aSpace(db));
	const author = await aPerson(db, { spaces: [space] });
	const path = join(folder, `package-${(made += 1)}.zip`);
	writeFileSync(path, Buffer.isBuffer(files) ? files : await aZip(files));
	const input = { kind: 'package', path, spaceId: space, author, shelf, called: 'returns.zip' } as const;
	const take = () => importArchive(db, input);
	const result = await take();
	const check = result.madeId ? await readCheck(db, author, result.madeId) : undefined;
	return { ...result, text: result.lines.join('\n'), check, take, author, spaceId: space };
}
const bodiesOf = async (ids: string[]) =>
	new Map(
		(
			await rows<{ title: string; body_html: string }>(
				db,
				sql`select title, body_html from item where id = any(${`{${ids.join(',')}}`}::uuid[])`
			)
		).map(({ title, body_html: html }) => [title, html])
	);

const GIFT = '::Kettle:: A customer brings a kettle back. What do you do first? {=Find the sale ~Refuse ~Pay}';

const SCORM12: Files = {
	'imsmanifest.xml': `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="returns-1" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion>
	<lom><general><description><langstring xml:lang="en">For everybody at the till.</langstring></description></general>
	<educational><typicallearningtime><datetime>0000:45:00</datetime></typicallearningtime></educational></lom></metadata>
<organizations default="B"><organization identifier="A"><title>Old</title></organization>
<organization identifier="B"><title>Taking goods back</title>
	<item identifier="i1" identifierref="r1"><title>At the till</title><adlcp:maxtimeallowed>0000:30:00</adlcp:maxtimeallowed><adlcp:timelimitaction>exit,message</adlcp:timelimitaction></item>
	<item identifier="i2" identifierref="r2"><title>Opened goods</title><adlcp:prerequisites type="aicc_script">i1</adlcp:prerequisites><adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>x=1</adlcp:datafromlms></item>
	<item identifier="i3" identifierref="r3"><title>The rules</title></item>
	<item identifier="i4" identifierref="r4"><title>Film of the maker</title></item>
	<item identifier="i5" identifierref="r5"><title>Gone</title></item>
</organization></organizations>
<resources>
	<resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="Content/Till.html?start=1"><file href="content/till.html"/><dependency identifierref="shared"/></resource>
	<resource identifier="r2" type="webcontent" adlcp:scormtype="sco" xml:base="content/" href="opened%20goods.htm"><file href="opened%20goods.htm"/></resource>
	<resource identifier="r3" type="webcontent" adlcp:scormtype="asset" href="rules.pdf"><file href="rules.pdf"/></resource>
	<resource identifier="r4" type="webcontent" adlcp:scormtype="asset" href="https://maker.example/film"/>
	<resource identifier="r5" type="webcontent" adlcp:scormtype="sco" href="nowhere.html"/>
	<resource identifier="shared" type="webcontent" adlcp:scormtype="asset"><file href="shared/api.js"/></resource>
</resources></manifest>`,
	'content/till.html': `<html><head><title>Slide 1</title><script src="../shared/api.js"></script></head><body onload="begin()">
		<nav><a href="next.html">Next</a></nav><h1>At the till</h1><p>Ask for the card. <img src="../pictures/till.png" alt="The till" onerror="alert(1)"></p>
		<script>alert(document.cookie)</script><p>Then see <a href="opened goods.htm">opened goods</a>, <a href="../rules.pdf">the rules</a>, <a href="javascript:go()">on</a>.</p>
		<video><source src="count.mp4"></video><p style="display:none">You must stay for 30 minutes.</p></body></html>`,
	'content/opened goods.htm':
		'<html><body><h2>When it was opened</h2><p>An opened kettle may come back too, if it works and all of its parts are there.</p><form><input type="radio" name="q"> Yes</form></body></html>',
	'content/next.html': '<html><body><h1>What comes then</h1><p>Pay back the way it was paid.</p></body></html>',
	'content/lonely.html': '<p>Nobody leads here.</p>',
	'rules.pdf': pdf,
	'pictures/till.png': picture,
	'pictures/button.png': picture,
	'shared/api.js': 'function begin() { LMSSetValue("cmi.core.score.raw", 80); }',
	'questions.gift': GIFT,
	'adlcp_rootv1p2.xsd': '<schema/>'
};

test('SCORM 1.2: a check with its content in order, without its rules, and the report says which', async () => {
	const { check, text, take, author, spaceId, report } = await bring(SCORM12);
	expect(check).toMatchObject({ title: 'Taking goods back', contentMinutes: 45, minutes: 1, questions: 1 });
	expect(check!.content.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
		'page At the till',
		'page What comes then',
		'page Opened goods',
		'resource The rules'
	]);
	const bodies = await bodiesOf(check!.content.map(({ id }) => id));
	const till = bodies.get('At the till')!;
	expect(till).toContain('Ask for the card.');
	expect(till).toMatch(/<img [^>]*src="\/files\/[^"]+"[^>]*alt="The till"/);
	expect(till).toContain(`href="/pages/${check!.content[2]!.id}"`);
	expect(till).toContain(`href="/resources/${check!.content[3]!.id}"`);
	expect(till).not.toMatch(/script|onerror|alert|30 minutes|<h1/);

	for (const said of [
		'It is SCORM 1.2, with 5 parts.',
		'limits of time at “At the till” (30 minutes)',
		'an order that was forced at “Opened goods”',
		'its own test asks for at “Opened goods” (80 %)',
		'hand over to “Opened goods”',
		'takes 45 minutes',
		'1 script or program',
		'shared/api.js, content/opened goods.htm',
		'“Film of the maker” at https://maker.example/film',
		'are not in the package: “Gone”',
		'count.mp4',
		'content/lonely.html',
		'Questions of questions.gift: 1 read, 1 written',
		'An attempt draws 1 of 1 questions'
	])
		expect(text).toContain(said);
	expect(report.written).toBe(4);

	const again = await take();
	expect(again).toMatchObject({ unchanged: 4, updated: 0, vanished: [], madeId: check!.id });
	expect((await readCheck(db, author, check!.id)).content).toHaveLength(4);
	// A colleague's is their own: it changes nothing of this one.
	const other = await bring(SCORM12, spaceId);
	expect(other.madeId).not.toBe(check!.id);
	expect(other.report.written).toBe(4);
});

const SCORM2004 = (sequencing: string) => `<?xml version="1.0"?>
<manifest identifier="jack" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
<metadata><schema>ADL SCORM</schema><schemaversion>2004 3rd Edition</schemaversion><adlcp:location>about.xml</adlcp:location></metadata>
<organizations default="o"><organization identifier="o"><title>Lifting</title>
	<item identifier="a"><title>Before</title><item identifier="b" identifierref="r"><title>Look around</title>${sequencing}</item></item>
	<imsss:sequencing><imsss:controlMode choice="false" flow="true"/></imsss:sequencing>
</organization></organizations>
<resources xml:base="course/"><resource identifier="r" type="webcontent" adlcp:scormType="sco" href="start.html"><file href="start.html"/></resource></resources></manifest>`;

test('SCORM 2004: sequencing, limits and rollup are left behind', async () => {
	const { check, text } = await bring({
		'imsmanifest.xml':
			SCORM2004(`<adlcp:timeLimitAction>exit,no message</adlcp:timeLimitAction><adlcp:completionThreshold minProgressMeasure="0.9"/>
			<imsss:sequencing><imsss:sequencingRules><imsss:preConditionRule/></imsss:sequencingRules>
			<imsss:limitConditions attemptLimit="2" attemptAbsoluteDurationLimit="PT1H30M"/>
			<imsss:objectives><imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.75</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing>`),
		'about.xml': `<lom><general><description><string language="en">Before you lift.</string></description></general>
			<educational><typicalLearningTime><duration>PT1H</duration></typicalLearningTime></educational></lom>`,
		'course/start.html': '<script>location = "pages/one.html"</script><p>Loading</p>',
		'course/pages/one.html': '<title>One</title><p>Look around, then behind you, then at the load you want to lift.</p>'
	});
	expect(check!.content.map(({ title }) => title)).toEqual(['One']);
	expect(check).toMatchObject({ questions: 0, contentMinutes: 60, bodyHtml: '<p>Before you lift.</p>\n' });
	for (const said of [
		'It is SCORM 2004 3rd Edition',
		'an order that was forced at “Lifting”, “Look around”',
		'limits of time at “Look around” (90 minutes)',
		'a limit of attempts at “Look around” (2)',
		'(75 %)',
		'to count as done, at “Look around”',
		'it shows nothing without its scripts',
		'No question came with it'
	])
		expect(text).toContain(said);
});

test('cmi5: units of all blocks in order; moveOn and mastery score are left behind', async () => {
	const { check, text } = await bring({
		'cmi5.xml': `<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
<course id="https://shop.example/returns"><title><langstring lang="en">Returns</langstring></title><description><langstring lang="en">Who *pays* back.</langstring></description></course>
<block id="b"><title><langstring lang="en">Block</langstring></title><description><langstring lang="en">-</langstring></description>
	<au id="u1" moveOn="CompletedAndPassed" masteryScore="0.8" launchMethod="OwnWindow"><title><langstring lang="en">Ask</langstring></title><description/><url>ask/index.html?x=1</url><launchParameters>{}</launchParameters></au></block>
<au id="u2" moveOn="NotApplicable"><title><langstring lang="en">Away</langstring></title><description/><url>https://elsewhere.example/unit</url></au>
</courseStructure>`,
		'ask/index.html': '<h1>Ask</h1><p>Ask for the card first.</p><iframe src="https://film.example/1"></iframe>'
	});
	expect(check).toMatchObject({ title: 'Returns', bodyHtml: '<p>Who *pays* back.</p>\n' });
	const bodies = await bodiesOf(check!.content.map(({ id }) => id));
	expect(bodies.get('Ask')).toContain('href="https://film.example/1"');
	for (const said of [
		'It is cmi5, with 2 parts',
		'at “Ask” (CompletedAndPassed)',
		'(80 %)',
		'“Away” at https://elsewhere'
	])
		expect(text).toContain(said);
});

test('many pages stand in a collection; the check shows the collection', async () => {
	const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
	const pages = Object.fromEntries(numbers.map((n) => [`p${n}.html`, `<h1>Page ${n}</h1><p>Words of page ${n}.</p>`]));
	const items = numbers.map((n) => `<item identifierref="r${n}"><title>Page ${n}</title></item>`).join('');
	const resources = numbers.map((n) => `<resource identifier="r${n}" href="p${n}.html"/>`).join('');
	const { check, report } = await bring({
		...pages,
		'imsmanifest.xml': `<manifest identifier="m"><organizations><organization><title>Many</title>${items}</organization></organizations><resources>${resources}</resources></manifest>`
	});
	expect(report.written).toBe(41);
	expect(check!.content.map(({ kind, title }) => `${kind} ${title}`)).toEqual(['collection Many']);
});

describe('what is no package is refused in a sentence', () => {
	const laughs = `<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><manifest>&b;</manifest>`;
	test.each<[string, Files | Buffer, RegExp]>([
		['no ZIP', Buffer.from('no'), /is no ZIP/],
		['without a manifest', { 'a.html': 'x' }, /no imsmanifest\.xml and no cmi5\.xml/],
		['Tin Can', { 'tincan.xml': '<tincan/>' }, /Tin Can/],
		['broken XML', { 'imsmanifest.xml': '<manifest><organizations>' }, /cannot be read \(imsmanifest\.xml\)/],
		['entities', { 'imsmanifest.xml': laughs }, /entities/],
		['another root', { 'cmi5.xml': '<course/>' }, /names nothing/],
		['too deep', { 'imsmanifest.xml': `<manifest>${'<item>'.repeat(500)}` }, /nested too deeply/],
		['nothing to read', { 'imsmanifest.xml': '<manifest identifier="x"/>' }, /no check was made/],
		[
			'scripts alone',
			{ 'imsmanifest.xml': SCORM2004(''), 'course/start.html': '<script src="a.js"></script>', 'course/a.js': 'run()' },
			/without running its scripts, so no check was made/
		]
	])('%s', async (_name, files, sentence) => {
		await expect(bring(files)).rejects.toMatchObject({ fields: { file: expect.stringMatching(sentence) } });
	});
});

test('names that lead out, and files that are bombs, cost themselves only', async () => {
	const { check, text } = await bring({
		'imsmanifest.xml': SCORM2004('').replace(
			'<file href="start.html"/>',
			'<file href="../../../etc/passwd"/><file href="zeros.txt"/>'
		),
		'course/start.html': `<p>Look around you. <img src="../../../../etc/hosts.png"> <a href="../../outside.html">out</a></p>`,
		'course/zeros.txt': Buffer.alloc(30 * 1024 ** 2)
	});
	expect(check!.content.map(({ title }) => title)).toEqual(['Look around']);
	expect(text).toContain('it unpacks to far more than a file would');
	expect(text).toContain('leads nowhere');
});

test.each([
	['0000:30:00', 30],
	['0001:30:30.5', 90.5],
	['PT1H30M', 90],
	['P1DT2H', 1560],
	['PT45S', 0.75],
	['PT', undefined],
	['soon', undefined]
])('%s is %s minutes', (written, minutes) => expect(minutesOf(written)).toBe(minutes));
