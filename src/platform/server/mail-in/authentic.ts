import { Resolver } from 'node:dns/promises';
import type { DNSResolver } from 'mailauth';
import type { MailHead } from './head.ts';

/** Whether a mail comes from where it says: proved, disproved, neither, or not to be found out at the moment. */
export type Authentic = 'pass' | 'fail' | 'none' | 'later';

/** Who handed a mail over. */
export interface Envelope {
	/** Address and name of the machine. */
	ip: string;
	helo: string;
	/** The sender of the envelope; empty for bounces. */
	from: string;
}

export interface Trust {
	/** The mail server in front, which checks senders and says so under this name. */
	authserv?: string;
	/** Asks the domain name system; for tests. */
	resolver?: DNSResolver;
}

/**
 * Whether the domain in From vouches for the mail (DMARC, RFC 7489). With `authserv` the word of the mail
 * server in front counts; without, signature and sending machine are looked at here. A domain without a
 * policy vouches as well when a signature or the sending machine is its own.
 */
export async function isAuthentic(raw: Buffer, head: MailHead, envelope: Envelope, trust: Trust): Promise<Authentic> {
	const domain = head.from.split('@')[1] ?? '';
	if (!domain) return 'fail';
	if (trust.authserv) return wordOf(trust.authserv, domain, head);
	const { ip, helo, from: sender } = envelope;
	const resolver = trust.resolver ?? dns();
	const { authenticate } = await import('mailauth');
	const found = await authenticate(raw, { ...{ ip, helo, sender, resolver }, disableArc: true, disableBimi: true });
	if (found.dmarc === false) return 'none';
	const { result } = found.dmarc.status;
	if (result === 'pass') return 'pass';
	if (result === 'temperror' || result === 'temperr') return 'later';
	if (result === 'fail') return 'fail';
	const aligned = found.dmarc.alignment;
	return aligned?.dkim?.result || aligned?.spf?.result ? 'pass' : 'none';
}

function dns(): DNSResolver {
	const resolver = new Resolver({ timeout: 3000, tries: 2 });
	return (name, type) => resolver.resolve(name, type) as Promise<string[]>;
}

/** Its topmost line counts: a server removes those that others wrote under its name (RFC 8601, section 5). */
function wordOf(authserv: string, domain: string, { all }: MailHead): Authentic {
	const results = all('authentication-results').map((line) =>
		line.replace(/\([^()]*\)/g, ' ').replace(/"[^"]*"/g, ' ')
	);
	const ours = results.find((line) => line.trim().split(/[\s;]/)[0]!.toLowerCase() === authserv.toLowerCase());
	const dmarc = ours?.split(';').find((part) => /^\s*dmarc\s*=/i.test(part));
	if (!dmarc) return 'none';
	const about = /header\.from\s*=\s*(?:\S*@)?([^\s;]+)/i.exec(dmarc)?.[1]?.toLowerCase();
	const word = /^\s*dmarc\s*=\s*(\w+)/i.exec(dmarc)![1]!.toLowerCase();
	if (word === 'pass') return about === domain ? 'pass' : 'fail';
	if (word === 'temperror') return 'later';
	return word === 'fail' ? 'fail' : 'none';
}
