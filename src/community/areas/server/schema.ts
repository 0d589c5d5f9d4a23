import { integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import { duties } from '../area.ts';

export const area = pgTable('area', {
	id: uuid('id').primaryKey(),
	name: text('name').notNull(),
	purpose: text('purpose').notNull().default(''),
	version: integer('version').notNull().default(1),
	createdBy: uuid('created_by'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const areaSpace = pgTable(
	'area_space',
	{ areaId: uuid('area_id').notNull(), spaceId: uuid('space_id').notNull() },
	(table) => [primaryKey({ columns: [table.areaId, table.spaceId] })]
);

export const areaPerson = pgTable(
	'area_person',
	{
		areaId: uuid('area_id').notNull(),
		personId: uuid('person_id').notNull(),
		duties: text('duties', { enum: duties }).array().notNull().default([]),
		ownWords: text('own_words').notNull().default(''),
		offeredBy: uuid('offered_by'),
		offeredAt: moment('offered_at').notNull().defaultNow(),
		acceptedAt: moment('accepted_at'),
		declinedAt: moment('declined_at')
	},
	(table) => [primaryKey({ columns: [table.areaId, table.personId] })]
);
