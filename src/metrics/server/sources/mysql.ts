import { connect, type Socket } from 'node:net';
import { createConnection, type Connection, type QueryError, type TypeCastField } from 'mysql2';
import { allowedAddress } from '#src/platform/server/safe-fetch.ts';
import type { Given } from '../taking/sift.ts';
import { NotPulled } from './not-pulled.ts';
import { asPart, expectFew, notReached, saidBy, secureAs, TOO_LONG, WOULD_WRITE, type Asked } from './asked.ts';

/** More than 20,000 lines of a day and a value never are; a server that sends more is hung up on. */
const MOST_BYTES = 8 * 1024 * 1024;
const FAR_MORE = 'The database sent far more than was asked for.';

/**
 * A MySQL or MariaDB database, at the address that was checked. The server is not trusted: it
 * reads no file, gets no password as plain text, and is hung up on when it sends too much.
 * @throws FetchRefused
 */
export async function openMysql(url: URL, zone: string, statementMs: number): Promise<Asked> {
	url.port ||= '3306';
	const secure = secureAs(url);
	const host = await allowedAddress(url);
	const socket = connect({ host, port: Number(url.port), noDelay: true });
	const connection = createConnection({
		// The certificate is of this name; what is connected to was checked.
		...{ stream: () => socket, host: url.hostname, connectTimeout: 8000 },
		...{ user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
		database: decodeURIComponent(url.pathname.slice(1)),
		...(secure !== 'no' && { ssl: { rejectUnauthorized: secure === 'checked', verifyIdentity: secure === 'checked' } }),
		...{ multipleStatements: false, flags: ['-LOCAL_FILES', '-MULTI_STATEMENTS'] },
		// Names of columns come from the server: no code is made of them.
		...{ disableEval: true, rowsAsArray: true, typeCast: (field: TypeCastField) => field.string() }
	});
	const broken = new Promise<never>((_, fail) => void connection.on('error', fail));
	// Who waits for an answer hears of it; before and after that nobody needs to.
	broken.catch(() => {});
	const watched = setInterval(() => {
		if (socket.bytesRead > MOST_BYTES) socket.destroy(Object.assign(new Error(), { code: 'EMSGSIZE' }));
	}, 50);
	return {
		async read(query) {
			try {
				const lines = await Promise.race([read(connection, query, zone, statementMs), broken]);
				if (socket.bytesRead > MOST_BYTES) throw new NotPulled(FAR_MORE);
				return lines;
			} catch (error) {
				throw error instanceof NotPulled ? error : new NotPulled(wordsOf(error as QueryError, socket));
			}
		},
		stop() {
			clearInterval(watched);
			// Said farewell to, it could keep the line open.
			socket.destroy();
		}
	};
}

async function read(connection: Connection, query: string, zone: string, statementMs: number): Promise<Given[]> {
	if (/\b(outfile|dumpfile)\b/i.test(query)) throw new NotPulled(WOULD_WRITE);
	const [[version = ''] = []] = await ask(connection, 'select version()');
	await ask(
		connection,
		/mariadb/i.test(version ?? '')
			? `set session max_statement_time = ${statementMs / 1000}`
			: `set session max_execution_time = ${statementMs}`
	);
	await ask(connection, 'set session lock_wait_timeout = 2, innodb_lock_wait_timeout = 2');
	await ask(connection, `set session time_zone = ${connection.escape(zone === 'UTC' ? '+00:00' : zone)}`);
	await ask(connection, 'set session transaction read only');
	await ask(connection, 'start transaction read only');
	const found = await ask(
		connection,
		asPart(query, (column) => `cast(${column} as char)`)
	);
	return found.map(([day, value], at) => ({ line: at + 1, day: day ?? '', value: value ?? '' }));
}

type Line = (string | null)[];

/** Asks, and takes lines as they come: what gives too many is broken off. */
function ask(connection: Connection, statement: string): Promise<Line[]> {
	return new Promise((done, fail) => {
		const lines: Line[] = [];
		const command = connection.query(statement);
		command.on('error', fail);
		command.on('result', (line: unknown) => {
			if (!Array.isArray(line)) return;
			lines.push(line as Line);
			try {
				expectFew(lines.length);
			} catch (error) {
				fail(error as Error);
			}
		});
		command.on('end', () => done(lines));
	});
}

/** Codes of MySQL and of MariaDB: it took too long, it would write, it knows no such time zone. */
const [LONG, WRITES, NO_ZONE] = [[3024, 1969, 1317], [1792, 1290, 1288], [1298]];

function wordsOf(
	{ code = '', errno = 0, sqlMessage = '' }: QueryError & { sqlMessage?: string },
	socket: Socket
): string {
	if (socket.bytesRead > MOST_BYTES) return FAR_MORE;
	if (LONG.includes(errno)) return TOO_LONG;
	if (WRITES.includes(errno)) return WOULD_WRITE;
	if (NO_ZONE.includes(errno))
		return 'The database knows no time zones by name: load them there (mysql_tzinfo_to_sql), or let a figure have its days in UTC.';
	return sqlMessage ? saidBy(sqlMessage, code || errno) : notReached(code || undefined);
}
