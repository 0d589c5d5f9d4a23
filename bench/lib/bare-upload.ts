/** The baseline of uploads: a bare server that streams what comes to a file and answers when it is on the disk. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

let count = 0;
const server = createServer(async (request, response) => {
	const path = join(process.env.FOLDER!, String((count += 1)));
	await pipeline(request, createWriteStream(path));
	// At /kept it promises what Trellis does: that no power cut takes the file away.
	if (request.url === '/kept') {
		const file = await open(path, 'r+');
		await file.sync();
		await file.close();
	}
	response.writeHead(204).end();
});
server.requestTimeout = 0;
server.listen(0, () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`));
process.once('SIGTERM', () => process.exit(0));
