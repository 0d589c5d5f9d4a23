import type { Viewer } from '#src/core/access/server/viewer.ts';
import { noteOptIn, noteOptOut } from '#src/core/notify/server/opt-outs.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import { FetchRefused, safeFetch } from '#src/platform/server/safe-fetch.ts';
import { seal, unseal } from '#src/platform/server/vault.ts';
import { paragraphsOf } from '#src/core/web/server/page.ts';
import type { Chat } from '../drip.ts';
import { withTips } from './follow.ts';
import { tipAddress, tipsOut, waysOf, type TipOut } from './letter.ts';

/** The queue in which tips wait for chats. */
export const CHAT = 'tips.chat';

/** Chats answer `ok`, `1`, JSON or nothing. */
const ANSWERS = ['text/', 'application/', ''];

/** Posts a message to an incoming webhook. @returns the status @throws FetchRefused */
async function post(address: string, text: string): Promise<number> {
	const { status } = await safeFetch(address, {
		...{ types: ANSWERS, maxBytes: 10_000, cut: true, json: { text } },
		headers: { accept: '*/*' }
	});
	return status;
}

/**
 * Keeps where the viewer's chat takes messages, after it has taken a first one.
 * @throws Failure invalid when it does not take one
 */
export async function setChat(db: Db, viewer: Viewer, address: string): Promise<void> {
	const status = await tryIt(address);
	if (status >= 300) throw invalid({ address: `does not take messages: it answered ${status}` });
	await db.execute(sql`insert into drip_chat (person_id, address) values (${viewer.id}, ${seal(address, viewer.id)})
		on conflict (person_id) do update set address = excluded.address, problem = '', created_at = now()`);
	await noteOptIn(db, viewer.id, { about: 'chat', target: '' });
}

async function tryIt(address: string): Promise<number> {
	try {
		return await post(address, 'Your tips from Trellis will come here. Turn it on for each series that you follow.');
	} catch (error) {
		if (error instanceof FetchRefused) throw invalid({ address: `does not take messages. ${error.message}` });
		throw error;
	}
}

/** Forgets it; what came that way comes no more. */
export const removeChat = (db: Db, viewer: Viewer): Promise<void> =>
	withTips(db, viewer.id, async (tx) => {
		const gone = await rows(tx, sql`delete from drip_chat where person_id = ${viewer.id} returning 1`);
		await tx.execute(sql`update drip_follow set by_chat = false where person_id = ${viewer.id}`);
		if (gone.length > 0) await noteOptOut(tx, viewer.id, { about: 'chat', target: '' });
	});

/** Where the viewer's chat is; null where none was named. */
export async function chatOf(db: Db, viewer: Viewer): Promise<Chat | null> {
	const found = await row<{ address: string; problem: string }>(
		db,
		sql`select address, problem from drip_chat where person_id = ${viewer.id}`
	);
	return found ? { host: new URL(unseal(found.address, viewer.id)).host, problem: found.problem } : null;
}

/**
 * Hands a tip to somebody's chat: the job. What fails is tried again; a chat that is gone is told on their page. The
 * follow is locked meanwhile: whoever stops or pauses it is answered when the tip is out.
 * @param data `note`: what was wrong with it, where it is a correction
 */
export const chatTip = (db: Db, tip: { tipId: string; personId: string; note?: string }): Promise<void> =>
	db.transaction(async (tx) => {
		const chat = await row<ChatRow>(
			tx,
			sql`select c.address, st.mail_key, f.days, f.every, f.drip_id,
					coalesce(f.paused_until > now(), false) or coalesce(st.paused_until > now(), false) as paused
				from drip_chat c
				join notification_settings st on st.person_id = c.person_id
				join drip_tip t on t.id = ${tip.tipId} and t.withdrawn_at is null
				join drip_follow f on f.person_id = c.person_id and f.drip_id = t.drip_id and f.by_chat
				where c.person_id = ${tip.personId} and c.problem = '' for share of f`
		);
		if (chat?.paused) return waitInstead(tx, tip, chat.drip_id);
		if (chat) await postTip(tx, tip, chat);
	});

interface ChatRow {
	address: string;
	mail_key: string;
	days: number[];
	every: number;
	drip_id: string;
	paused: boolean;
}

/** Paused since it was taken: it was not got, and comes after the pause. */
async function waitInstead(tx: Db, { tipId, personId }: { tipId: string; personId: string }, dripId: string) {
	await tx.execute(sql`delete from drip_receipt
		where person_id = ${personId} and tip_id = ${tipId} and via = 'chat' and done_at is null`);
	await tx.execute(sql`update drip_follow set next_at = least(next_at, now())
		where person_id = ${personId} and drip_id = ${dripId}`);
}

async function postTip(
	tx: Db,
	{ tipId, personId, note }: { tipId: string; personId: string; note?: string },
	chat: ChatRow
): Promise<void> {
	const tip = (await tipsOut(tx, [tipId])).get(tipId);
	if (!tip) return;
	const status = await post(unseal(chat.address, personId), messageOf(personId, chat.mail_key, tip, chat, note));
	if (status < 300) return;
	if (![400, 401, 403, 404, 410].includes(status)) throw new Error(`The chat answered ${status}.`);
	await tx.execute(sql`update drip_chat set problem = ${`It answered ${status}.`} where person_id = ${personId}`);
}

function messageOf(
	personId: string,
	key: string,
	tip: TipOut,
	rhythm: { days: number[]; every: number },
	note?: string
): string {
	const { known, slower, faster, pause, stop } = waysOf(personId, key, tip, rhythm);
	const links = note ? [stop] : [known, slower, faster, pause, stop];
	return [
		`*${tip.title}*  (${tip.series}, ${tip.place} of ${tip.of})`,
		...(note ? [`This was wrong when it came to you: ${note} It is right now:`] : []),
		paragraphsOf(tip.html),
		tipAddress(tip),
		links.flatMap((one) => (one ? [`${one.label}: ${one.href}`] : [])).join('\n')
	].join('\n\n');
}
