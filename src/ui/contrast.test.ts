import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

/** The two colours of each token that is a plain pair; later media queries only raise contrast. */
const tokens = new Map<string, { light: string; dark: string }>();
for (const [, name, light, dark] of css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
	if (!tokens.has(name!)) tokens.set(name!, { light: light!, dark: dark! });
}

/** Relative luminance and contrast ratio as WCAG 2.2 defines them. */
function luminance(colour: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const part = parseInt(colour.slice(at, at + 2), 16) / 255;
		return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
	const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
	return (high + 0.05) / (low + 0.05);
}

const grounds = ['paper', 'surface', 'sunken', 'raised'];
const text: [string, string[]][] = [
	['ink', [...grounds, 'accent-soft', 'danger-soft', 'warn-soft', 'added', 'removed']],
	['ink-soft', [...grounds, 'accent-soft', 'danger-soft', 'warn-soft', 'added', 'removed']],
	['accent', [...grounds, 'accent-soft']],
	['accent-strong', [...grounds, 'accent-soft']],
	['danger', [...grounds, 'danger-soft', 'removed']],
	['warn', [...grounds, 'warn-soft']],
	['on-accent', ['accent', 'accent-strong']],
	['on-danger', ['danger']],
	...['quiet', 'word', 'text', 'value', 'name'].map((name): [string, string[]] => [
		`code-${name}`,
		['sunken', 'surface']
	]),
	['code-text', ['added']]
];

test.each(text)('text in %s can be read on its grounds', (colour, on) => {
	for (const ground of on) {
		for (const scheme of ['light', 'dark'] as const) {
			const ratio = contrast(tokens.get(colour)![scheme], tokens.get(ground)![scheme]);
			expect(ratio, `${colour} on ${ground}, ${scheme}`).toBeGreaterThanOrEqual(4.5);
		}
	}
});

test('edges of controls stand out three to one', () => {
	for (const ground of grounds) {
		for (const scheme of ['light', 'dark'] as const) {
			const ratio = contrast(tokens.get('line-strong')![scheme], tokens.get(ground)![scheme]);
			expect(ratio, `line-strong on ${ground}, ${scheme}`).toBeGreaterThanOrEqual(3);
		}
	}
});
