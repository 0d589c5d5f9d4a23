import { integer, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const question = pgTable('question', {
	itemId: uuid('item_id').primaryKey(),
	status: text('status', { enum: ['open', 'needs_info', 'answered', 'duplicate'] })
		.notNull()
		.default('open'),
	acceptedAnswerId: uuid('accepted_answer_id'),
	duplicateOf: uuid('duplicate_of'),
	answerCount: integer('answer_count').notNull().default(0),
	usefulAt: moment('useful_at'),
	/** How long the asker waited in their working hours, and for which useful answer that was reckoned. */
	workedMinutes: integer('worked_minutes'),
	workedFor: moment('worked_for'),
	climbStep: smallint('climb_step').notNull().default(0),
	climbAt: moment('climb_at'),
	climbSince: moment('climb_since').notNull().defaultNow()
});

export const answerPromiseOf = pgTable('answer_promise', {
	spaceId: uuid('space_id').primaryKey(),
	share: smallint('share').notNull(),
	hours: smallint('hours').notNull(),
	madeBy: uuid('made_by'),
	madeAt: moment('made_at').notNull().defaultNow()
});

export const questionAsk = pgTable(
	'question_ask',
	{
		questionId: uuid('question_id').notNull(),
		personId: uuid('person_id').notNull(),
		askedBy: uuid('asked_by'),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.questionId, table.personId] })]
);
