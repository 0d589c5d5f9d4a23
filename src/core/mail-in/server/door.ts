import { canWriteIn } from '#src/core/access/server/policy.ts';
import { loadViewer } from '#src/core/access/server/viewer.ts';
import { countAttempt } from '#src/core/people/server/throttle.ts';
import { row, sql, type Db } from '#src/platform/server/db.ts';
import { Failure } from '#src/platform/server/errors.ts';
import { isAuthentic, type Envelope, type Trust } from '#src/platform/server/mail-in/authentic.ts';
import { readHead, writtenByMachine, type MailHead } from '#src/platform/server/mail-in/head.ts';
import { TAKEN, type Answer, type Door } from '#src/platform/server/mail-in/listener.ts';
import { addresseeOf, type Addressee } from './addressee.ts';
import { keepMail, type Judged } from './keep.ts';

export interface DoorSettings {
	/** Behind the @ of our addresses. */
	domain: string;
	/** Our own sender addresses: what comes from them goes in circles. */
	ours: string[];
	trust: Trust;
	via: 'smtp' | 'lmtp' | 'imap';
}

/** What came back often has the whole mail in it; what is said about it stands before. */
const MOST_OF_REPORT = 256 * 1024;

/** Mails one person may send to Trellis in an hour. */
const AN_HOUR = 60;

const never = (text: string): Answer => ({ code: 550, text });
const unknown = never('5.1.1 This address takes no mail, or none any more. Answer in Trellis');

/**
 * Judges mails as they come: what can be refused at once is, with a reason, so that the sender's own mail server
 * tells them; the rest is kept, and dealt with by a job.
 */
export function doorOf(db: Db, settings: DoorSettings): Door {
	return {
		knows: async (recipient) => ((await addresseeOf(db, recipient, settings.domain)) ? TAKEN : unknown),
		async take({ raw, envelope, recipients, refused }) {
			const head = await readHead(raw);
			if (!head) return recipients.map(() => never('5.6.0 The head of this mail cannot be read'));
			const { judged, isReport } = await judge(db, settings, { raw, head, envelope, recipients, refused });
			const kept = isReport ? raw.subarray(0, MOST_OF_REPORT) : raw;
			await keepMail(db, { raw: kept, head, envelope, via: settings.via }, judged);
			return judged.map(({ answer }) => answer);
		}
	};
}

interface Came {
	raw: Buffer;
	head: MailHead;
	envelope: Envelope;
	recipients: string[];
	refused?: Answer;
}

async function judge(db: Db, settings: DoorSettings, came: Came): Promise<{ judged: Judged[]; isReport: boolean }> {
	const given = came.recipients.map((each) => each.toLowerCase());
	const addressees = new Map<string, Addressee | undefined>();
	for (const each of new Set(given)) addressees.set(each, await addresseeOf(db, each, settings.domain));
	const isReport = [...addressees.values()].every((one) => one?.for === 'return');
	const about = isReport ? TAKEN : await senderOf(db, settings, came);
	const judged = new Map<string, Judged>();
	for (const [recipient, addressee] of addressees) {
		const answer = came.refused ?? (await answerTo(db, about, addressee));
		const personId = 'code' in about ? null : about.personId;
		// Who handed a mail over hears why it is refused; who left it in a mailbox is written to, if it is sure who that was.
		const tells = settings.via === 'imap' && !('code' in about) && about.proved;
		judged.set(recipient, { recipient, answer, personId, tells });
	}
	// One answer for each that was asked about, also for one that stands there twice.
	return { judged: given.map((each) => judged.get(each)!), isReport };
}

/** What comes back is written by machines and proved by nothing but the secret in its address. */
async function answerTo(db: Db, about: Sender | Answer, addressee: Addressee | undefined): Promise<Answer> {
	if (!addressee) return unknown;
	if (addressee.for === 'return') return TAKEN;
	return 'code' in about ? about : mayWrite(db, about, addressee);
}

interface Sender {
	personId: string;
	/** Their domain vouches for the mail. */
	proved: boolean;
}

/** Who wrote it, or why nobody is believed to have. */
async function senderOf(
	db: Db,
	{ ours, trust }: DoorSettings,
	{ raw, head, envelope }: Came
): Promise<Sender | Answer> {
	const machine = writtenByMachine(head, envelope.from, ours);
	if (machine) return never(`5.7.1 ${machine}`);
	if (!head.from) return never('5.7.1 The mail must name one person who wrote it');
	const authentic = await isAuthentic(raw, head, envelope, trust);
	if (authentic === 'later') return { code: 451, text: '4.7.0 The sender cannot be checked just now: try again later' };
	if (authentic === 'fail') return never('5.7.1 This mail does not come from where it says (DMARC)');
	const person = await row<{ id: string }>(
		db,
		sql`select id from person where email = ${head.from} and deactivated_at is null`
	);
	if (!person) return never('5.7.1 Only colleagues can write here, from the address Trellis knows them by');
	return { personId: person.id, proved: authentic === 'pass' };
}

/** A secret address and the right sender are enough for an answer; a question needs a sender who is proved. */
async function mayWrite(db: Db, sender: Sender, addressee: Exclude<Addressee, { for: 'return' }>): Promise<Answer> {
	if (addressee.for === 'reply') {
		if (addressee.personId !== sender.personId)
			return never('5.7.1 Only the person to whom this address was sent can answer with it');
	} else {
		if (!sender.proved) return never('5.7.1 It cannot be proved who sent this (DMARC): ask in Trellis instead');
		const viewer = await loadViewer(db, sender.personId);
		if (!viewer || !canWriteIn(viewer, addressee))
			return never('5.7.1 Only members of the space can ask in it by mail');
	}
	return countAttempt(db, `mail-in:${sender.personId}`, { attempts: AN_HOUR, minutes: 60 }).then(
		() => TAKEN,
		(error) => {
			if (error instanceof Failure) return { code: 450, text: '4.7.1 Too many mails in an hour: try again later' };
			throw error;
		}
	);
}
