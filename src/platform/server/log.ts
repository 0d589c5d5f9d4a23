import pino from 'pino';

/** Whose messages are written by programs, not quoted from what people typed. */
const OWN_WORDS = ['Error', 'TypeError', 'ReferenceError', 'RangeError', 'StartError', 'AggregateError'];

/**
 * Structured logs, one JSON line an event. Never pass personal text (titles, bodies,
 * names, addresses): ids, kinds, counts and times only. Errors are cut down accordingly.
 */
export const log = pino({
	level: process.env.LOG_LEVEL || 'info',
	base: undefined,
	timestamp: pino.stdTimeFunctions.isoTime,
	serializers: { err: describeError }
});

/**
 * What an error tells without quoting anybody: a database error repeats the row it
 * refused, a parser the text it could not read, so their messages stay out.
 */
export function describeError(error: unknown): Record<string, unknown> {
	if (!(error instanceof Error)) return { type: typeof error };
	const { code, constraint_name, constraint, table_name, table } = error as unknown as Record<string, unknown>;
	return {
		type: error.constructor.name,
		...(code !== undefined && { code }),
		...((constraint_name ?? constraint) !== undefined && { constraint: constraint_name ?? constraint }),
		...((table_name ?? table) !== undefined && { table: table_name ?? table }),
		...(code === undefined && OWN_WORDS.includes(error.name) && !error.cause && { message: error.message }),
		...(error.cause instanceof Error && { cause: describeError(error.cause) }),
		at: (error.stack ?? '')
			.split('\n')
			.filter((line) => /^\s+at /.test(line))
			.slice(0, 12)
			.map((line) => line.trim())
	};
}
