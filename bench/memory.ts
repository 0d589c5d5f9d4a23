import { connect } from '#src/platform/server/db.ts';
import { aPerson, aCookie, aSpace } from '#src/testing/builders.ts';
import type { Measure } from './lib/run.ts';
import { load } from './lib/load.ts';
import { megabytes } from './lib/numbers.ts';
import { startTrellis } from './lib/program.ts';

const LIMIT_MB = 180;

/** Somebody signed in. @returns their cookie */
async function signIn(databaseUrl: string): Promise<string> {
	const { db, client, close } = connect(databaseUrl, 1);
	try {
		await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
		const person = await aPerson(db, { spaces: [await aSpace(db)] });
		const { name, value } = await aCookie(db, person.id);
		return `${name}=${value}`;
	} finally {
		await close();
	}
}

export default {
	name: 'memory',
	target: `≤ ${LIMIT_MB} MB`,
	async run() {
		const trellis = await startTrellis();
		try {
			const headers = { cookie: await signIn(trellis.databaseUrl) };
			console.log(`At start: ${megabytes(trellis.resident())} MB`);
			for (const path of ['/', '/readyz']) {
				const { rate } = await load({ url: trellis.url + path, headers, amount: 5_000 });
				console.log(`After 5,000 more of ${path} (${Math.round(rate)}/s): ${megabytes(trellis.resident())} MB`);
			}
			const resident = megabytes(trellis.resident());
			return { figure: `${resident} MB`, ok: resident <= LIMIT_MB };
		} finally {
			await trellis.stop();
		}
	}
} satisfies Measure;
