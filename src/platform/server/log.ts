import pino from 'pino';

/**
 * Structured logs, one JSON line an event. Never pass personal text (titles, bodies,
 * names, addresses): ids, kinds, counts and times only.
 */
export const log = pino({
	level: process.env.LOG_LEVEL || 'info',
	base: undefined,
	timestamp: pino.stdTimeFunctions.isoTime
});
