import { expect, test } from 'vitest';
import { sharedAddress } from './shared-in.ts';

const of = (given: Record<string, string>) =>
	Object.fromEntries(new URL(sharedAddress(new URLSearchParams(given)), 'https://trellis.example').searchParams);

test('the address is found wherever an application puts it', () => {
	expect(of({ url: 'https://example.org/a', title: 'A' })).toEqual({ url: 'https://example.org/a', title: 'A' });
	expect(of({ title: 'A', text: 'https://example.org/a' })).toEqual({ url: 'https://example.org/a', title: 'A' });
	expect(of({ text: 'Read this: https://example.org/a now' })).toMatchObject({ url: 'https://example.org/a' });
	expect(of({ title: 'https://example.org/a' })).toEqual({ url: 'https://example.org/a' });
	expect(of({ title: 'A', text: 'A', url: 'https://example.org/a' })).toEqual({
		url: 'https://example.org/a',
		title: 'A'
	});
});

test('what is no address leads to the form all the same, and nothing long comes along', () => {
	expect(of({})).toEqual({});
	expect(of({ url: 'javascript:alert(1)', text: 'Only words' })).toEqual({ text: 'Only words' });
	expect(of({ text: 'x'.repeat(50_000) }).text).toHaveLength(2000);
	expect(sharedAddress(new URLSearchParams({ url: 'https://evil.example', title: '\ud800' }))).toMatch(
		/^\/kept\/new\?url=/
	);
});
