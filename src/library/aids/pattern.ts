import { z } from 'zod';
import { line } from '#src/core/items/input.ts';

/** A pattern taken apart, so that a database can look it up. */
export interface Place {
	host: string;
	/** Hosts beneath it belong to it too: `*.example.org`. */
	subdomains: boolean;
	/** The path up to the first wildcard. */
	prefix: string;
	/** The path for LIKE. */
	like: string;
	/** Query and fragment are compared too. */
	whole: boolean;
}

const LONGEST_PREFIX = 200;
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const hostShape = new RegExp(`^(\\*\\.)?(${label}(?:\\.${label})*)(:\\d{1,5})?$`);

/**
 * Takes a pattern apart: a host, and perhaps a path in which `*` stands for anything.
 * @example placeOf('https://*.example.org/orders/*')
 * @returns what is wrong with it as a text, where it is none
 */
export function placeOf(pattern: string): Place | string {
	const [, rest = ''] = /^(?:https?:\/\/)?(.*)$/i.exec(pattern) ?? [];
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(rest)) return 'must be an address of a web page';
	const at = rest.search(/[/?#]/);
	const [given, path] = at < 0 ? [rest, ''] : [rest.slice(0, at), rest.slice(at)];
	const [, wild, name, port = ''] = hostShape.exec(asciiHost(given)) ?? [];
	if (!name) return 'must begin with a host, such as shop.example.org/orders/*';
	if (wild && !name.includes('.')) return 'is too wide: name at least two parts of the host after the *';
	if (/\s/.test(path)) return 'holds a space';
	if ((path.match(/\*/g)?.length ?? 0) > 8) return 'has too many * in it';
	// A host alone means everything on it.
	const normal = path === '' || path === '/*' ? '/*' : path.startsWith('/') ? path : `/${path}`;
	const encoded = URL.parse(`http://host${normal.replace(/\*+/g, '*')}`);
	if (!encoded) return 'must be an address of a web page';
	const glob = encoded.pathname + encoded.search + encoded.hash;
	const literal = glob.split('*')[0]!;
	return {
		host: name + port,
		subdomains: Boolean(wild),
		prefix: literal.slice(0, LONGEST_PREFIX),
		like: glob.replace(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll('*', '%'),
		whole: /[?#]/.test(glob)
	};
}

/** Names with other letters than a to z are compared as browsers send them. */
function asciiHost(host: string): string {
	const lower = host.toLowerCase();
	if (/^[\x21-\x7e]*$/.test(lower)) return lower;
	const wild = lower.startsWith('*.') ? '*.' : '';
	try {
		return wild + new URL(`http://${lower.slice(wild.length)}`).host;
	} catch {
		return lower;
	}
}

/** What to look an address up by: its hosts from the narrowest on, and every beginning of its path. */
export interface Address {
	/** Host as it is, with and without its port. */
	own: string[];
	/** The hosts above it: patterns with `*.` are found there. */
	above: string[];
	path: string;
	whole: string;
	prefixes: string[];
}

/** @returns undefined for what is no address of a web page */
export function addressOf(url: string): Address | undefined {
	const parsed = URL.parse(url);
	if (!parsed || !/^https?:$/.test(parsed.protocol)) return undefined;
	const { hostname, host, port } = parsed;
	const parts = hostname.split('.');
	const above = parts.slice(1).map((_, index) => parts.slice(index + 1).join('.'));
	const whole = parsed.pathname + parsed.search + parsed.hash;
	const prefixes = Array.from({ length: Math.min(whole.length, LONGEST_PREFIX) + 1 }, (_, end) => whole.slice(0, end));
	return {
		own: [...new Set([hostname, host])],
		above: port ? above.flatMap((name) => [name, `${name}:${port}`]) : above,
		path: parsed.pathname,
		whole,
		prefixes
	};
}

const pattern = line(500).superRefine((value, context) => {
	const place = placeOf(value);
	if (typeof place === 'string') context.addIssue({ code: 'custom', message: place });
});

/** Up to twenty; a form sends them one a line. */
export const patterns = z.preprocess(
	(value) =>
		typeof value === 'string'
			? value
					.split(/[\r\n]+/)
					.map((each) => each.trim())
					.filter(Boolean)
			: value,
	z
		.array(pattern)
		.max(20, 'may have twenty at most')
		.default([])
		.transform((all) => [...new Set(all)])
);
