import { date, integer, pgTable, primaryKey, text, time, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import { aheads, ways } from '../activity.ts';

export const activity = pgTable('activity', {
	itemId: uuid('item_id').primaryKey(),
	way: text('way', { enum: ways }).notNull(),
	place: text('place').notNull().default(''),
	link: text('link').notNull().default(''),
	forWhom: text('for_whom').notNull().default(''),
	runnerId: uuid('runner_id'),
	beginsOn: date('begins_on').notNull(),
	beginsAt: time('begins_at'),
	endsOn: date('ends_on').notNull(),
	endsAt: time('ends_at'),
	zone: text('zone').notNull(),
	begins: moment('begins').notNull(),
	ends: moment('ends').notNull(),
	moves: integer('moves').notNull().default(0),
	needId: uuid('need_id'),
	metricId: uuid('metric_id'),
	markedAt: moment('marked_at'),
	recording: text('recording').notNull().default(''),
	askId: uuid('ask_id')
});

export const activityReminder = pgTable(
	'activity_reminder',
	{
		itemId: uuid('item_id').notNull(),
		personId: uuid('person_id').notNull(),
		ahead: text('ahead', { enum: aheads }).notNull(),
		sentAt: moment('sent_at')
	},
	(table) => [primaryKey({ columns: [table.itemId, table.personId] })]
);
