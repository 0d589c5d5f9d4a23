import { bigint, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { JsonWebKey } from 'node:crypto';
import { moment } from '#src/platform/server/columns.ts';

export const proof = pgTable('proof', {
	id: uuid('id').primaryKey(),
	number: bigint('number', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
	attemptId: uuid('attempt_id').notNull(),
	itemId: uuid('item_id').notNull(),
	personId: uuid('person_id').notNull(),
	personName: text('person_name').notNull(),
	title: text('title').notNull(),
	objectives: text('objectives').array().notNull().default([]),
	passedAt: moment('passed_at').notNull(),
	validUntil: moment('valid_until'),
	withdrawnAt: moment('withdrawn_at'),
	linkSecret: text('link_secret')
});

export const proofKey = pgTable('proof_key', {
	id: uuid('id').primaryKey(),
	kind: text('kind', { enum: ['RS256', 'EdDSA'] }).notNull(),
	publicJwk: jsonb('public_jwk').$type<JsonWebKey>().notNull(),
	sealed: text('sealed').notNull(),
	createdAt: moment('created_at').notNull().defaultNow(),
	retiredAt: moment('retired_at')
});
