import { readReplyToken } from '#src/core/notify/server/reply-address.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { isReturnToken } from '#src/platform/server/mail-address.ts';

/** What a mail to one of our addresses is for. */
export type Addressee =
	| { for: 'reply'; itemId: string; personId: string; email: string }
	/** A question in a space. */
	| { for: 'space'; spaceId: string }
	/** What came back from an address we wrote to, whose secret this is; a complaint names it itself. */
	| { for: 'return'; token?: string };

/** Names that stand before the @ for something else; a space called so takes no mail. */
const RESERVED = /^(reply|bounce|postmaster|abuse|complaints|mailer-daemon|no-?reply|root|trellis)$/;

/**
 * What an address is for; undefined for one that takes no mail, or none any more.
 * @param domain behind the @ of our addresses; not looked at where it was before
 */
export async function addresseeOf(db: Db, address: string, domain?: string): Promise<Addressee | undefined> {
	const [, local, host] = /^([^@]{1,64})@([^@]{1,255})$/.exec(address.toLowerCase()) ?? [];
	if (!local || (domain !== undefined && host !== domain)) return undefined;
	const token = /^reply\+([a-z0-9]{20})$/.exec(local)?.[1];
	if (token) {
		const found = await readReplyToken(db, token);
		return found && { for: 'reply', ...found };
	}
	const returned = /^bounce\+([a-z0-9]{20})$/.exec(local)?.[1];
	if (returned) return (await isReturnToken(db, returned)) ? { for: 'return', token: returned } : undefined;
	if (/^(complaints|abuse)$/.test(local)) return { for: 'return' };
	if (RESERVED.test(local)) return undefined;
	const space = await row<{ id: string }>(db, sql`select id from space where slug = ${local} and archived_at is null`);
	return space && { for: 'space', spaceId: space.id };
}

/**
 * Where mail becomes a question in a space; undefined where its name stands for something else, or is none that
 * every mail program can write to.
 * @param domain behind the @ of our addresses; undefined where no mail is taken
 */
export const spaceAddress = (slug: string, domain: string | undefined): string | undefined =>
	!domain || RESERVED.test(slug) || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(slug) ? undefined : `${slug}@${domain}`;
