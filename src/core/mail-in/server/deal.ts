import { loadViewer, type Viewer } from '#src/core/access/server/viewer.ts';
import { fileMarkdown } from '#src/core/files/server/upload.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import { row, rows, sql, type Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { enqueue } from '#src/platform/server/jobs.ts';
import { noteReturned } from '#src/platform/server/mail-address.ts';
import { log } from '#src/platform/server/log.ts';
import { readMail, type Attached, type MailText } from '#src/platform/server/mail-in/parse.ts';
import { WorkLost } from '#src/platform/server/process-pool.ts';
import { addresseeOf, type Addressee } from './addressee.ts';
import { tellBack } from './back.ts';
import { MAIL_IN_QUEUE } from './keep.ts';
import { questionIn } from './question.ts';

/** What a mail becomes; each is the command of the page, and done once for a `submission`. */
export interface Takers {
	/** An answer or a comment about an item. @returns the id of what was made */
	answer(db: Db, viewer: Viewer, itemId: string, said: { bodyMd: string; submission: string }): Promise<string>;
	ask(
		db: Db,
		viewer: Viewer,
		asked: { spaceId: string; title: string; bodyMd: string; submission: string }
	): Promise<string>;
}

interface Waiting {
	id: string;
	recipient: string;
	subject: string;
	message_id: string;
	person_id: string | null;
	raw: Buffer;
}

/** A mail that cannot become anything, said so that its sender understands it. */
class Refused extends Error {}

/**
 * Makes of a mail what it is for: the job. Done twice it makes the same thing.
 * @throws whatever passes by itself, so that it is tried again
 */
export async function dealWithMail(db: Db, takers: Takers, id: string): Promise<void> {
	const mail = await row<Waiting>(
		db,
		sql`select m.id, m.recipient, m.subject, m.message_id, m.person_id, r.raw
			from mail_in m join mail_raw r on r.id = m.raw_id where m.id = ${id} and m.state = 'waiting'`
	);
	if (!mail) return;
	try {
		const addressee = await addresseeOf(db, mail.recipient);
		if (addressee?.for === 'return') return await noteReport(db, mail, addressee.token);
		const { itemId, lost } = await makeOf(db, takers, mail, addressee);
		await settle(db, mail, { state: 'taken', itemId, why: lost.join(' ') });
	} catch (error) {
		const why = reasonOf(error);
		if (why === undefined) throw error;
		await settle(db, mail, { state: 'refused', why });
	}
}

/** What passes by itself has no reason: it is tried again. */
function reasonOf(error: unknown): string | undefined {
	if (error instanceof Refused) return error.message;
	const isFinal = error instanceof Failure && !['too_many', 'unavailable'].includes(error.kind);
	return isFinal ? error.message : undefined;
}

/** What came back from an address: whose it is, and whether they get more mail. */
async function noteReport(db: Db, mail: Waiting, token: string | undefined): Promise<void> {
	const { report } = await read(mail);
	const secret = token ?? (report.kind === 'complaint' ? report.token : undefined);
	const isAbout = secret !== undefined && report.kind !== 'nothing';
	const returned = { hard: report.kind === 'complaint' || (report.kind === 'bounce' && report.hard), why: report.why };
	await db.transaction(async (tx) => {
		const isFirst = await settle(tx, mail, { state: 'noted', why: report.why });
		const found = isFirst && isAbout ? await noteReturned(tx, { token: secret }, returned) : undefined;
		if (!found) return;
		const person = await row<{ id: string }>(tx, sql`select id from person where email = ${found.address}`);
		const outcome = found.stopped ? 'Nothing more is sent there.' : 'It is tried again with the next mail.';
		await tx.execute(sql`update mail_in set person_id = ${person?.id ?? null}, sender = ${found.address},
			why = ${`${report.why} ${outcome}`} where id = ${mail.id}`);
	});
}

/** What the process that read it did not end with may have been another's fault: a second try is final. */
async function read({ raw }: Waiting): Promise<MailText> {
	const first = readMail(raw).catch((error: Error) => {
		if (error instanceof WorkLost) return readMail(raw);
		throw error;
	});
	return first.catch((error: Error) => {
		log.info({ reason: error.name }, 'a mail could not be read');
		throw new Refused('This mail could not be read: it has too many parts, or is broken. Send it as plain text.');
	});
}

async function makeOf(
	db: Db,
	takers: Takers,
	mail: Waiting,
	addressee: Exclude<Addressee, { for: 'return' }> | undefined
): Promise<{ itemId: string; lost: string[] }> {
	const viewer = mail.person_id ? await loadViewer(db, mail.person_id) : undefined;
	if (!viewer || !addressee) throw new Refused('This address takes no mail any more. Answer in Trellis.');
	const written = await read(mail);
	if (!written.text && written.attached.length === 0)
		throw new Refused('There was nothing in it but what it quotes. Write above the quoted mail.');
	const { bodyMd, lost } = await bodyOf(db, viewer, written);
	const submission = mail.id;
	if (addressee.for === 'reply') {
		if (!bodyMd) throw new Refused(lost.join(' '));
		return { itemId: await takers.answer(db, viewer, addressee.itemId, { bodyMd, submission }), lost };
	}
	const question = questionIn(mail.subject, bodyMd);
	if (!question) throw new Refused('The subject is the question: write it with eight letters at least.');
	return { itemId: await takers.ask(db, viewer, { spaceId: addressee.spaceId, ...question, submission }), lost };
}

/** The words, and beneath them the files; `lost` says which were not kept, and why. */
async function bodyOf(
	db: Db,
	viewer: Viewer,
	{ text, attached }: MailText
): Promise<{ bodyMd: string; lost: string[] }> {
	const kept: string[] = [];
	const lost: string[] = [];
	for (const one of attached) {
		const said = await keepFile(db, viewer, one);
		if (said.markdown) kept.push(said.markdown);
		else lost.push(`“${one.name.slice(0, 100)}” was not kept: ${said.why}`);
	}
	return { bodyMd: [withBreaks(text), ...kept].filter(Boolean).join('\n\n'), lost };
}

async function keepFile(
	db: Db,
	viewer: Viewer,
	{ name, content }: Attached
): Promise<{ markdown?: string; why?: string }> {
	if (isOutlooksOwn(content)) return { why: OUTLOOKS_OWN };
	try {
		return { markdown: fileMarkdown(await storeFile(db, viewer, { name, content })) };
	} catch (error) {
		const why = reasonOf(error);
		if (why === undefined) throw error;
		return { why };
	}
}

/** `winmail.dat`: what Outlook sends as "rich text". No library that is looked after opens it. */
const isOutlooksOwn = (content: Buffer) => content.length > 6 && content.readUInt32LE(0) === 0x223e9f78;
const OUTLOOKS_OWN =
	'Outlook has packed the files of this mail in a form of its own. Send it again as HTML or plain text, and they come along.';

/** In a mail a new line is a new line; lists, quotes and code are Markdown as they stand. */
const withBreaks = (text: string) => text.replace(/(?<=[^\s\\])\n(?=[^\s\-*+>#|`\d])/g, '  \n');

interface Outcome {
	state: 'taken' | 'noted' | 'refused';
	why: string;
	itemId?: string;
}

/** Notes what became of it, forgets the mail itself, and tells its sender where something did not go in. @returns false where that was done before */
async function settle(db: Db, mail: Waiting, { state, why, itemId = undefined }: Outcome): Promise<boolean> {
	return db.transaction(async (tx) => {
		const done = await rows(
			tx,
			sql`update mail_in set state = ${state}, why = ${why.slice(0, 1000)}, item_id = ${itemId ?? null}, raw_id = null, done_at = now()
				where id = ${mail.id} and state = 'waiting' returning id`
		);
		if (done.length === 0) return false;
		await forgetUnused(tx);
		if (why && state !== 'noted') await tellBack(tx, mail, { why, isTaken: state === 'taken' });
		return true;
	});
}

const GIVE_UP = 'It could not be dealt with for two days. Send it again, or write it in Trellis.';

/** What was not dealt with is tried again, and given up after two days: the job of every ten minutes. */
export async function dealWithLeft(db: Db): Promise<void> {
	const left = await rows<Waiting & { old: boolean }>(
		db,
		sql`select id, recipient, subject, message_id, person_id, came_at < now() - interval '2 days' as old
			from mail_in where state = 'waiting' and came_at < now() - interval '10 minutes' order by came_at limit 1000`
	);
	for (const mail of left)
		await (mail.old
			? settle(db, mail, { state: 'refused', why: GIVE_UP })
			: enqueue(db, MAIL_IN_QUEUE, { id: mail.id }, { singletonKey: mail.id }));
	await forgetUnused(db);
}

/** Mails that every recipient's part of is dealt with. */
const forgetUnused = (db: Db) =>
	db.execute(sql`delete from mail_raw r where not exists (select 1 from mail_in m where m.raw_id = r.id)`);

/** What came is forgotten after 90 days: the daily job. */
export async function forgetOldMail(db: Db): Promise<void> {
	await db.execute(sql`delete from mail_in where came_at < now() - interval '90 days' and state <> 'waiting'`);
	await db.execute(sql`delete from reply_address where until < now()`);
}
