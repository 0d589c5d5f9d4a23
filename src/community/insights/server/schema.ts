import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const communityWelcome = pgTable(
	'community_welcome',
	{
		spaceId: uuid('space_id').notNull(),
		personId: uuid('person_id').notNull(),
		byId: uuid('by_id').notNull(),
		line: text('line').notNull(),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.spaceId, table.personId] })]
);

export const communityHush = pgTable(
	'community_hush',
	{
		personId: uuid('person_id').notNull(),
		spaceId: uuid('space_id').notNull(),
		until: moment('until')
	},
	(table) => [primaryKey({ columns: [table.personId, table.spaceId] })]
);
