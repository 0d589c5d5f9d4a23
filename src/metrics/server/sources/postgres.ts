import postgres from 'postgres';
import { allowedAddress } from '#src/platform/server/safe-fetch.ts';
import type { Given } from '../taking/sift.ts';
import { NotPulled } from './not-pulled.ts';
import { asPart, expectFew, notReached, saidBy, secureAs, TOO_LONG, WOULD_WRITE, type Asked } from './asked.ts';

/** A PostgreSQL database, at the address that was checked. @throws FetchRefused */
export async function openPostgres(url: URL, zone: string, statementMs: number): Promise<Asked> {
	url.port ||= '5432';
	const secure = secureAs(url);
	const host = await allowedAddress(url);
	const client = postgres({
		...{ host, port: Number(url.port), database: decodeURIComponent(url.pathname.slice(1)) },
		...{ username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) },
		ssl: secure === 'no' ? false : { servername: url.hostname, rejectUnauthorized: secure === 'checked' },
		...{ max: 1, connect_timeout: 8, fetch_types: false, onnotice: () => {} },
		connection: {
			...{ application_name: 'trellis figures', default_transaction_read_only: true, TimeZone: zone },
			...{ statement_timeout: statementMs, lock_timeout: 2000, idle_in_transaction_session_timeout: statementMs }
		}
	});
	return {
		read: (query) =>
			read(client, query).catch((error: unknown) => {
				throw error instanceof NotPulled ? error : new NotPulled(wordsOf(error));
			}),
		stop: () => client.end({ timeout: 0 })
	};
}

async function read(client: postgres.Sql, query: string): Promise<Given[]> {
	const found = await client.begin('read only', async (tx) => {
		const [own] = await tx`select exists (select from pg_class where relname = 'metric_source') as own`;
		if (own?.own) throw new NotPulled('This is the database of Trellis itself: what is in it is not open to all.');
		// Asked with the extended protocol, which takes one statement and no more.
		return tx.unsafe<{ day: string | null; value: string | null }[]>(
			asPart(query, (column) => `${column}::text`),
			[],
			{ simple: false, prepare: false } as postgres.UnsafeQueryOptions
		);
	});
	expectFew(found.length);
	return found.map(({ day, value }, at) => ({ line: at + 1, day: day ?? '', value: value ?? '' }));
}

function wordsOf(error: unknown): string {
	const { code = '', message = '' } = error as { code?: string; message?: string };
	if (code === '57014') return TOO_LONG;
	if (code === '25006') return WOULD_WRITE;
	return /^[0-9A-Z]{5}$/.test(code) ? saidBy(message, code) : notReached(code || undefined);
}
