import type { Given } from '../taking/sift.ts';
import type { Open } from './asked.ts';
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
	const url = new URL(address);
	const open = await driverOf(url);
	const database = await open(url, zone, statementMs);
	let timer: NodeJS.Timeout | undefined;
	try {
		const late = new Promise<never>((_, fail) => {
			timer = setTimeout(() => fail(new NotPulled('The database took too long.')), allMs);
		});
		return await Promise.race([database.read(query), late]);
	} finally {
		clearTimeout(timer);
		await database.stop();
	}
}

/** What speaks with a database is loaded when one is first asked. */
const driverOf = async ({ protocol }: URL): Promise<Open> =>
	/^postgres(ql)?:$/.test(protocol)
		? (await import('./postgres.ts')).openPostgres
		: (await import('./mysql.ts')).openMysql;
