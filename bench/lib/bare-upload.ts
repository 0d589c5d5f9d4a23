/** The baseline of uploads: a bare server that streams what comes to a file and answers when it stands there. */
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

let count = 0;
const server = createServer(async (request, response) => {
	await pipeline(request, createWriteStream(join(process.env.FOLDER!, String((count += 1)))));
	response.writeHead(204).end();
});
server.requestTimeout = 0;
server.listen(0, () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
