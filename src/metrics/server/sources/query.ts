import postgres from 'postgres';
import { allowedAddress } from '#src/platform/server/safe-fetch.ts';
import type { Given } from '../taking/sift.ts';
import { MOST_LINES } from '../taking/table.ts';
import { NotPulled } from './not-pulled.ts';

/** Milliseconds that the database may take, and that all may take. */
const [STATEMENT_MS, ALL_MS] = [20_000, 30_000];

interface Limits {
	statementMs?: number;
	allMs?: number;
}

/**
 * The lines that a query gives: of its columns `day` and `value`. It runs as a part of one
 * statement that reads, in a transaction that reads, for a bounded time and number of lines.
 * @param address with the account and its password
 * @param zone in which the database says moments
 * @throws NotPulled with what the database says
 */
export async function linesOfQuery(
	address: string,
	query: string,
	zone: string,
	{ statementMs = STATEMENT_MS, allMs = ALL_MS }: Limits = {}
): Promise<Given[]> {
	const client = await open(address, zone, statementMs);
	let timer: NodeJS.Timeout | undefined;
	try {
		const late = new Promise<never>((_, fail) => {
			timer = setTimeout(() => fail(new NotPulled('The database took too long.')), allMs);
		});
		return await Promise.race([read(client, query), late]);
	} catch (error) {
		throw error instanceof NotPulled ? error : new NotPulled(wordsOf(error));
	} finally {
		clearTimeout(timer);
		// What still runs is broken off.
		await client.end({ timeout: 0 });
	}
}

async function open(address: string, zone: string, statementMs: number): Promise<postgres.Sql> {
	const url = new URL(address);
	url.port ||= '5432';
	const secure = /^(require|verify-ca|verify-full)$/.exec(url.searchParams.get('sslmode') ?? '')?.[1];
	const host = await allowedAddress(url);
	return postgres({
		...{ host, port: Number(url.port), database: decodeURIComponent(url.pathname.slice(1)) },
		...{ username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
		ssl: secure ? { servername: url.hostname, rejectUnauthorized: secure !== 'require' } : false,
		...{ max: 1, connect_timeout: 8, fetch_types: false, onnotice: () => {} },
		connection: {
			...{ application_name: 'trellis figures', default_transaction_read_only: true, TimeZone: zone },
			...{ statement_timeout: statementMs, lock_timeout: 2000, idle_in_transaction_session_timeout: statementMs }
		}
	});
}

async function read(client: postgres.Sql, query: string): Promise<Given[]> {
	const found = await client.begin('read only', async (tx) => {
		const [own] = await tx`select exists (select from pg_class where relname = 'metric_source') as own`;
		if (own?.own) throw new NotPulled('This is the database of Trellis itself: what is in it is not open to all.');
		// Asked with the extended protocol, which takes one statement and no more.
		return tx.unsafe<{ day: string | null; value: string | null }[]>(
			`select q.day::text as day, q.value::text as value from (${query.replace(/;\s*$/, '')}\n) as q limit ${MOST_LINES + 1}`,
			[],
			{ simple: false, prepare: false } as postgres.UnsafeQueryOptions
		);
	});
	if (found.length > MOST_LINES)
		throw new NotPulled(`It gives more than ${MOST_LINES.toLocaleString('en')} lines: let the database add them up.`);
	return found.map(({ day, value }, at) => ({ line: at + 1, day: day ?? '', value: value ?? '' }));
}

/** What the database says, without what it was told: no password stands in it. */
function wordsOf(error: unknown): string {
	const { code = '', message = '' } = error as { code?: string; message?: string };
	if (code === '57014') return 'The query took too long and was broken off.';
	if (code === '25006') return 'The query would write: only reading is let through.';
	if (/^[0-9A-Z]{5}$/.test(code)) return `The database says: ${message.slice(0, 200)} (${code})`;
	return (error as Error).name === 'FetchRefused'
		? message
		: `The database could not be reached (${code || 'it broke off'}).`;
}
