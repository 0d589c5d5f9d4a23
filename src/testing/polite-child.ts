/** A process that visits a host some times, for a test that starts several of it. */
import { connect } from '#src/platform/server/db.ts';
import { politely } from '#src/platform/server/polite.ts';

const [databaseUrl, url, port] = process.argv.slice(2) as [string, string, string];
const { db, close } = connect(databaseUrl, 4);
const allowance = {
	allow: (_: string, to: number) => to === Number(port),
	resolve: () => Promise.resolve(['127.0.0.1'])
};
const fetch = politely(db, { allowance, pause: 5 });
await Promise.all(Array.from({ length: 6 }, () => fetch(url, { types: ['text/html'], maxBytes: 1000 })));
await close();
