import { expect, test } from 'vitest';
import { addressOf, patterns, placeOf } from './pattern.ts';

test.each([
	['shop.example.org', { host: 'shop.example.org', subdomains: false, prefix: '/', like: '/%', whole: false }],
	['https://Shop.Example.org/Orders/*', { host: 'shop.example.org', prefix: '/Orders/', like: '/Orders/%' }],
	['*.example.org/a_b%25/*/x', { host: 'example.org', subdomains: true, prefix: '/a_b%25/', like: '/a\\_b\\%25/%/x' }],
	['crm:8080/#/clients/*', { host: 'crm:8080', prefix: '/#/clients/', whole: true }],
	['example.org/list?view=*', { prefix: '/list?view=', whole: true }],
	['bücher.example/regal', { host: 'xn--bcher-kva.example', like: '/regal' }],
	[
		'example.org/größe/**',
		{
			prefix: '/gr%C3%B6%C3%9Fe/',
			like: '/gr%C3%B6%C3%9Fe/%'.replaceAll('%C3', '\\%C3').replaceAll('%B6', '\\%B6').replaceAll('%9F', '\\%9F')
		}
	]
])('%s is a place', (pattern, place) => expect(placeOf(pattern)).toMatchObject(place));

test.each([
	'',
	'*',
	'*.org',
	'javascript:alert(1)',
	'ftp://example.org/',
	'exa mple.org',
	'example.org/a b',
	'/orders/*',
	'https://',
	'user@example.org',
	`example.org/${'*a'.repeat(9)}`,
	'example..org',
	'-a.org',
	'x'.repeat(501),
	'a\u0000.org',
	'example.org:999999'
])('%j is refused', (pattern) => {
	expect(patterns.safeParse([pattern]).success).toBe(false);
});

test('a form sends one a line, the API a list', () => {
	expect(patterns.parse(' a.example/x \r\n\n b.example \n a.example/x')).toEqual(['a.example/x', 'b.example']);
	expect(patterns.parse(undefined)).toEqual([]);
	expect(patterns.safeParse(Array.from({ length: 21 }, (_, n) => `a${n}.example`)).success).toBe(false);
});

test('an address is looked up by its hosts and every beginning of its path', () => {
	expect(addressOf('https://a.b.example.org:8443/x/y?q#z')).toMatchObject({
		own: ['a.b.example.org', 'a.b.example.org:8443'],
		above: expect.arrayContaining(['b.example.org', 'example.org', 'example.org:8443']),
		path: '/x/y',
		whole: '/x/y?q#z'
	});
	expect(addressOf('https://a.example/x')!.prefixes).toEqual(['', '/', '/x']);
	for (const wrong of ['', 'nonsense', 'file:///etc/passwd', 'data:text/html,x'])
		expect(addressOf(wrong)).toBeUndefined();
});
