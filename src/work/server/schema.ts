import { date, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import { senders } from '../prompt.ts';
import { goalStates, noteKinds, type Year } from '../work.ts';

export const workGoal = pgTable('work_goal', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	title: text('title').notNull(),
	why: text('why').notNull().default(''),
	sign: text('sign').notNull().default(''),
	reachBy: date('reach_by'),
	state: text('state', { enum: goalStates }).notNull().default('open'),
	endedOn: date('ended_on'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const workNote = pgTable('work_note', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	kind: text('kind', { enum: noteKinds }).notNull(),
	goalId: uuid('goal_id'),
	text: text('text').notNull(),
	address: text('address').notNull().default(''),
	about: text('about').notNull().default(''),
	happenedOn: date('happened_on').notNull(),
	key: text('key').notNull(),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const workShare = pgTable('work_share', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	readerId: uuid('reader_id').notNull(),
	year: integer('year').notNull(),
	content: jsonb('content').$type<Year>().notNull(),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const workHook = pgTable('work_hook', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id'),
	name: text('name').notNull(),
	sender: text('sender', { enum: senders }).notNull(),
	account: text('account').notNull().default(''),
	secret: text('secret').notNull(),
	createdBy: uuid('created_by'),
	createdAt: moment('created_at').notNull().defaultNow(),
	heardAt: moment('heard_at'),
	heard: text('heard').notNull().default('')
});

export const workPrompt = pgTable('work_prompt', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	hookId: uuid('hook_id').notNull(),
	key: text('key').notNull(),
	title: text('title').notNull(),
	address: text('address').notNull().default(''),
	state: text('state', { enum: ['open', 'answered', 'away', 'forgotten'] })
		.notNull()
		.default('open'),
	arrivedAt: moment('arrived_at').notNull().defaultNow()
});

export const workPace = pgTable('work_pace', {
	personId: uuid('person_id').primaryKey(),
	aWeek: integer('a_week').notNull().default(2),
	pausedUntil: date('paused_until')
});
