import { exitCodes, StartError } from './config.ts';
import type { Client } from './client.ts';
import { whyNot } from './trouble.ts';

const OLDEST = 15;

/** What the driver or the server says when nobody gets in, in words for whoever wrote DATABASE_URL. */
const reasons: Record<string, string> = {
	ECONNREFUSED: 'nothing listens there',
	ENOENT: 'there is no such socket',
	ENOTFOUND: 'the host is not known',
	EAI_AGAIN: 'the host is not known',
	CONNECT_TIMEOUT: 'it does not answer',
	ETIMEDOUT: 'it does not answer',
	EHOSTUNREACH: 'the host cannot be reached',
	ECONNRESET: 'it hung up; does it want TLS (?sslmode=require)',
	'28P01': 'the password is wrong',
	'28000': 'the role is unknown or may not connect',
	'3D000': 'there is no such database',
	'53300': 'it has no connection left',
	'57P03': 'it is still starting'
};

/**
 * Makes sure the database is there and new enough.
 * @throws StartError in one sentence, without the password
 */
export async function reach({ client }: Client, url: string): Promise<void> {
	const { hostname, port, pathname } = new URL(url);
	const name = `${hostname || 'localhost'}:${port || 5432}${pathname}`;
	let version: number;
	try {
		const [row] = await client<{ version: string }[]>`select current_setting('server_version_num') as version`;
		version = Number(row!.version);
	} catch (error) {
		const { code = '', message } = error as { code?: string; message: string };
		throw new StartError(
			`The database ${name} cannot be used: ${reasons[code] ?? whyNot(error, message)}. Check DATABASE_URL.`,
			exitCodes.databaseUnreachable
		);
	}
	expectNewEnough(name, version);
}

/** @param version as `server_version_num` tells it: 150004 is 15.4. @throws StartError */
export function expectNewEnough(name: string, version: number): void {
	const major = Math.floor(version / 10_000);
	if (major >= OLDEST) return;
	throw new StartError(
		`The database ${name} is PostgreSQL ${major}: Trellis needs ${OLDEST} or newer.`,
		exitCodes.databaseUnfit
	);
}
