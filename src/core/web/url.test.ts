import { expect, test } from 'vitest';
import { cleanUrl, parseUrl, urlKey } from './url.ts';

const key = (text: string) => urlKey(parseUrl(text)!);

test.each([
	['http://example.org/a'],
	['https://www.example.org/a/'],
	['HTTPS://Example.ORG:443/a'],
	['example.org/a#part-2'],
	['https://example.org/a?utm_source=mail&utm_medium=x&fbclid=1'],
	['https://example.org./a/index.html'],
	['https://example.org/%61?gclid=2#:~:text=hello']
])('%s is example.org/a', (spelling) => expect(key(spelling)).toBe('example.org/a'));

test('parameters that matter stay, in order; case of names, paths and values is kept', () => {
	expect(key('https://example.org/A?b=2&a=1&utm_id=3')).toBe('example.org/A?a=1&b=2');
	expect(key('https://example.org/?q=%c3%a9')).toBe(key('https://example.org?q=é'));
	expect(key('https://example.org/A')).not.toBe(key('https://example.org/a'));
});

test('what is another page stays another', () => {
	expect(key('https://example.org/#/orders/4')).not.toBe(key('https://example.org/#/orders/5'));
	expect(key('https://a.example.org/')).not.toBe(key('https://example.org/'));
	expect(key('https://example.org:8080/')).not.toBe(key('https://example.org/'));
	expect(key('https://example.org/a?ref=main')).not.toBe(key('https://example.org/a'));
});

test('a film has one key', () => {
	expect(key('https://youtu.be/abc?si=xyz')).toBe(key('https://www.youtube.com/watch?v=abc&feature=share'));
});

test('what is opened keeps its scheme and place, and loses the tracking', () => {
	expect(cleanUrl(parseUrl('http://www.example.org/a?utm_source=x&b=1#part')!)).toBe(
		'http://www.example.org/a?b=1#part'
	);
});

test.each([
	'',
	'word',
	'two words',
	'javascript:alert(1)',
	'file:///etc/passwd',
	'ftp://example.org/',
	'https://user:secret@example.org/',
	'mailto:a@example.org',
	`https://example.org/${'a'.repeat(2000)}`
])('"%s" is no address of a page', (text) => expect(parseUrl(text)).toBeUndefined());

test.each([
	['example.org', 'https://example.org/'],
	['example.org:8080/a', 'https://example.org:8080/a'],
	['http://intranet/wiki', 'http://intranet/wiki'],
	['  https://example.org/a  ', 'https://example.org/a']
])('"%s" means %s', (text, meant) => expect(parseUrl(text)?.href).toBe(meant));
