import { boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

/** Where an imported item came from: the source's name and its id there, and what else it tells. */
export interface Provenance {
	source: string;
	id: string;
	[more: string]: unknown;
}

export const item = pgTable('item', {
	id: uuid('id').primaryKey(),
	kind: text('kind').notNull(),
	spaceId: uuid('space_id').notNull(),
	authorId: uuid('author_id').notNull(),
	anonymous: boolean('anonymous').notNull().default(false),
	parentId: uuid('parent_id'),
	title: text('title').notNull().default(''),
	bodyMd: text('body_md').notNull().default(''),
	bodyHtml: text('body_html').notNull().default(''),
	state: text('state', { enum: ['open', 'archived', 'removed'] })
		.notNull()
		.default('open'),
	tags: text('tags').array().notNull().default([]),
	version: integer('version').notNull().default(1),
	helpedCount: integer('helped_count').notNull().default(0),
	helpedMinutes: integer('helped_minutes').notNull().default(0),
	provenance: jsonb('provenance').$type<Provenance>(),
	createdAt: moment('created_at').notNull().defaultNow(),
	updatedAt: moment('updated_at').notNull().defaultNow(),
	activeAt: moment('active_at').notNull().defaultNow()
});

export const revision = pgTable(
	'revision',
	{
		itemId: uuid('item_id').notNull(),
		version: integer('version').notNull(),
		title: text('title').notNull(),
		bodyMd: text('body_md').notNull(),
		tags: text('tags').array().notNull(),
		editorId: uuid('editor_id').notNull(),
		note: text('note').notNull().default(''),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.itemId, table.version] })]
);

export const itemLink = pgTable(
	'item_link',
	{
		fromId: uuid('from_id').notNull(),
		toId: uuid('to_id').notNull(),
		relation: text('relation', {
			enum: ['answers', 'derived_from', 'replaces', 'duplicates', 'teaches', 'mentions']
		}).notNull(),
		createdBy: uuid('created_by').notNull(),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.fromId, table.toId, table.relation] })]
);

export const follow = pgTable(
	'follow',
	{
		personId: uuid('person_id').notNull(),
		targetKind: text('target_kind', { enum: ['item', 'tag', 'space', 'person'] }).notNull(),
		target: text('target').notNull(),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.personId, table.targetKind, table.target] })]
);

export const helped = pgTable(
	'helped',
	{
		itemId: uuid('item_id').notNull(),
		personId: uuid('person_id').notNull(),
		minutesSaved: integer('minutes_saved'),
		note: text('note').notNull().default(''),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.itemId, table.personId] })]
);

export const flag = pgTable('flag', {
	id: uuid('id').primaryKey(),
	itemId: uuid('item_id').notNull(),
	personId: uuid('person_id').notNull(),
	reason: text('reason', { enum: ['outdated'] }).notNull(),
	note: text('note').notNull().default(''),
	createdAt: moment('created_at').notNull().defaultNow(),
	settledAt: moment('settled_at'),
	settledBy: uuid('settled_by'),
	settledAs: text('settled_as', { enum: ['still_right', 'updated'] })
});

export const draft = pgTable(
	'draft',
	{
		personId: uuid('person_id').notNull(),
		key: text('key').notNull(),
		content: jsonb('content').$type<Record<string, string>>().notNull(),
		updatedAt: moment('updated_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.personId, table.key] })]
);

export const linkPreview = pgTable('link_preview', {
	url: text('url').primaryKey(),
	title: text('title'),
	site: text('site').notNull().default(''),
	description: text('description').notNull().default(''),
	fetchedAt: moment('fetched_at').notNull().defaultNow()
});

export const submission = pgTable(
	'submission',
	{
		personId: uuid('person_id').notNull(),
		id: uuid('id').notNull(),
		itemId: uuid('item_id'),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.personId, table.id] })]
);
