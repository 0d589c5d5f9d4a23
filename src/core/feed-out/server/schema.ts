import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const feedKey = pgTable('feed_key', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	kind: text('kind').notNull(),
	target: text('target').notNull(),
	title: text('title').notNull(),
	keyHash: text('key_hash').notNull(),
	digest: text('digest').notNull().default(''),
	changedAt: moment('changed_at').notNull().defaultNow(),
	createdAt: moment('created_at').notNull().defaultNow(),
	lastUsedAt: moment('last_used_at'),
	revokedAt: moment('revoked_at')
});
