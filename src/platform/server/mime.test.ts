import { simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { mimeOf } from './mime.ts';

const read = (mail: Buffer) => simpleParser(mail, { skipHtmlToText: true, skipTextToHtml: true });

test('what is written is read again, whatever the words', async () => {
	const words = [
		'Plain.',
		'“Grüße” 🙂 '.repeat(60),
		`${'x'.repeat(3000)} =3D =\n.\n..dots\nends with a space \nand a tab\t\nFrom here on`,
		'一二三四五'.repeat(200)
	];
	for (const text of words) {
		const html = `<p>${text}</p>`;
		const mail = mimeOf({ headers: [{ key: 'Subject', value: 'Hello' }], text, html });
		const found = await read(mail);
		expect(found.text).toBe(text);
		expect(found.html).toBe(html);
		const lines = mail.toString('latin1').split('\r\n');
		expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(76);
		expect(Math.max(...mail)).toBeLessThan(127);
	}
});

test('headers are encoded and folded; what breaks lines in them adds none', async () => {
	const mail = mimeOf({
		headers: [
			{ key: 'From', value: 'Füße & Co <a@b.example>' },
			{ key: 'To', value: { name: '', address: 'ada@grüße.example' } },
			{ key: 'Subject', value: 'Ä'.repeat(120) },
			{ key: 'X-One', value: 'one\r\nBcc: e@f.example' }
		],
		text: 'a\r\n\r\nb',
		html: '<p>a</p>'
	});
	const found = await read(mail);
	expect(found.subject).toBe('Ä'.repeat(120));
	expect(found.from?.value).toEqual([{ name: 'Füße & Co', address: 'a@b.example' }]);
	expect(found.to).toMatchObject({ value: [{ address: 'ada@grüße.example' }] });
	expect(found.headers.has('bcc')).toBe(false);
	expect(found.text).toBe('a\n\nb');
});
