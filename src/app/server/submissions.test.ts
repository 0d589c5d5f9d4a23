import { expect, test } from 'vitest';
import type { z } from 'zod';
import { newId } from '#src/platform/server/ids.ts';
import { apiClient, operations } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';

const { db } = await testDatabase();
const api = apiClient(db);

/** What makes something new, and is safe to be sent twice without a name for the submission. */
const safe: Record<string, string> = {
	'POST /files': 'the same file is kept once',
	'POST /spaces/{id}/imports': 'the same export again brings nothing',
	'POST /banks/{id}/imports': 'the same file again brings nothing',
	'POST /surveys/imports': 'the same file in the same space leads to the same survey',
	'POST /banks/{id}/objectives': 'an objective is there once by its words',
	'POST /checks/{id}/attempts': 'an attempt that is open goes on',
	'POST /feeds': 'a feed is read once',
	'POST /me/kept': 'the same address is kept once, and the same note stands once',
	'POST /feeds/rules': 'the same rule stands once',
	'POST /me/kept/{id}/highlights': 'the same passage is marked once',
	'POST /finds': 'the same address again keeps the day it was found on',
	'POST /lists': 'there is one list a month for each person and each space',
	'POST /lists/{id}/picks': 'a find stands in a list once',
	'POST /figures/{id}/sources/hooks': 'its answer is shown once; one too many is listed and can be ended',
	'POST /figures/{id}/sources/pages': 'one too many is listed and can be ended; the same values come once',
	'POST /figures/{id}/sources/queries': 'one too many is listed and can be ended; the same values come once',
	'POST /rollouts/{id}/departures': 'the same line stands once in a row for a place',
	'POST /figures/{id}/marks': 'the same words stand once on a day',
	'POST /me/feed-addresses': 'its answer is shown once; there is one of each feed',
	'POST /me/leaves': 'the same days again are one leave',
	'POST /me/push-devices': 'a device is there once by its address',
	'POST /spaces/{id}/practice/tried': 'the same words of the same day stand once',
	'POST /work/goals': 'the same goal stands once while it is open',
	'POST /work/hooks': 'its answer is shown once; one too many is listed and can be ended',
	'POST /work/notes': 'the same text of the same day stands once',
	'POST /work/years/{year}/shares': 'given again, the copy is the new one',
	'POST /spaces/{id}/calls': 'the same is asked once in 30 days',
	'POST /me/tokens': 'its answer is shown once; one too many is listed and can be ended',
	'POST /invitations': 'its answer is shown once; one too many is listed and can be taken back'
};

const creating = [...operations].filter(([, { method, status }]) => method === 'POST' && status === 201);

test.each(creating)('%s knows a submission that comes twice', (name, { body }) => {
	const takesSubmission = 'submission' in ((body as z.ZodObject | undefined)?.shape ?? {});
	expect(takesSubmission).toBe(!(name in safe));
});

test('sent twice at the same time, every kind of text stands once', async () => {
	const spaceId = await aSpace(db);
	const asker = await aPerson(db, { spaces: [spaceId] });
	const other = await aPerson(db, { spaces: [spaceId] });
	const { id: question } = (await api(asker, 'POST /questions', { spaceId, title: 'How do I close the till?' })).body;
	const text = { bodyMd: 'Count the notes.' };
	const calls: [string, object, string][] = [
		['POST /questions', { spaceId, title: 'How do I open the till?' }, 'id'],
		[`POST /questions/${question}/answers`, text, 'id'],
		[`POST /questions/${question}/comments`, text, 'id'],
		[`POST /questions/${question}/information-requests`, text, 'id'],
		[`POST /items/${question}/comments`, text, 'id'],
		['POST /pages', { spaceId, title: 'The till', ...text }, 'id'],
		['POST /spaces', { name: 'Tills', access: 'open', kind: 'team' }, 'slug']
	];
	for (const [call, body, made] of calls) {
		const sent = { ...body, submission: newId() };
		const answers = await Promise.all([api(other, call, sent), api(other, call, sent)]);
		answers.push(await api(other, call, sent));
		const results = new Set(answers.map(({ status, body }) => `${status} ${body[made]}`));
		expect([...results], call).toEqual([expect.stringMatching(/^201 [\w-]+$/)]);
	}
});
