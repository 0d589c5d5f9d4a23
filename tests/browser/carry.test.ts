import { expect, test } from 'vitest';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { aBank } from '#src/testing/checks.ts';
import { aZip } from '#src/testing/documents.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, { slug: 'till', name: 'Till' });
const writer = await aPerson(house.db, { spaces: [spaceId] });

const GIFT = `$CATEGORY: Takes goods back

::Kettle:: A customer brings a kettle back without a receipt. What do you do first? {=Find the sale ~Refuse ~Pay at once}

::Broken:: Nobody wrote the end of this one. {=Find`;

const PACKAGE = {
	'imsmanifest.xml': `<manifest identifier="returns" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations><organization><title>Taking goods back</title>
<item identifierref="r"><title>At the till</title><adlcp:maxtimeallowed>00:30:00</adlcp:maxtimeallowed></item></organization></organizations>
<resources><resource identifier="r" href="till.html"/></resources></manifest>`,
	'till.html':
		'<h1>At the till</h1><p>Ask for the card first.</p><p>With the card the till finds the sale, and the money goes back the way it came. Without it, look at the seal of the box and call whoever leads the shift: they decide within a minute, and nobody has to wait at the till.</p><script>stayHalfAnHour()</script>',
	'questions.gift': GIFT
};

test('a package becomes a check with its content and questions, and one reads what stayed behind', async () => {
	const page = await house.signedIn(writer);
	await page.goto('/checks/new');
	await page.getByRole('link', { name: 'Of a SCORM or cmi5 package' }).click();
	const zip = { name: 'returns.zip', mimeType: 'application/zip', buffer: await aZip(PACKAGE) };
	await page.locator('input[type=file]').setInputFiles(zip);
	await page.getByRole('button', { name: 'Make a check of it' }).click();
	await page.getByText('Done', { exact: true }).waitFor();
	const report = await page.locator('pre').textContent();
	expect(report).toContain('limits of time at “At the till” (30 minutes)');
	expect(report).toContain('1 written, 1 skipped');
	if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/package.png`, fullPage: true });
	await page.getByRole('link', { name: 'Open the check it became' }).click();
	await page.getByRole('heading', { level: 1, name: 'Taking goods back' }).waitFor();
	await page
		.getByRole('link', { name: /See the content/ })
		.first()
		.click();
	await page.getByRole('link', { name: 'At the till' }).first().click();
	await page.getByText('Ask for the card first.').waitFor();
});

test('questions come into a bank, and what cannot be read is named with its line', async () => {
	const bank = await aBank(house.db, writer, spaceId);
	const page = await house.signedIn(writer);
	await page.goto(`/banks/${bank}/import`);
	const send = async (name: string, text: string) => {
		await page.getByLabel('File').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
		await page.getByRole('button', { name: 'Bring them in' }).click();
	};
	await send('shopping.txt', 'milk, bread');
	await page.getByText('This is no file of questions that can be read here').waitFor();
	await send('till.gift', GIFT);
	await page.getByText('1 question is in, 1 could not be carried').waitFor();
	expect(await page.locator('pre').first().textContent()).toContain('line 5');
	if (process.env.LOOK) await page.screenshot({ path: `${process.env.LOOK}/questions.png`, fullPage: true });
	await page.goto(`/banks/${bank}`);
	await page.getByText('Takes goods back').first().waitFor();
	await page
		.getByText(/A customer brings a kettle back/)
		.first()
		.waitFor();
});
