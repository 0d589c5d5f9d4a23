import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import type { Media } from '../feed.ts';
import { deeds, places } from '../rule.ts';

export const feed = pgTable('feed', {
	id: uuid('id').primaryKey(),
	url: text('url').notNull(),
	key: text('key').notNull(),
	host: text('host').notNull(),
	format: text('format').notNull().default(''),
	title: text('title').notNull().default(''),
	description: text('description').notNull().default(''),
	language: text('language').notNull().default(''),
	siteUrl: text('site_url').notNull().default(''),
	state: text('state', { enum: ['waiting', 'live', 'failing', 'gone'] })
		.notNull()
		.default('waiting'),
	problem: text('problem').notNull().default(''),
	failures: integer('failures').notNull().default(0),
	failingSince: moment('failing_since'),
	etag: text('etag').notNull().default(''),
	lastModified: text('last_modified').notNull().default(''),
	digest: text('digest').notNull().default(''),
	gapMinutes: integer('gap_minutes').notNull().default(0),
	restMinutes: integer('rest_minutes').notNull().default(0),
	everyMinutes: integer('every_minutes').notNull().default(60),
	nextCheckAt: moment('next_check_at').notNull().defaultNow(),
	busyUntil: moment('busy_until'),
	checkedAt: moment('checked_at'),
	changedAt: moment('changed_at'),
	hubUrl: text('hub_url').notNull().default(''),
	topicUrl: text('topic_url').notNull().default(''),
	createdAt: moment('created_at').notNull().defaultNow()
});

/** A feed as it stands in the database. */
export type FeedRow = typeof feed.$inferSelect;

export const feedAddress = pgTable('feed_address', {
	key: text('key').primaryKey(),
	feedId: uuid('feed_id').notNull()
});

export const feedEntry = pgTable('feed_entry', {
	id: uuid('id').primaryKey(),
	/** What readers on phones call it. */
	number: bigint('number', { mode: 'number' }).generatedAlwaysAsIdentity(),
	url: text('url').notNull().default(''),
	key: text('key').notNull().default(''),
	title: text('title').notNull().default(''),
	author: text('author').notNull().default(''),
	html: text('html').notNull().default(''),
	words: integer('words').notNull().default(0),
	media: jsonb('media').$type<Media[]>().notNull().default([]),
	tags: text('tags').array().notNull().default([]),
	publishedAt: moment('published_at'),
	oddDate: text('odd_date').notNull().default(''),
	foundAt: moment('found_at').notNull().defaultNow(),
	changedAt: moment('changed_at')
});

export const feedPost = pgTable(
	'feed_post',
	{
		feedId: uuid('feed_id').notNull(),
		guid: text('guid').notNull(),
		/** The story it is listed under. */
		entryId: uuid('entry_id').notNull(),
		/** What it says itself. */
		ownId: uuid('own_id').notNull(),
		apartFrom: uuid('apart_from'),
		digest: text('digest').notNull(),
		/** A hash of it as it came. */
		raw: text('raw').notNull().default(''),
		foundAt: moment('found_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.feedId, table.guid] })]
);

export const feedPush = pgTable('feed_push', {
	id: uuid('id').primaryKey(),
	feedId: uuid('feed_id'),
	hub: text('hub').notNull(),
	topic: text('topic').notNull(),
	secret: text('secret').notNull(),
	state: text('state', { enum: ['asked', 'on', 'refused', 'ending'] })
		.notNull()
		.default('asked'),
	askedAt: moment('asked_at'),
	failures: integer('failures').notNull().default(0),
	leaseSeconds: integer('lease_seconds').notNull().default(0),
	leaseUntil: moment('lease_until'),
	pushedAt: moment('pushed_at'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const feedSubscription = pgTable('feed_subscription', {
	id: uuid('id').primaryKey(),
	feedId: uuid('feed_id').notNull(),
	personId: uuid('person_id'),
	spaceId: uuid('space_id'),
	title: text('title').notNull().default(''),
	folder: text('folder').notNull().default(''),
	createdBy: uuid('created_by'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const feedMute = pgTable(
	'feed_mute',
	{
		subscriptionId: uuid('subscription_id').notNull(),
		personId: uuid('person_id').notNull(),
		until: moment('until').notNull()
	},
	(table) => [primaryKey({ columns: [table.subscriptionId, table.personId] })]
);

export const feedRead = pgTable(
	'feed_read',
	{
		personId: uuid('person_id').notNull(),
		entryId: uuid('entry_id').notNull(),
		readAt: moment('read_at').notNull().defaultNow(),
		batch: uuid('batch'),
		isRead: boolean('is_read').notNull().default(true)
	},
	(table) => [primaryKey({ columns: [table.personId, table.entryId] })]
);

export const feedRule = pgTable('feed_rule', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id'),
	spaceId: uuid('space_id'),
	words: text('words').array().notNull(),
	place: text('place', { enum: places }).notNull(),
	deed: text('deed', { enum: deeds }).notNull(),
	tag: text('tag').notNull().default(''),
	key: text('key').notNull(),
	createdBy: uuid('created_by'),
	createdAt: moment('created_at').notNull().defaultNow()
});

/** The text of an entry's page. */
export const feedWhole = pgTable('feed_whole', {
	ownId: uuid('own_id').primaryKey(),
	html: text('html').notNull(),
	words: integer('words').notNull(),
	url: text('url').notNull(),
	readAt: moment('read_at').notNull().defaultNow()
});
