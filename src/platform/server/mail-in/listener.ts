import type { SMTPServerSession } from 'smtp-server';
import { exitCodes, StartError, type Config } from '../config.ts';
import { log } from '../log.ts';
import type { Envelope } from './authentic.ts';

/** What is said of a mail to one of its recipients. 4xx: try again later, 5xx: never. */
export interface Answer {
	code: number;
	/** Behind the code; begins with an enhanced status (RFC 3463) unless it is 250. */
	text: string;
}

export const TAKEN: Answer = { code: 250, text: 'Taken' };

/** What is asked about a mail that comes in. */
export interface Door {
	/** Whether mail to this address may be taken at all. */
	knows(recipient: string): Promise<Answer>;
	/**
	 * Takes a whole mail.
	 * @param mail `refused`: it is refused for this, whatever else it is; `raw` may be its beginning alone
	 * @returns an answer for each recipient, in their order
	 */
	take(mail: { raw: Buffer; envelope: Envelope; recipients: string[]; refused?: Answer }): Promise<Answer[]>;
}

const MOST_RECIPIENTS = 20;
const MOST_CLIENTS = 50;
/** Bytes of mails that are being taken at the same time. */
const MOST_AT_ONCE = 300 * 1024 * 1024;

type Settings = Pick<Config, 'MAIL_IN_HOST' | 'MAIL_IN_PROTOCOL' | 'MAIL_IN_MEGABYTES'> & { MAIL_IN_PORT: number };

/**
 * Takes mail from the mail server in front, by SMTP or LMTP. Nothing is relayed: there is no way out of here.
 * @param settings port 0 takes a free one
 * @returns the port, and what ends it
 * @throws StartError where the port cannot be opened
 */
export async function listenForMail(settings: Settings, door: Door): Promise<{ port: number; stop(): Promise<void> }> {
	const { MAIL_IN_PORT: port, MAIL_IN_HOST: host, MAIL_IN_PROTOCOL: protocol } = settings;
	const size = settings.MAIL_IN_MEGABYTES * 1024 * 1024;
	let underWay = 0;
	/** Unknown recipients by connection: nobody tries out names. */
	const guesses = new WeakMap<SMTPServerSession, number>();
	const { SMTPServer } = await import('smtp-server');
	const server = new SMTPServer({
		...{ lmtp: protocol === 'lmtp', size, authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] },
		...{ logger: false, disableReverseLookup: true, maxClients: MOST_CLIENTS, hideENHANCEDSTATUSCODES: true },
		...{ socketTimeout: 60_000, closeTimeout: 5_000, banner: 'Trellis' },
		onRcptTo({ address }, session, done) {
			if (session.envelope.rcptTo.length >= MOST_RECIPIENTS || (guesses.get(session) ?? 0) >= MOST_RECIPIENTS)
				return done(problem({ code: 452, text: '4.5.3 Too many recipients: 20 at most in one mail' }));
			door.knows(address).then(
				(answer) => {
					if (answer.code === 250) return done();
					guesses.set(session, (guesses.get(session) ?? 0) + 1);
					done(problem(answer));
				},
				(error) => done(problem(later(error)))
			);
		},
		onData(stream, session, done) {
			const chunks: Buffer[] = [];
			let bytes = 0;
			let isFull = false;
			stream.on('data', (chunk: Buffer) => {
				// Read to its end, or the other side would not hear why; but not kept.
				isFull ||= underWay + chunk.length > MOST_AT_ONCE;
				if (stream.sizeExceeded || isFull) return;
				chunks.push(chunk);
				bytes += chunk.length;
				underWay += chunk.length;
			});
			const release = () => {
				underWay -= bytes;
				bytes = 0;
			};
			stream.once('close', release);
			stream.once('end', () => {
				const raw = Buffer.concat(chunks.splice(0));
				const recipients = session.envelope.rcptTo.map(({ address }) => address);
				const same = (answer: Answer) => recipients.map(() => answer);
				const answers = stream.sizeExceeded
					? Promise.resolve(same({ code: 552, text: `5.3.4 Larger than ${settings.MAIL_IN_MEGABYTES} MB` }))
					: isFull
						? Promise.resolve(same({ code: 452, text: '4.3.1 Too much at once: try again later' }))
						: door.take({ raw, envelope: envelopeOf(session), recipients }).catch((error) => same(later(error)));
				void answers.then((all) => {
					release();
					answer(all, protocol === 'lmtp', done);
				});
			});
		}
	});
	server.on('error', (error) => log.info({ code: (error as { code?: string }).code }, 'a mail connection broke off'));
	await new Promise<void>((open, fail) => {
		server.server.once('error', (error: NodeJS.ErrnoException) => fail(cannotOpen(error, port, host)));
		server.listen(port, host, open);
	});
	return {
		port: (server.server.address() as { port: number }).port,
		stop: () => new Promise((closed) => server.close(closed))
	};
}

const problem = ({ code, text }: Answer) => Object.assign(new Error(text), { responseCode: code });

function later(error: unknown): Answer {
	log.error({ err: error }, 'a mail could not be taken');
	return { code: 451, text: '4.3.0 Not just now: try again later' };
}

type Done = (error?: Error | null, message?: string) => void;

/** LMTP answers for each recipient. SMTP has one answer: a mail that one of them takes is taken. */
function answer(all: Answer[], isLmtp: boolean, done: Done): void {
	if (isLmtp) {
		const each = all.map((one) => (one.code === 250 ? one.text : problem(one)));
		return done(null, each as unknown as string);
	}
	const best = [...all].sort((a, b) => a.code - b.code)[0]!;
	const wait = all.find(({ code }) => code >= 400 && code < 500);
	// What was taken already is known again when the whole mail comes a second time.
	const said = wait ?? best;
	if (said.code === 250) done(null, said.text);
	else done(problem(said));
}

const envelopeOf = ({ remoteAddress, hostNameAppearsAs, envelope }: SMTPServerSession): Envelope => ({
	...{ ip: remoteAddress.replace(/^::ffff:/, ''), helo: (hostNameAppearsAs || '').slice(0, 255) },
	from: (envelope.mailFrom ? envelope.mailFrom.address : '').toLowerCase().slice(0, 320)
});

function cannotOpen(error: NodeJS.ErrnoException, port: number, host: string): unknown {
	const sentences: Record<string, string> = {
		EADDRINUSE: `Port ${port} is in use: set MAIL_IN_PORT to another one.`,
		EACCES: `Port ${port} may not be opened by this user: set MAIL_IN_PORT to one above 1023.`,
		EADDRNOTAVAIL: `This machine has no address ${host}: set MAIL_IN_HOST to one it has.`
	};
	const sentence = sentences[error.code ?? ''];
	return sentence ? new StartError(sentence, exitCodes.portInUse) : error;
}
