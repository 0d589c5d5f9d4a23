import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const signal = pgTable('signal', {
	id: uuid('id').primaryKey(),
	actorId: uuid('actor_id').notNull(),
	verb: text('verb').notNull(),
	itemId: uuid('item_id'),
	spaceId: uuid('space_id'),
	result: jsonb('result').$type<Record<string, unknown>>(),
	at: moment('at').notNull().defaultNow()
});
