import { boolean, integer, pgTable, primaryKey, real, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const link = pgTable('link', {
	itemId: uuid('item_id').primaryKey(),
	url: text('url').notNull(),
	key: text('key').notNull(),
	titled: boolean('titled').notNull().default(false),
	site: text('site').notNull().default(''),
	author: text('author').notNull().default(''),
	publishedAt: moment('published_at'),
	description: text('description').notNull().default(''),
	language: text('language').notNull().default(''),
	words: integer('words').notNull().default(0),
	fileType: text('file_type').notNull().default(''),
	imageUrl: text('image_url').notNull().default(''),
	imageId: uuid('image_id'),
	state: text('state', { enum: ['waiting', 'page', 'login', 'file', 'gone', 'failed'] })
		.notNull()
		.default('waiting'),
	problem: text('problem').notNull().default(''),
	cut: boolean('cut').notNull().default(false),
	snapshot: integer('snapshot').notNull().default(0),
	etag: text('etag').notNull().default(''),
	lastModified: text('last_modified').notNull().default(''),
	askedAt: moment('asked_at'),
	lookedAt: moment('looked_at'),
	seenAt: moment('seen_at'),
	lostAt: moment('lost_at'),
	failures: integer('failures').notNull().default(0),
	everyDays: real('every_days').notNull().default(7),
	nextLookAt: moment('next_look_at').notNull().defaultNow(),
	mergedInto: uuid('merged_into')
});

export const linkAddress = pgTable(
	'link_address',
	{ spaceId: uuid('space_id').notNull(), key: text('key').notNull(), itemId: uuid('item_id').notNull() },
	(table) => [primaryKey({ columns: [table.spaceId, table.key] })]
);

export const linkSnapshot = pgTable(
	'link_snapshot',
	{
		itemId: uuid('item_id').notNull(),
		version: integer('version').notNull(),
		title: text('title').notNull(),
		html: text('html').notNull(),
		text: text('text').notNull(),
		takenAt: moment('taken_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.itemId, table.version] })]
);

export const linkCheck = pgTable(
	'link_check',
	{
		itemId: uuid('item_id').notNull(),
		personId: uuid('person_id').notNull(),
		verdict: text('verdict', { enum: ['trust', 'care', 'avoid'] }).notNull(),
		behind: text('behind').notNull().default(''),
		dated: text('dated').notNull().default(''),
		evidence: text('evidence').notNull().default(''),
		purpose: text('purpose').notNull().default(''),
		corroboration: text('corroboration').notNull().default(''),
		snapshot: integer('snapshot').notNull(),
		madeAt: moment('made_at').notNull().defaultNow(),
		expiresAt: moment('expires_at').notNull()
	},
	(table) => [primaryKey({ columns: [table.itemId, table.personId] })]
);
