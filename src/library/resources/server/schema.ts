import { integer, pgTable, primaryKey, real, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { medias } from '../resource.ts';

export const resource = pgTable('resource', {
	itemId: uuid('item_id').primaryKey(),
	fileId: uuid('file_id').notNull(),
	media: text('media', { enum: medias }).notNull(),
	seconds: real('seconds'),
	starts: real('starts'),
	ends: real('ends')
});

export const resourceVersion = pgTable(
	'resource_version',
	{ itemId: uuid('item_id').notNull(), version: integer('version').notNull(), fileId: uuid('file_id').notNull() },
	(table) => [primaryKey({ columns: [table.itemId, table.version] })]
);

export const resourceCaption = pgTable(
	'resource_caption',
	{ itemId: uuid('item_id').notNull(), language: text('language').notNull(), vtt: text('vtt').notNull() },
	(table) => [primaryKey({ columns: [table.itemId, table.language] })]
);

export const resourceChapter = pgTable(
	'resource_chapter',
	{ itemId: uuid('item_id').notNull(), seconds: real('seconds').notNull(), title: text('title').notNull() },
	(table) => [primaryKey({ columns: [table.itemId, table.seconds] })]
);

export const resourcePoint = pgTable(
	'resource_point',
	{
		itemId: uuid('item_id').notNull(),
		place: smallint('place').notNull(),
		text: text('text').notNull(),
		seconds: real('seconds'),
		page: integer('page')
	},
	(table) => [primaryKey({ columns: [table.itemId, table.place] })]
);

export const resourceNarration = pgTable(
	'resource_narration',
	{ itemId: uuid('item_id').notNull(), page: integer('page').notNull(), fileId: uuid('file_id').notNull() },
	(table) => [primaryKey({ columns: [table.itemId, table.page] })]
);
