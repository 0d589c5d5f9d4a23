import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const file = pgTable('file', {
	id: uuid('id').primaryKey(),
	sha256: text('sha256').notNull(),
	name: text('name').notNull(),
	mime: text('mime').notNull(),
	bytes: integer('bytes').notNull(),
	width: integer('width'),
	height: integer('height'),
	thumbnailSha256: text('thumbnail_sha256'),
	shared: boolean('shared').notNull().default(false),
	uploaderId: uuid('uploader_id').notNull(),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const itemFile = pgTable(
	'item_file',
	{
		itemId: uuid('item_id').notNull(),
		fileId: uuid('file_id').notNull()
	},
	(table) => [primaryKey({ columns: [table.itemId, table.fileId] })]
);
