import { boolean, date, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import type { Qualities } from '../qualities.ts';

export const asking = pgTable('asking', {
	id: uuid('id').primaryKey(),
	itemId: uuid('item_id').notNull(),
	legalText: text('legal_text'),
	legalSource: text('legal_source'),
	legalNames: boolean('legal_names').notNull().default(false),
	analysisId: uuid('analysis_id'),
	dueOn: date('due_on'),
	dueDays: smallint('due_days'),
	renewMonths: smallint('renew_months'),
	qualities: jsonb('qualities').$type<Qualities>().notNull(),
	audience: text('audience', { enum: ['people', 'space', 'everybody'] }).notNull(),
	spaceId: uuid('space_id'),
	askedBy: uuid('asked_by').notNull(),
	createdAt: moment('created_at').notNull().defaultNow(),
	endedAt: moment('ended_at')
});

export const askingPerson = pgTable(
	'asking_person',
	{
		askingId: uuid('asking_id').notNull(),
		personId: uuid('person_id').notNull(),
		askedAt: moment('asked_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.askingId, table.personId] })]
);

export const askingTold = pgTable(
	'asking_told',
	{
		personId: uuid('person_id').notNull(),
		itemId: uuid('item_id').notNull(),
		toldAt: moment('told_at'),
		quietUntil: moment('quiet_until')
	},
	(table) => [primaryKey({ columns: [table.personId, table.itemId] })]
);
