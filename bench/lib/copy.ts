import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type postgres from 'postgres';

/** Writes lines in the text format of COPY, the fastest way into PostgreSQL. */
export async function copy(
	client: postgres.Sql | postgres.TransactionSql,
	into: string,
	lines: Iterable<string>
): Promise<void> {
	const target = await client.unsafe(`copy ${into} from stdin`).writable();
	await pipeline(Readable.from(chunks(lines)), target);
}

function* chunks(lines: Iterable<string>): Generator<string> {
	let chunk: string[] = [];
	for (const line of lines) {
		if (chunk.push(line) < 1000) continue;
		yield chunk.join('');
		chunk = [];
	}
	if (chunk.length > 0) yield chunk.join('');
}
