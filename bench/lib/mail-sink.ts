/** A mail server that takes everything and keeps, of each mail, who it came to and its Message-ID. Told by `count` or `list` what it answers. */
import { SMTPServer } from 'smtp-server';

/** Message-ID and how often it came. */
const taken = new Map<string, number>();
/** Each address that got something. */
const receivers = new Set<string>();
let count = 0;
const DELAY_MS = Number(process.env.DELAY_MS ?? 0);

const server = new SMTPServer({
	...{ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], disableReverseLookup: true, logger: false },
	onData(stream, { envelope }, done) {
		let head = '';
		stream.on('data', (chunk: Buffer) => {
			if (!head.includes('\r\n\r\n')) head += chunk.toString('latin1');
		});
		stream.on('end', () => {
			const id = /^message-id:\s*(\S+)/im.exec(head)?.[1] ?? '';
			taken.set(id, (taken.get(id) ?? 0) + 1);
			count += 1;
			for (const { address } of envelope.rcptTo) receivers.add(address);
			if (DELAY_MS > 0) setTimeout(done, DELAY_MS);
			else done();
		});
	}
});
server.on('error', () => {});
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
	process.send!({ port: (server.server.address() as { port: number }).port });
});

process.on('message', (asked) => {
	if (asked === 'clear') {
		taken.clear();
		receivers.clear();
		count = 0;
	}
	process.send!(
		asked === 'list' ? { count, taken: [...taken] } : { count, different: taken.size, receivers: receivers.size }
	);
});
process.on('disconnect', () => process.exit(0));
