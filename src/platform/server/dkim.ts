import { createPublicKey, generateKeyPairSync } from 'node:crypto';

/** A new key to sign mails with: RSA, for that is what every receiver can check. */
export function makeDkimKey(): { pem: string } {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return { pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** What DNS must say for receivers to check the signatures; a TXT record holds strings of 255 characters at most. */
export function dnsRecord(pem: string, selector: string, domain: string): { name: string; strings: string[] } {
	const key = createPublicKey(pem).export({ type: 'spki', format: 'der' }).toString('base64');
	const strings = `v=DKIM1; k=rsa; p=${key}`.match(/.{1,255}/g)!;
	return { name: `${selector}._domainkey.${domain}`, strings };
}
