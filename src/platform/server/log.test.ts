import { expect, test } from 'vitest';
import { testDatabase } from '#src/testing/database.ts';
import { describeError } from './log.ts';
import { sql } from './db.ts';

const { db } = await testDatabase();
const SECRET = 'what somebody wrote';

async function failureOf(work: () => unknown): Promise<unknown> {
	try {
		await work();
	} catch (error) {
		return error;
	}
}

test('a database error is told by code and constraint, without the row it refused', async () => {
	const error = await failureOf(() => db.execute(sql`select ${SECRET}::text::integer`));
	const told = describeError(error);
	expect(JSON.stringify(told)).not.toContain(SECRET);
	expect(told.cause).toMatchObject({ code: '22P02' });
});

test('a parser error is told without the text it could not read', async () => {
	const error = await failureOf(() => JSON.parse(SECRET));
	expect(JSON.stringify(describeError(error))).not.toContain('what');
});

test('an error in our own code keeps its message and its place', async () => {
	const told = describeError(new TypeError('undefined is not a function'));
	expect(told).toMatchObject({ type: 'TypeError', message: 'undefined is not a function' });
	expect(told.at).toEqual(expect.arrayContaining([expect.stringContaining('log.test.ts')]));
});
