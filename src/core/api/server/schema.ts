import { jsonb, pgTable, primaryKey, smallint, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import type { Scope } from './endpoint.ts';

export const personalToken = pgTable('personal_token', {
	id: uuid('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	name: text('name').notNull(),
	tokenHash: text('token_hash').notNull(),
	scopes: text('scopes').array().$type<Scope[]>().notNull(),
	createdAt: moment('created_at').notNull().defaultNow(),
	expiresAt: moment('expires_at'),
	lastUsedAt: moment('last_used_at'),
	revokedAt: moment('revoked_at')
});

/** When each caller's allowance is whole again. */
export const apiUse = pgTable('api_use', {
	caller: uuid('caller').primaryKey(),
	fullAt: moment('full_at').notNull()
});

export const idempotency = pgTable(
	'idempotency',
	{
		personId: uuid('person_id').notNull(),
		key: text('key').notNull(),
		requestHash: text('request_hash').notNull(),
		status: smallint('status'),
		response: jsonb('response'),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.personId, table.key] })]
);
