import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { newAnswer, newQuestion } from '#src/ask/input.ts';
import { newComment } from '#src/core/items/actions-input.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { doorOf } from '#src/core/mail-in/server/door.ts';
import { wirePull } from '#src/core/mail-in/server/pull.ts';
import type { Takers } from '#src/core/mail-in/server/deal.ts';
import type { Config } from '#src/platform/server/config.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { notFound } from '#src/platform/server/errors.ts';
import { mailInDomain } from '#src/platform/server/mail.ts';
import { mailboxOf } from '#src/platform/server/mail-in/imap.ts';
import { listenForMail } from '#src/platform/server/mail-in/listener.ts';
import { parse } from '#src/platform/server/parse.ts';

/** What mail becomes, by the commands that pages use: an answer to somebody's question, a comment on all else. */
export const takers: Takers = {
	async answer(db, viewer, itemId, said) {
		const about = await row<{ kind: string; author_id: string }>(
			db,
			sql`select kind, author_id from item where id = ${itemId}`
		);
		if (!about) throw notFound('What this answers is not there any more.');
		const isAnswer = about.kind === 'question' && about.author_id !== viewer.id;
		return isAnswer
			? answerQuestion(db, viewer, itemId, parse(newAnswer, said))
			: addComment(db, viewer, itemId, parse(newComment, said));
	},
	ask: (db, viewer, asked) => askQuestion(db, viewer, parse(newQuestion, asked))
};

/** Fetches mail each minute where a mailbox is set. Call it before the jobs are started. */
export function wireMailbox(db: Db, config: Config): void {
	const mailbox = mailboxOf(config, mailInDomain(config));
	if (mailbox) wirePull(db, mailbox, doorFor(db, config, 'imap'));
}

/** Opens the port that mail comes in by, where one is set. @returns what ends it */
export async function startMailIn(db: Db, config: Config): Promise<() => Promise<void>> {
	const { MAIL_IN_PORT } = config;
	if (!MAIL_IN_PORT) return async () => {};
	const { stop } = await listenForMail({ ...config, MAIL_IN_PORT }, doorFor(db, config, config.MAIL_IN_PROTOCOL));
	return stop;
}

function doorFor(db: Db, config: Config, via: 'smtp' | 'lmtp' | 'imap') {
	const sender = /([^\s<>]+@[^\s<>]+?)>?\s*$/.exec(config.MAIL_FROM)?.[1]?.toLowerCase();
	const trust = { authserv: config.MAIL_IN_AUTHSERV };
	return doorOf(db, { domain: mailInDomain(config), ours: sender ? [sender] : [], trust, via });
}
