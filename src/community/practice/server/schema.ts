import { date, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const practice = pgTable(
	'practice',
	{
		spaceId: uuid('space_id').notNull(),
		personId: uuid('person_id').notNull(),
		since: moment('since').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.spaceId, table.personId] })]
);

export const practiceNote = pgTable('practice_note', {
	id: uuid('id').primaryKey(),
	spaceId: uuid('space_id').notNull(),
	personId: uuid('person_id').notNull(),
	text: text('text').notNull(),
	triedOn: date('tried_on').notNull(),
	key: text('key').notNull(),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const practiceInvite = pgTable(
	'practice_invite',
	{
		spaceId: uuid('space_id').notNull(),
		personId: uuid('person_id').notNull(),
		invitedBy: uuid('invited_by'),
		invitedAt: moment('invited_at').notNull().defaultNow(),
		declinedAt: moment('declined_at')
	},
	(table) => [primaryKey({ columns: [table.spaceId, table.personId] })]
);
