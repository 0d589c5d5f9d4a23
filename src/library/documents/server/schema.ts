import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import type { Block, Contents, View } from '../document.ts';

export const document = pgTable('document', {
	itemId: uuid('item_id').primaryKey(),
	fileId: uuid('file_id').notNull(),
	state: text('state', { enum: ['waiting', 'reading', 'read', 'unreadable'] })
		.notNull()
		.default('waiting'),
	reason: text('reason').notNull().default(''),
	notes: text('notes').array().notNull().default([]),
	format: text('format').notNull().default(''),
	unit: text('unit', { enum: ['page', 'slide', 'sheet', 'section'] })
		.notNull()
		.default('section'),
	headings: jsonb('headings').$type<Contents[]>().notNull().default([]),
	views: jsonb('views').$type<View[]>().notNull().default([]),
	partCount: integer('part_count').notNull().default(0),
	attempts: integer('attempts').notNull().default(0),
	queuedAt: moment('queued_at').notNull().defaultNow(),
	readAt: moment('read_at')
});

export const documentPart = pgTable(
	'document_part',
	{
		itemId: uuid('item_id').notNull(),
		no: integer('no').notNull(),
		anchor: text('anchor').notNull(),
		locator: text('locator').notNull(),
		title: text('title').notNull(),
		blocks: jsonb('blocks').$type<Block[]>().notNull(),
		view: integer('view').notNull(),
		pictureId: uuid('picture_id')
	},
	(table) => [primaryKey({ columns: [table.itemId, table.no] })]
);
