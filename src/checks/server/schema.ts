import { boolean, integer, jsonb, pgTable, primaryKey, real, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import type { Answer } from '../answer.ts';
import type { QuestionContent } from '../question.ts';

export const questionBank = pgTable('question_bank', {
	id: uuid('id').primaryKey(),
	spaceId: uuid('space_id').notNull(),
	title: text('title').notNull(),
	createdBy: uuid('created_by').notNull(),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const objective = pgTable('objective', {
	id: uuid('id').primaryKey(),
	bankId: uuid('bank_id').notNull(),
	title: text('title').notNull(),
	position: integer('position').notNull().default(0)
});

export const bankQuestion = pgTable('bank_question', {
	id: uuid('id').primaryKey(),
	bankId: uuid('bank_id').notNull(),
	objectiveId: uuid('objective_id'),
	version: integer('version').notNull().default(1),
	state: text('state', { enum: ['draft', 'ready', 'retired'] })
		.notNull()
		.default('ready'),
	provenance: jsonb('provenance').$type<{ source: string; id: string }>(),
	createdBy: uuid('created_by').notNull(),
	createdAt: moment('created_at').notNull().defaultNow(),
	updatedAt: moment('updated_at').notNull().defaultNow()
});

export const bankQuestionVersion = pgTable(
	'bank_question_version',
	{
		questionId: uuid('question_id').notNull(),
		version: integer('version').notNull(),
		content: jsonb('content').$type<QuestionContent>().notNull(),
		editedBy: uuid('edited_by'),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.questionId, table.version] })]
);

export const checkItem = pgTable('check_item', {
	itemId: uuid('item_id').primaryKey(),
	bankId: uuid('bank_id').notNull(),
	minutes: smallint('minutes').notNull(),
	contentMinutes: smallint('content_minutes').notNull().default(0),
	passPercent: smallint('pass_percent').notNull().default(80),
	jobSeconds: integer('job_seconds'),
	jobClock: text('job_clock'),
	expertId: uuid('expert_id'),
	threadId: uuid('thread_id'),
	faqId: uuid('faq_id')
});

export const checkDraw = pgTable(
	'check_draw',
	{
		itemId: uuid('item_id').notNull(),
		objectiveId: uuid('objective_id').notNull(),
		draws: smallint('draws').notNull(),
		position: integer('position').notNull().default(0)
	},
	(table) => [primaryKey({ columns: [table.itemId, table.objectiveId] })]
);

export const checkContent = pgTable(
	'check_content',
	{
		itemId: uuid('item_id').notNull(),
		contentId: uuid('content_id').notNull(),
		position: integer('position').notNull().default(0)
	},
	(table) => [primaryKey({ columns: [table.itemId, table.contentId] })]
);

export const checkAttempt = pgTable('check_attempt', {
	id: uuid('id').primaryKey(),
	itemId: uuid('item_id').notNull(),
	personId: uuid('person_id').notNull(),
	number: integer('number').notNull(),
	grader: smallint('grader').notNull(),
	passPercent: smallint('pass_percent').notNull(),
	jobSeconds: integer('job_seconds'),
	givenBack: smallint('given_back').notNull().default(0),
	testOut: boolean('test_out').notNull().default(false),
	revision: integer('revision').notNull().default(0),
	state: text('state', { enum: ['open', 'in_review', 'passed', 'failed'] })
		.notNull()
		.default('open'),
	points: real('points'),
	most: real('most'),
	startedAt: moment('started_at').notNull().defaultNow(),
	submittedAt: moment('submitted_at'),
	settledAt: moment('settled_at')
});

export const attemptQuestion = pgTable(
	'attempt_question',
	{
		attemptId: uuid('attempt_id').notNull(),
		questionId: uuid('question_id').notNull(),
		version: integer('version').notNull(),
		position: smallint('position').notNull(),
		seed: integer('seed').notNull(),
		answer: jsonb('answer').$type<Answer>(),
		answeredAt: moment('answered_at'),
		points: real('points'),
		most: real('most').notNull().default(1),
		late: boolean('late').notNull().default(false)
	},
	(table) => [primaryKey({ columns: [table.attemptId, table.questionId] })]
);

export const attemptReview = pgTable(
	'attempt_review',
	{
		attemptId: uuid('attempt_id').notNull(),
		questionId: uuid('question_id').notNull(),
		reviewerId: uuid('reviewer_id').notNull(),
		levels: jsonb('levels').$type<Record<string, number>>().notNull(),
		note: text('note').notNull(),
		reviewedAt: moment('reviewed_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.attemptId, table.questionId] })]
);

export const checkHelp = pgTable(
	'check_help',
	{
		askedId: uuid('asked_id').notNull(),
		checkId: uuid('check_id').notNull(),
		questionId: uuid('question_id'),
		contentId: uuid('content_id'),
		fragment: text('fragment').notNull().default('')
	},
	(table) => [primaryKey({ columns: [table.askedId, table.checkId] })]
);

export const checkSignoff = pgTable('check_signoff', {
	id: uuid('id').primaryKey(),
	itemId: uuid('item_id').notNull(),
	signedBy: uuid('signed_by').notNull(),
	note: text('note').notNull().default(''),
	signed: jsonb('signed').notNull(),
	signedAt: moment('signed_at').notNull().defaultNow()
});
