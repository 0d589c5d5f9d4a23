import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '#src/platform/server/config.ts';
import { dnsRecord, makeDkimKey } from '#src/platform/server/dkim.ts';
import { mailDomain } from '#src/platform/server/mail.ts';
import { makeFolder } from '#src/platform/server/make-folder.ts';
import { textOption, type Command } from './command.ts';

export const command: Command = {
	usage: '[--file path] [--selector name] [--domain name]',
	help: `Makes the key that signs mails (DKIM), once, and says what to put into DNS and into the configuration.
Without options the file is dkim.pem in DATA_DIR, the selector "trellis", the domain that of MAIL_FROM.`,
	options: { file: { type: 'string' }, selector: { type: 'string' }, domain: { type: 'string' } },
	run(call) {
		const config = readConfig();
		const file = resolve(textOption(call, 'file') ?? config.DKIM_KEY ?? join(config.DATA_DIR, 'dkim.pem'));
		const selector = textOption(call, 'selector') ?? config.DKIM_SELECTOR ?? 'trellis';
		const domain = textOption(call, 'domain') ?? config.DKIM_DOMAIN ?? mailDomain(config);
		if (existsSync(file)) console.log(`The key ${file} is there already; this is its record.`);
		else {
			makeFolder(resolve(file, '..'));
			writeFileSync(file, makeDkimKey().pem, { mode: 0o600, flag: 'wx', flush: true });
			console.log(`The key is in ${file}: only its owner can read it. Keep a copy with your backups.`);
		}
		const { name, strings } = dnsRecord(readFileSync(file, 'utf8'), selector, domain);
		console.log(`\nPut this record into DNS:\n\n${name}. IN TXT ${strings.map((each) => `"${each}"`).join(' ')}`);
		console.log(`\nThen start Trellis with:\n\nDKIM_KEY=${file}\nDKIM_SELECTOR=${selector}\nDKIM_DOMAIN=${domain}`);
		return Promise.resolve();
	}
};
