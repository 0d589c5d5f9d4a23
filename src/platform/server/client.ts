import postgres from 'postgres';

/** A pool of connections, without the query builder: all that start, migrations and benches need. */
export interface Client {
	/** The driver, for LISTEN, COPY and the hottest queries. */
	client: postgres.Sql;
	close(): Promise<void>;
}

/** What else the driver can be told; it hands on what is told on a channel, though its types do not say so. */
interface More extends Pick<postgres.Options<Record<string, never>>, 'onclose' | 'max_lifetime' | 'fetch_types'> {
	onnotify?: (channel: string, message: string) => void;
}

/** @see connect */
export function openClient(
	url: string,
	max = 10,
	settings: Record<string, string | number> = {},
	more: More = {}
): Client {
	const { address, host } = splitSocketFolder(url);
	const client = postgres(address, {
		...(host && { host }),
		max,
		onnotice: () => {},
		connect_timeout: 10,
		connection: { application_name: 'trellis', ...settings },
		...more
	});
	return { client, close: () => client.end({ timeout: 5 }) };
}

/**
 * libpq names a socket folder as `?host=/folder` ("Connection URIs"); the driver wants
 * it as an option and would send it to the server as a setting otherwise.
 */
function splitSocketFolder(url: string): { address: string; host?: string } {
	const address = new URL(url);
	const host = address.searchParams.get('host') ?? undefined;
	address.searchParams.delete('host');
	return { address: address.href, host };
}
