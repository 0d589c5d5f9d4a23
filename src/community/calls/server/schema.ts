import { pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import { callKinds } from '../call.ts';

export const communityCall = pgTable('community_call', {
	id: uuid('id').primaryKey(),
	spaceId: uuid('space_id').notNull(),
	kind: text('kind', { enum: callKinds }).notNull(),
	topic: text('topic').notNull(),
	byId: uuid('by_id').notNull(),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const communityCalled = pgTable(
	'community_called',
	{
		callId: uuid('call_id').notNull(),
		personId: uuid('person_id').notNull(),
		answer: text('answer', { enum: ['yes', 'no'] }),
		answeredAt: moment('answered_at')
	},
	(table) => [primaryKey({ columns: [table.callId, table.personId] })]
);
