import { expect, test } from 'vitest';
import { exitCodes } from './config.ts';
import { expectNewEnough } from './reach.ts';

test.each([150000, 150004, 180001])('PostgreSQL %i is new enough', (version) => {
	expect(() => expectNewEnough('db:5432/trellis', version)).not.toThrow();
});

test.each([
	[140013, 14],
	[130016, 13],
	[90624, 9]
])('PostgreSQL %i is refused in one sentence', (version, major) => {
	const message = `The database db:5432/trellis is PostgreSQL ${major}: Trellis needs 15 or newer.`;
	expect(() => expectNewEnough('db:5432/trellis', version)).toThrow(
		expect.objectContaining({ message, exitCode: exitCodes.databaseUnfit })
	);
});
