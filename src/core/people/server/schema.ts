import { boolean, date, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const organisation = pgTable('organisation', {
	id: boolean('id').primaryKey().default(true),
	name: text('name').notNull(),
	openDomains: text('open_domains').array().notNull().default([]),
	language: text('language').notNull().default('en'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const person = pgTable('person', {
	id: uuid('id').primaryKey(),
	name: text('name').notNull(),
	email: text('email').notNull(),
	emailVerified: boolean('email_verified').notNull().default(false),
	image: text('image'),
	twoFactorEnabled: boolean('two_factor_enabled').notNull().default(false),
	headline: text('headline').notNull().default(''),
	askMeAbout: text('ask_me_about').array().notNull().default([]),
	timeZone: text('time_zone').notNull().default('UTC'),
	language: text('language').notNull().default('en'),
	workStart: smallint('work_start').notNull().default(540),
	workEnd: smallint('work_end').notNull().default(1020),
	workDays: smallint('work_days').array().notNull().default([1, 2, 3, 4, 5]),
	deactivatedAt: moment('deactivated_at'),
	createdAt: moment('created_at').notNull().defaultNow(),
	updatedAt: moment('updated_at').notNull().defaultNow()
});

/** Days on which somebody is away, both included; no two of a person's touch. */
export const personLeave = pgTable('person_leave', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	fromDay: date('from_day').notNull(),
	untilDay: date('until_day').notNull(),
	word: text('word').notNull().default(''),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const orgRole = pgTable(
	'org_role',
	{
		personId: uuid('person_id').notNull(),
		role: text('role', { enum: ['admin', 'community_manager', 'learning_adviser', 'people_manager'] }).notNull(),
		grantedBy: uuid('granted_by'),
		grantedAt: moment('granted_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.personId, table.role] })]
);
