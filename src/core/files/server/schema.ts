import { bigint, boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const file = pgTable('file', {
	id: uuid('id').primaryKey(),
	sha256: text('sha256').notNull(),
	name: text('name').notNull(),
	mime: text('mime').notNull(),
	bytes: bigint('bytes', { mode: 'number' }).notNull(),
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

export const upload = pgTable('upload', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	name: text('name').notNull(),
	bytes: bigint('bytes', { mode: 'number' }).notNull(),
	heldBy: uuid('held_by'),
	heldUntil: moment('held_until').notNull().defaultNow(),
	fileId: uuid('file_id'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const fileLimit = pgTable('file_limit', {
	id: boolean('id').primaryKey().default(true),
	fileBytes: bigint('file_bytes', { mode: 'number' }).notNull(),
	personBytes: bigint('person_bytes', { mode: 'number' }),
	allBytes: bigint('all_bytes', { mode: 'number' })
});
