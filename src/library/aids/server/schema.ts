import { boolean, date, integer, jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import { aidTypes, type Shown } from '../aid.ts';
import type { AidContent } from '../content.ts';

export const aid = pgTable('aid', {
	itemId: uuid('item_id').primaryKey(),
	type: text('type', { enum: aidTypes }).notNull(),
	ownerId: uuid('owner_id').notNull(),
	verifyBy: date('verify_by'),
	verifiedAt: moment('verified_at'),
	verifiedBy: uuid('verified_by'),
	remindedAt: moment('reminded_at'),
	roles: text('roles').array().notNull().default([]),
	successorId: uuid('successor_id')
});

export const aidVersion = pgTable(
	'aid_version',
	{
		itemId: uuid('item_id').notNull(),
		version: integer('version').notNull(),
		content: jsonb('content').$type<AidContent>().notNull(),
		shown: jsonb('shown').$type<Shown>().notNull()
	},
	(table) => [primaryKey({ columns: [table.itemId, table.version] })]
);

export const aidPattern = pgTable(
	'aid_pattern',
	{
		itemId: uuid('item_id').notNull(),
		pattern: text('pattern').notNull(),
		host: text('host').notNull(),
		subdomains: boolean('subdomains').notNull(),
		prefix: text('prefix').notNull(),
		pathLike: text('path_like').notNull(),
		whole: boolean('whole').notNull()
	},
	(table) => [primaryKey({ columns: [table.itemId, table.pattern] })]
);

export const aidRun = pgTable('aid_run', {
	id: uuid('id').primaryKey(),
	itemId: uuid('item_id').notNull(),
	personId: uuid('person_id').notNull(),
	version: integer('version').notNull(),
	furthest: smallint('furthest').notNull().default(0),
	stuckAt: smallint('stuck_at'),
	finished: boolean('finished').notNull().default(false),
	startedAt: moment('started_at').notNull().defaultNow(),
	updatedAt: moment('updated_at').notNull().defaultNow()
});
