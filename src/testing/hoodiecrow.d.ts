declare module 'hoodiecrow-imap' {
	interface Options {
		plugins?: string[];
		users?: Record<string, { password: string }>;
		storage?: Record<string, { messages: { raw: string }[] }>;
	}
	interface Server {
		server: { address(): { port: number } };
		getMailbox(name: string): { messages: { raw: string; flags: string[] }[] };
		listen(port: number, open: () => void): void;
		close(closed: () => void): void;
	}
	/** An IMAP server that keeps its mailboxes in memory. */
	export default function hoodiecrow(options: Options): Server;
}
