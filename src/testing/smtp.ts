import { SMTPServer } from 'smtp-server';

export interface Received {
	from: string;
	to: string[];
	/** The whole message as it came over the wire. */
	raw: string;
	/** One header, unfolded. */
	header(name: string): string | undefined;
}

export interface TestMailServer {
	url: string;
	received: Received[];
	/** Answers for the next messages, one each: a code (450 is temporary, 550 for good), or 'lost' for one it takes without being able to say so. */
	failures: (number | 'lost')[];
	/** What a code of `failures` is said with. */
	refusal?: string;
	/** Called when a message has been taken, before it is confirmed. */
	onTaken?: () => Promise<void>;
	close(): Promise<void>;
}

/** A real mail server on a free port that keeps what it gets. */
export async function testMailServer(): Promise<TestMailServer> {
	const received: Received[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		logger: false,
		onData(stream, session, done) {
			let raw = '';
			stream.on('data', (chunk) => (raw += chunk));
			stream.on('end', async () => {
				const failure = self.failures.shift();
				if (typeof failure === 'number')
					return done(Object.assign(new Error(self.refusal ?? 'Not now'), { responseCode: failure }));
				received.push({
					...{ from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '', raw },
					...{ to: session.envelope.rcptTo.map(({ address }) => address) },
					header: (name) => header(raw, name)
				});
				await self.onTaken?.();
				done(failure === 'lost' ? Object.assign(new Error('Closing'), { responseCode: 421 }) : null);
			});
		}
	});
	server.on('error', () => {});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.server.address() as { port: number };
	const self: TestMailServer = {
		...{ url: `smtp://127.0.0.1:${port}`, received, failures: [] },
		close: () => new Promise((closed) => server.close(closed))
	};
	return self;
}

function header(raw: string, name: string): string | undefined {
	const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
	return head
		.split('\r\n')
		.find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
		?.slice(name.length + 1)
		.trim();
}

/** Waits until something holds, ten seconds at most; the assertion that follows says what was missing. */
export async function until(holds: () => boolean | Promise<boolean>, seconds = 10): Promise<void> {
	const end = Date.now() + seconds * 1000;
	while (Date.now() < end && !(await holds())) await new Promise((done) => setTimeout(done, 25));
}
