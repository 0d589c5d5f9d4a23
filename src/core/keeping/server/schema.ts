import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const keptHighlight = pgTable('kept_highlight', {
	id: uuid('id').primaryKey(),
	keptId: uuid('kept_id').notNull(),
	exact: text('exact').notNull(),
	prefix: text('prefix').notNull().default(''),
	suffix: text('suffix').notNull().default(''),
	place: integer('place').notNull(),
	note: text('note').notNull().default(''),
	version: integer('version').notNull().default(1),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const keptUncounted = pgTable('kept_uncounted', {
	personId: uuid('person_id').primaryKey(),
	since: moment('since').notNull().defaultNow()
});

export const kept = pgTable('kept', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	itemId: uuid('item_id'),
	entryId: uuid('entry_id'),
	url: text('url').notNull().default(''),
	key: text('key').notNull().default(''),
	title: text('title').notNull().default(''),
	author: text('author').notNull().default(''),
	site: text('site').notNull().default(''),
	publishedAt: moment('published_at'),
	html: text('html').notNull().default(''),
	text: text('text').notNull().default(''),
	words: integer('words').notNull().default(0),
	problem: text('problem').notNull().default(''),
	lookedAt: moment('looked_at'),
	note: text('note').notNull().default(''),
	tags: text('tags').array().notNull().default([]),
	version: integer('version').notNull().default(1),
	createdAt: moment('created_at').notNull().defaultNow(),
	removedAt: moment('removed_at')
});
