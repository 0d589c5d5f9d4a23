import { Agent, request } from 'node:http';
import { createToken } from '#src/core/api/server/tokens.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { connect, type Db } from '#src/platform/server/db.ts';
import { startJobs, stopJobs } from '#src/platform/server/jobs.ts';
import { changeStatus, makeWorkplaceSurvey } from '#src/survey/server/write.ts';
import { people, WAYS } from '#src/survey/workplace/questions.ts';
import { ways } from '#src/survey/workplace/ways.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';

/** Surveys on learning in the workplace, open, and people who may answer each of them, by their tokens. */
export async function anAskedCrowd(
	databaseUrl: string,
	{ surveys, people: many }: { surveys: number; people: number }
): Promise<{ surveys: string[]; tokens: { id: string; token: string }[] }> {
	const { db, client, close } = connect(databaseUrl, 4);
	await startJobs(databaseUrl, false);
	try {
		await client`insert into organisation (name) values ('Bench') on conflict do nothing`;
		const spaceId = await aSpace(db);
		const author = await aPerson(db, { spaces: [spaceId], steward: true });
		const ids: string[] = [];
		for (let at = 0; at < surveys; at += 1) ids.push(await anOpenOne(db, author, spaceId));
		const tokens: { id: string; token: string }[] = [];
		for (let at = 0; at < many; at += 1) {
			const person = await aPerson(db, { spaces: [spaceId] });
			const { token } = await createToken(db, person, { name: 'Bench', scopes: ['read', 'write'], days: 1 });
			tokens.push({ id: person.id, token });
		}
		await client`vacuum analyze`;
		return { surveys: ids, tokens };
	} finally {
		await stopJobs();
		await close();
	}
}

async function anOpenOne(db: Db, author: Viewer, spaceId: string): Promise<string> {
	const id = await makeWorkplaceSurvey(db, author, { spaceId, edition: '' });
	await changeStatus(db, author, id, 'open');
	return id;
}

const any = (many: number) => Math.floor(Math.random() * many);

/** What somebody answers: eight questions, of which one has ten rows. */
export const anAnswer = () => ({
	version: 1,
	answers: { [WAYS]: ways.map(() => any(4)), ...Object.fromEntries(people.map(({ key }) => [key, any(3)])) }
});

const agent = new Agent({ keepAlive: true });

/** Sends an answer through the API. @returns the status; 0 where no whole answer came */
export function sendAnswer(url: string, survey: string, token: string): Promise<{ status: number; said: string }> {
	const body = JSON.stringify(anAnswer());
	return new Promise((done) => {
		const failed = () => done({ status: 0, said: '' });
		const sent = request(`${url}/api/v1/surveys/${survey}/answers`, {
			...{ method: 'POST', agent, timeout: 30_000 },
			headers: {
				'content-type': 'application/json',
				'content-length': Buffer.byteLength(body),
				authorization: `Bearer ${token}`
			}
		});
		sent.on('error', failed).on('timeout', () => sent.destroy());
		sent.on('response', (response) => {
			let said = '';
			response.setEncoding('utf8').on('data', (part: string) => (said += part));
			response.on('error', failed).on('end', () => done({ status: response.statusCode ?? 0, said }));
		});
		sent.end(body);
	});
}
