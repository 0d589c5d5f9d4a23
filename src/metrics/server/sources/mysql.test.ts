import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from '#src/platform/server/parse.ts';
import { openFetch } from '#src/platform/server/safe-fetch.ts';
import { hasMariadb, startMariadb, type Mariadb } from '#src/testing/mariadb.ts';
import { newQuery } from '../../input.ts';
import { linesOfQuery } from './query.ts';

openFetch({ allow: () => true });
afterAll(() => openFetch(undefined));

const LIMITS = { statementMs: 1000, allMs: 4000 };
const QUERY = 'select at as day, sum(count) as value from closed group by 1; ';

test('addresses of MySQL and MariaDB are taken, others are not', () => {
	for (const scheme of ['mysql', 'mariadb', 'postgres'])
		expect(parse(newQuery, { database: `${scheme}://a:b@db.example/shop`, query: QUERY }).database).toContain(scheme);
	for (const wrong of ['mysql://', 'mysqlx://a@b/c', 'mysql://a b/c'])
		expect(() => parse(newQuery, { database: wrong, query: QUERY })).toThrow('must be like');
});

test('an address inside is not reached unless the configuration says so', async () => {
	openFetch(undefined);
	const asked = linesOfQuery('mysql://a:b@127.0.0.1:3306/shop', QUERY, 'UTC', LIMITS);
	await expect(asked).rejects.toThrow('not on the public internet');
	openFetch({ allow: () => true });
});

describe('a server that lies', () => {
	/** What it does with a connection: it may answer whatever comes. */
	let behave: (socket: Socket) => void = () => {};
	const open = new Set<Socket>();
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('error', () => {}).on('close', () => open.delete(socket));
		behave(socket);
		// Who does not read does not hear that the other side is gone.
		socket.resume();
	});
	let address = '';
	beforeAll(async () => {
		await once(server.listen(0, '127.0.0.1'), 'listening');
		address = `mysql://reader:hunter2@127.0.0.1:${(server.address() as AddressInfo).port}/shop`;
	});
	afterAll(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});

	const packet = (sequence: number, ...parts: (string | number | Buffer)[]) => {
		const body = Buffer.concat(
			parts.map((part) =>
				typeof part === 'number'
					? Buffer.from([part])
					: Buffer.isBuffer(part)
						? part
						: Buffer.from(`${part}\0`, 'latin1')
			)
		);
		const head = Buffer.alloc(4);
		head.writeUIntLE(body.length, 0, 3);
		head[3] = sequence;
		return Buffer.concat([head, body]);
	};
	/** As MySQL 8 greets: with a salt, what it can, and how passwords are asked for. */
	const hello = packet(
		...[0, 10, '8.0.36', Buffer.from([1, 0, 0, 0]), 'saltsalt', Buffer.from([0xff, 0xf7, 0x21, 2, 0, 0xff, 0xc1, 21])],
		...[Buffer.alloc(10), 'saltsaltsalt', 'mysql_native_password']
	);
	const ok = (sequence: number) => packet(sequence, Buffer.from([0, 0, 0, 2, 0, 0, 0]));
	/** Greets, lets in, and then answers each question with what is given. */
	const answering = (answer: (socket: Socket) => void) => (socket: Socket) => {
		socket.write(hello);
		let asked = 0;
		const heard: Buffer[] = [];
		socket.on('data', (data) => {
			heard.push(data);
			asked += 1;
			if (asked === 1) socket.write(ok(2));
			else answer(socket);
		});
	};
	const ask = () => linesOfQuery(address, QUERY, 'UTC', LIMITS);

	test('it hangs: at once, after its greeting, or when it is asked', async () => {
		for (const hangs of [() => {}, (socket: Socket) => void socket.write(hello), answering(() => {})]) {
			behave = hangs;
			const begun = Date.now();
			await expect(linesOfQuery(address, QUERY, 'UTC', { ...LIMITS, allMs: 700 })).rejects.toThrow('took too long');
			expect(Date.now() - begun).toBeLessThan(3000);
		}
		await expect.poll(() => open.size).toBe(0);
	});

	test('it wants a file of this machine, or the password as it is', async () => {
		const heard: string[] = [];
		behave = (socket) => {
			socket.on('data', (data) => heard.push(data.toString('latin1')));
			answering((to) => void to.write(packet(1, 0xfb, Buffer.from('/etc/passwd'))))(socket);
		};
		await expect(ask()).rejects.toThrow(/could not be reached|took too long/);
		behave = (socket) => {
			socket.write(hello);
			socket.on('data', (data) => heard.push(data.toString('latin1')));
			socket.once('data', () => socket.write(packet(2, 0xfe, 'mysql_clear_password')));
		};
		await expect(ask()).rejects.toThrow('could not be reached');
		expect(heard.join()).toContain('reader');
		expect(heard.join()).not.toMatch(/root:|hunter2/);
	});

	test('it sends without end: one packet, or many lines', async () => {
		const flood = (first: Buffer, more: Buffer) => (socket: Socket) => {
			socket.write(first);
			const on = () => {
				while (!socket.destroyed && socket.write(more));
			};
			socket.on('drain', on);
			on();
		};
		const whole = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 1]), Buffer.alloc(0xffffff, 1)]);
		behave = answering(flood(packet(1, 1), whole));
		await expect(ask()).rejects.toThrow(/far more than was asked for|could not be reached/);
		behave = flood(hello, whole);
		await expect(ask()).rejects.toThrow(/far more than was asked for|could not be reached/);
	});

	test('it breaks its words: whatever it sends, it is told and nothing else falls', async () => {
		for (const way of ['trace', 'error'] as const) vi.spyOn(console, way).mockImplementation(() => {});
		const column = Buffer.concat([
			...['def', '', '', '', 'day', 'day'].map((text) =>
				Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
			),
			Buffer.from([0x0c, 33, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0])
		]);
		const good = [
			packet(1, 1),
			packet(2, column),
			packet(3, 0xfe, 0, 0, 2, 0),
			packet(4, 1, 0x38),
			packet(5, 0xfe, 0, 0, 2, 0)
		];
		const all = Buffer.concat(good);
		let state = 7;
		const lot = (below: number) => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % below;
		for (let round = 0; round < 100; round += 1) {
			const [greeting, answer] = [Buffer.from(hello), Buffer.from(all)];
			const spoiled = round % 3 === 0 ? greeting : answer;
			for (let bit = 0; bit <= round % 4; bit += 1) spoiled[lot(spoiled.length)] = lot(256);
			const cut = round % 5 === 0 ? answer.subarray(0, lot(answer.length)) : answer;
			behave = (socket) => {
				socket.write(greeting);
				let asked = 0;
				socket.on('data', () => {
					asked += 1;
					socket.write(asked === 1 ? ok(2) : cut);
					if (asked > 1) socket.end();
				});
			};
			const went = await linesOfQuery(address, QUERY, 'UTC', { ...LIMITS, allMs: 400 }).then(
				() => 'lines',
				(error: Error) => error.name
			);
			expect(['lines', 'NotPulled']).toContain(went);
		}
		vi.restoreAllMocks();
	});
});

describe.skipIf(!hasMariadb())('MariaDB, where it is installed', () => {
	let server: Mariadb;
	let address = '';
	beforeAll(async () => {
		server = await startMariadb();
		await server.run(
			...['create database shop', 'use shop', 'create table closed (at date, count int)'],
			"insert into closed select '2026-03-01' + interval seq day, 40 + seq from seq_0_to_9",
			"create user reader@'%' identified by 'se cret'",
			"grant all on shop.* to reader@'%'",
			"grant file on *.* to reader@'%'",
			'create function sneak() returns int begin delete from closed; return 1; end'
		);
		address = `mysql://reader:se%20cret@127.0.0.1:${server.port}/shop`;
	});
	afterAll(() => server.stop());

	test('its lines are read', async () => {
		const lines = await linesOfQuery(address, QUERY, 'UTC', LIMITS);
		expect(lines).toHaveLength(10);
		expect(lines[0]).toEqual({ line: 1, day: '2026-03-01', value: '40' });
		const odd = "select null as day, 'ü' as value union all select '2026-03-01', 1.50";
		expect((await linesOfQuery(address, odd, 'UTC', LIMITS)).map(({ day, value }) => [day, value])).toEqual([
			['', 'ü'],
			['2026-03-01', '1.50']
		]);
	});

	test('it is only read, for a bounded time and number of lines', async () => {
		for (const [query, why] of [
			['select 1 as day, sneak() as value', 'would write'],
			[
				'select 1 as day, 2 as value) q; delete from closed; select * from (select 1 as day, 2 as value',
				/ER_PARSE_ERROR/
			],
			["select 1 as day, 2 as value) as q into outfile '/tmp/trellis-out' -- ", 'would write'],
			["select 1 as day, 2 as value) as q into/**/outfile '/tmp/trellis-out' -- ", 'would write'],
			['select sleep(9) as day, 2 as value', 'took too long'],
			['select a.seq as day, b.seq as value from seq_1_to_9999 a, seq_1_to_9999 b', 'more than 20,000'],
			['select at as day, max(a.count * b.count) as value from closed a, closed b, closed c group by 2', /ER_/],
			['select 1 as one', /Unknown column|ER_/],
			["select load_file('/etc/passwd') as day, benchmark(1000000000, md5('a')) as value", 'took too long']
		] as const)
			await expect(linesOfQuery(address, query, 'UTC', LIMITS), query).rejects.toThrow(why);
		expect(await linesOfQuery(address, QUERY, 'UTC', LIMITS)).toHaveLength(10);
	});

	test('a table that somebody holds locked is not waited for', async () => {
		const held = server.run('use shop', 'lock table closed write', 'do sleep(3)');
		await new Promise((done) => setTimeout(done, 300));
		await expect(linesOfQuery(address, QUERY, 'UTC', LIMITS)).rejects.toThrow(/too long|ER_LOCK/);
		await held;
	});

	test('a wrong password, a database that is gone and a zone it does not know are told without the password', async () => {
		for (const [wrong, zone, why] of [
			[address.replace('se%20cret', 'hunter2'), 'UTC', /Access denied/],
			[address.replace('/shop', '/none'), 'UTC', /none/],
			[address, 'Europe/Vienna', 'knows no time zones by name'],
			['mysql://a:b@127.0.0.1:1/shop', 'UTC', /could not be reached|port/]
		] as const) {
			const error = await linesOfQuery(wrong, QUERY, zone, LIMITS).catch((error: Error) => error);
			expect((error as Error).message).toMatch(why);
			expect((error as Error).message).not.toMatch(/hunter2|se cret/);
		}
	});

	test('it is asked through TLS, and with a certificate of somebody else not at all', async () => {
		expect(await linesOfQuery(`${address}?sslmode=require`, QUERY, 'UTC', LIMITS)).toHaveLength(10);
		for (const mode of ['sslmode=verify-full', 'ssl-mode=VERIFY_IDENTITY'])
			await expect(linesOfQuery(`${address}?${mode}`, QUERY, 'UTC', LIMITS)).rejects.toThrow('could not be reached');
		const much = "select 1 as day, repeat('x', 9000000) as value";
		for (const way of ['', '?sslmode=require'])
			await expect(linesOfQuery(address + way, much, 'UTC', LIMITS).then(({ length }) => length)).rejects.toThrow(
				'far more than was asked for'
			);
	});
});
