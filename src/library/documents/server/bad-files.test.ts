import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { aDocx, anOdf, anXlsx, aPdf, aZip, wordParagraph } from '#src/testing/documents.ts';
import { textOf } from '../document.ts';
import { limits, ParserDied, runParser, type Limits } from './parser-process.ts';

// What is of the lowest priority is slow where the machine has much to do.
vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'trellis-bad-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
	words: string[];
	notes: string[];
	/** Why it is not readable, in the words that people see. */
	reason: string;
	/** The parser process ended before it was done. */
	died: string;
}

async function read(name: string, content: string | Buffer, bounds: Partial<Limits> = {}): Promise<Outcome> {
	const path = join(folder, 'file');
	writeFileSync(path, content);
	const outcome: Outcome = { words: [], notes: [], reason: '', died: '' };
	try {
		for await (const message of runParser(
			{ task: 'text', path, ending: name.split('.').pop()! },
			{ ...limits, ...bounds }
		)) {
			if (message.tell === 'part') outcome.words.push(textOf(message.part));
			if (message.tell === 'note') outcome.notes.push(message.text);
			if (message.tell === 'unreadable') outcome.reason = message.reason;
		}
	} catch (error) {
		if (!(error instanceof ParserDied)) throw error;
		outcome.died = error.message;
	}
	return outcome;
}

/** Whatever was read before: the next file is read as ever. */
afterEach(async () => {
	expect((await read('fine.txt', 'All is well.')).words).toEqual(['All is well.']);
});

/** Writes a PDF by hand, for what no library would write. @param objects from number 1 */
function rawPdf(objects: (string | Buffer)[], root = 1): Buffer {
	const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
	const places: number[] = [];
	let length = chunks[0]!.length;
	for (const [at, object] of objects.entries()) {
		places.push(length);
		const chunk = Buffer.concat([
			Buffer.from(`${at + 1} 0 obj\n`),
			Buffer.from(object as string),
			Buffer.from('\nendobj\n')
		]);
		chunks.push(chunk);
		length += chunk.length;
	}
	const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
	chunks.push(
		Buffer.from(
			`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root ${root} 0 R >>\nstartxref\n${length}\n%%EOF`
		)
	);
	return Buffer.concat(chunks);
}

const streamOf = (content: Buffer, more = '') =>
	Buffer.concat([
		Buffer.from(`<< /Length ${content.length} ${more} >>\nstream\n`),
		content,
		Buffer.from('\nendstream')
	]);

describe('packed files', () => {
	test('a part that unpacks to a thousand times its size', async () => {
		const content = await aDocx('', { 'word/document.xml': Buffer.alloc(64 * 1024 ** 2, ' ') });
		expect(content.length).toBeLessThan(1024 ** 2);
		expect((await read('bomb.docx', content)).reason).toMatch(/unpacks to far more/);
	});

	test('a part that claims to be smaller than it is', async () => {
		const content = await aDocx('', { 'word/document.xml': Buffer.alloc(4 * 1024 ** 2, ' ') });
		// The size after unpacking, in the list at the end of the file.
		const at = content.lastIndexOf('word/document.xml') - 46;
		expect(content.readUInt32LE(at + 24)).toBe(4 * 1024 ** 2);
		content.writeUInt32LE(10, at + 24);
		expect((await read('liar.docx', content)).reason).toMatch(/damaged/);
	});

	test('tens of thousands of parts', async () => {
		const many = Object.fromEntries(Array.from({ length: 10_500 }, (_, at) => [`x/${at}`, '']));
		expect((await read('many.docx', await aZip(many))).reason).toMatch(/too many parts/);
	});

	test('one within another is not opened', async () => {
		let nested = await aZip({ 'zeros.bin': Buffer.alloc(8 * 1024 ** 2) });
		for (let depth = 0; depth < 5; depth += 1) nested = await aZip({ 'a.zip': nested, 'b.zip': nested });
		expect((await read('nested.zip', nested)).reason).toMatch(/packed file/);
		const { words, reason } = await read(
			'a.docx',
			await aDocx(wordParagraph('Text.'), { 'word/embeddings/a.zip': nested })
		);
		expect([words, reason]).toEqual([['Text.'], '']);
	});

	test('names that lead out of the folder are only names', async () => {
		const content = await aDocx(wordParagraph('Text.'), {});
		const out = await aDocx(wordParagraph('Text.'), { 'xx/xx/xx/passwd': 'x' });
		let replaced = out;
		for (let at; (at = replaced.indexOf('xx/xx/xx/passwd')) >= 0;)
			replaced = Buffer.concat([replaced.subarray(0, at), Buffer.from('../../../passwd'), replaced.subarray(at + 15)]);
		expect(replaced.length).toBe(out.length);
		expect(replaced.length).toBeGreaterThan(content.length);
		expect((await read('a.docx', replaced)).words).toEqual(['Text.']);
	});

	test.each([0.3, 0.6, 0.95])('cut off at %s of its length', async (share) => {
		const whole = await aDocx(wordParagraph('Text. '.repeat(500)));
		expect((await read('cut.docx', whole.subarray(0, Math.floor(whole.length * share)))).reason).toMatch(
			/damaged or was cut off/
		);
	});

	test('bytes that were changed on the way', async () => {
		const content = await aDocx(wordParagraph(Array.from({ length: 3000 }, (_, at) => `word${at * 7919}`).join(' ')));
		const at = content.indexOf('word/document.xml') + 400;
		content.fill(0x5a, at, at + 200);
		const { reason } = await read('broken.docx', content);
		expect(reason).toMatch(/damaged/);
	});
});

describe('XML', () => {
	const secret = join(folder, 'secret');
	writeFileSync(secret, 'the secret words');

	test.each([
		['an entity from a file', `<!DOCTYPE w [<!ENTITY x SYSTEM "file://${secret}">]>`],
		['an entity from the network', '<!DOCTYPE w [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>'],
		[
			'a billion laughs',
			`<!DOCTYPE w [<!ENTITY a "ha">${'bcdefghij'.replace(/./g, (name) => `<!ENTITY ${name} "${`&${String.fromCharCode(name.charCodeAt(0) - 1)};`.repeat(10)}">`)}<!ENTITY x "&j;">]>`
		]
	])('%s', async (_, doctype) => {
		const xml = `<?xml version="1.0"?>${doctype}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>`;
		const { words, reason } = await read('a.docx', await aDocx('', { 'word/document.xml': xml }));
		expect(words.join()).not.toContain('secret');
		expect(reason).toMatch(/defines entities of its own/);
	});

	test('elements within elements without end', async () => {
		const body = '<w:sdt>'.repeat(100_000);
		expect((await read('deep.docx', await aDocx(body))).reason).toMatch(/nested too deeply/);
	});

	test('a table within a table within a table, a hundred times', async () => {
		const table = (inner: string) => `<w:tbl><w:tr><w:tc>${inner}</w:tc></w:tr></w:tbl>`;
		let inner = wordParagraph('Inside.');
		for (let depth = 0; depth < 50; depth += 1) inner = table(inner);
		expect((await read('tables.docx', await aDocx(inner))).words).toEqual(['Inside.']);
	});

	test('what is no XML', async () => {
		expect((await read('a.docx', await aDocx('<w:p><w:r></w:p>'))).reason).toMatch(/not well-formed/);
	});
});

describe('programs in files', () => {
	test('macros are told of and not run', async () => {
		const { words, notes } = await read(
			'a.docm',
			await aDocx(wordParagraph('Text.'), { 'word/vbaProject.bin': 'Sub AutoOpen()' })
		);
		expect(words).toEqual(['Text.']);
		expect(notes).toEqual([expect.stringMatching(/macros.*not run/)]);
		const odf = await anOdf('text', '<text:p>Text.</text:p>', { 'Basic/Standard/Module1.xml': '<x/>' });
		expect((await read('a.odt', odf)).notes).toEqual([expect.stringMatching(/macros/)]);
	});

	test('a drawing with a script', async () => {
		const { words, notes } = await read(
			'a.svg',
			'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg onload="alert(1)"><text>Door &x;</text></svg>'
		);
		expect(words.join()).toMatch(/^Door/);
		expect(words.join()).not.toMatch(/root:|alert/);
		expect(notes).toEqual([expect.stringMatching(/script.*not run/)]);
	});
});

describe('PDF', () => {
	test('100,000 pages: the first are read', async () => {
		const count = 100_000;
		const kids = Array.from({ length: count }, (_, at) => `${at + 4} 0 R`).join(' ');
		const page =
			'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 3 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>';
		const content = rawPdf([
			'<< /Type /Catalog /Pages 2 0 R >>',
			`<< /Type /Pages /Count ${count} /Kids [${kids}] >>`,
			streamOf(Buffer.from('BT /F 12 Tf 10 100 Td (Hello page) Tj ET')),
			...Array.from({ length: count }, () => page)
		]);
		const { words, notes, died } = await read('long.pdf', content);
		expect(died).toBe('');
		expect(words.length).toBe(200);
		expect(words[199]).toBe('Hello page');
		expect(notes).toEqual(['It has 100,000 pages: the first 200 were read.']);
	});

	test('a page that unpacks to two gigabytes', async () => {
		const once = deflateSync(Buffer.alloc(256 * 1024 ** 2, '(x) Tj '), { level: 9 });
		const twice = deflateSync(once, { level: 9 });
		const content = rawPdf([
			'<< /Type /Catalog /Pages 2 0 R >>',
			'<< /Type /Pages /Count 1 /Kids [4 0 R] >>',
			streamOf(twice, '/Filter [/FlateDecode /FlateDecode]'),
			`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents [${'3 0 R '.repeat(8)}] >>`
		]);
		expect(content.length).toBeLessThan(1024 ** 2);
		const { died, words } = await read('bomb.pdf', content, { seconds: 30 });
		expect([/memory|too long/.test(died), words]).toEqual([true, []]);
	});

	test('pages that are within each other in a circle', async () => {
		const content = rawPdf([
			'<< /Type /Catalog /Pages 2 0 R >>',
			'<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R 2 0 R] >>'
		]);
		const { words, notes, reason, died } = await read('circle.pdf', content, { seconds: 20 });
		expect(died).toBe('');
		expect(words.join('')).toBe('');
		expect(reason + notes.join()).toMatch(/damaged/);
	});

	test('cut off, or with a broken list of its parts, it is mended or refused', async () => {
		const whole = await aPdf(Array.from({ length: 5 }, (_, at) => ({ title: `Chapter ${at}`, text: 'Words.' })));
		const cut = await read('cut.pdf', whole.subarray(0, Math.floor(whole.length / 2)));
		expect(cut.reason + cut.notes.join() + cut.words.join()).toMatch(/damaged|Chapter/);
		const broken = Buffer.from(whole.toString('latin1').replace(/startxref\n\d+/, 'startxref\n99999999'), 'latin1');
		expect((await read('broken.pdf', broken)).words.length).toBe(5);
		expect((await read('none.pdf', '%PDF-1.7\nnothing more')).reason).toMatch(/damaged/);
	});

	test('with a password', async () => {
		const content = await aPdf([{ title: 'Secret', text: 'x' }], { userPassword: 'open', ownerPassword: 'own' });
		expect((await read('locked.pdf', content)).reason).toMatch(/protected by a password/);
	});
});

describe('files with a password', () => {
	test('Office', async () => {
		const head = Buffer.alloc(2048);
		Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
		Buffer.from('EncryptedPackage', 'utf16le').copy(head, 1024);
		expect((await read('locked.docx', head)).reason).toMatch(/protected by a password/);
	});

	test('OpenDocument', async () => {
		const manifest =
			'<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>';
		expect((await read('a.odt', await anOdf('text', '', { 'META-INF/manifest.xml': manifest }))).reason).toMatch(
			/protected by a password/
		);
	});

	test('packed with one', async () => {
		const content = await aDocx(wordParagraph('x'));
		// The mark that says "encrypted", in each entry of the list at the end.
		for (let at = -1; (at = content.indexOf('PK\x01\x02', at + 1, 'latin1')) >= 0;) content[at + 8]! |= 1;
		expect((await read('a.docx', content)).reason).toMatch(/protected by a password/);
	});
});

describe('files that are not what they seem', () => {
	test('a PDF that is called a Word file', async () => {
		const { words, notes } = await read('a.docx', await aPdf([{ title: 'Till', text: 'Words.' }]));
		expect(words).toEqual(['Till\nWords.']);
		expect(notes).toEqual(['Its name ends in .docx, but it is something else. It was read as what it is.']);
	});

	test('a Word file that is called a picture', async () => {
		expect((await read('a.png', await aDocx(wordParagraph('Words.')))).words).toEqual(['Words.']);
	});

	test('a PDF that is a ZIP as well, and one behind a page', async () => {
		const pdf = await aPdf([{ title: 'Till', text: 'Words.' }]);
		const both = Buffer.concat([pdf, await aDocx(wordParagraph('Other words.'))]);
		expect((await read('a.docx', both)).words).toEqual(['Till\nWords.']);
		const page = Buffer.concat([Buffer.from('<script>alert(1)</script>\n'), pdf]);
		expect((await read('a.html', page)).words).toEqual(['Till\nWords.']);
	});

	test('bytes that are nothing, an empty file, an older Office file', async () => {
		expect((await read('a.docx', Buffer.from([1, 2, 0, 3, 4]))).reason).toMatch(/holds no text/);
		expect((await read('a.txt', '')).reason).toMatch(/empty/);
		const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(512)]);
		expect((await read('a.doc', old)).reason).toMatch(/LibreOffice/);
	});
});

describe('what would never end', () => {
	test('time', async () => {
		const row = (at: number) => `<row r="${at}"><c r="A${at}" t="inlineStr"><is><t>${at}</t></is></c></row>`;
		const rows = Array.from({ length: 150_000 }, (_, at) => row(at + 1)).join('');
		const content = await anXlsx([{ name: 'All', rows }]);
		const { died } = await read('long.xlsx', content, { seconds: 0.08 });
		expect(died).toBe('Reading it took too long, so it was stopped.');
	});

	test('sheets of a billion cells', async () => {
		const cells = Array.from(
			{ length: 59 },
			(_, at) => `<c r="${String.fromCharCode(65 + (at % 26))}" t="inlineStr"><is><t>x</t></is></c>`
		).join('');
		const rows = Array.from({ length: 6000 }, (_, at) => `<row r="${at + 1}">${cells}</row>`).join('');
		const { notes, words, died } = await read('wide.xlsx', await anXlsx([{ name: 'All', rows }]));
		expect(died).toBe('');
		expect(words.length).toBeGreaterThan(30);
		expect(notes).toEqual(['It has very many cells: the first 200,000 were read.']);
	});

	test('text without end is kept up to a bound', async () => {
		const { notes, words } = await read('endless.txt', 'All work and no play. '.repeat(450_000));
		expect(notes).toEqual([expect.stringMatching(/very long/)]);
		expect(words.join('').length).toBeLessThanOrEqual(8_000_000);
	});
});

test('a parser has no network, no files but its own, and starts nothing', async () => {
	const script = `
		import './src/library/documents/server/parser/lockdown.ts';
		import net from 'node:net'; import fs from 'node:fs'; import { spawnSync } from 'node:child_process';
		const tries = { fetch: () => fetch('http://127.0.0.1:9'), connect: () => net.connect(9, '127.0.0.1'), read: () => fs.readFileSync('/etc/hosts'),
			write: () => fs.writeFileSync('/tmp/trellis-x', 'x'), start: () => { const { error } = spawnSync('true'); if (error) throw error; } };
		for (const [name, attempt] of Object.entries(tries)) { let done = 'done'; try { attempt(); } catch (error) { done = error.code ?? error.message; } console.log(name + ': ' + done); }`;
	const { execFileSync } = await import('node:child_process');
	const args = [
		'--permission',
		`--allow-fs-read=${process.cwd()}/src`,
		`--allow-fs-read=${process.cwd()}/package.json`,
		'--input-type=module',
		'-e',
		script
	];
	const said = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
	expect(said.trim().split('\n')).toEqual([
		'fetch: fetch is not defined',
		'connect: A parser has no network.',
		'read: ERR_ACCESS_DENIED',
		'write: ERR_ACCESS_DENIED',
		'start: ERR_ACCESS_DENIED'
	]);
});
