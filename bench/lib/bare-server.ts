/** See `startBaseline`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openClient } from '#src/platform/server/client.ts';

const { client } = openClient(process.env.DATABASE_URL!, 10);
await client`create table if not exists bench_page (id integer primary key, title text not null)`;
await client`insert into bench_page values (1, 'A page') on conflict do nothing`;
const page = Buffer.alloc(Number(process.env.BYTES), 'x');

const server = createServer(async (_request, response) => {
	await client`select id, title from bench_page where id = ${1}`;
	response.writeHead(200, { 'content-type': 'text/html', 'content-length': page.length }).end(page);
});
server.listen(0, () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
