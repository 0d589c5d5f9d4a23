import { createECDH } from 'node:crypto';
import type { VapidKeys } from 'web-push';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { mailOrigin } from '#src/platform/server/mail.ts';
import { seal, unseal } from '#src/platform/server/vault.ts';

const PLACE = 'push keys';

/** Makes the keys of this installation, once: every process may call it at its start. */
export async function makePushKeys(db: Db): Promise<void> {
	if (await row(db, sql`select 1 from push_keys`)) return;
	// As RFC 8292 has them: on P-256, in base64url. The library that sends would be loaded at every first start for this.
	const pair = createECDH('prime256v1');
	const publicKey = pair.generateKeys('base64url');
	const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
		.subarray(-32)
		.toString('base64url');
	await db.execute(sql`insert into push_keys (public_key, private_key) values (${publicKey}, ${seal(privateKey, PLACE)})
		on conflict do nothing`);
}

/** The key that browsers ask for. */
export async function publicPushKey(db: Db): Promise<string> {
	const found = await row<{ key: string }>(db, sql`select public_key as key from push_keys`);
	return found!.key;
}

/** Whom a push service turns to, and what proves that we are it. */
export async function pushIdentity(db: Db): Promise<VapidKeys & { subject: string }> {
	const found = await row<{ public_key: string; private_key: string }>(
		db,
		sql`select public_key, private_key from push_keys`
	);
	const origin = mailOrigin();
	return {
		subject: origin.startsWith('https:') ? origin : 'mailto:trellis@localhost',
		...{ publicKey: found!.public_key, privateKey: unseal(found!.private_key, PLACE) }
	};
}
