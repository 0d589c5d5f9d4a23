import { bigint, customType, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });

export const password = pgTable('password', {
	personId: uuid('person_id').primaryKey(),
	hash: text('hash').notNull(),
	changedAt: moment('changed_at').notNull().defaultNow()
});

export const session = pgTable('session', {
	id: uuid('id').primaryKey(),
	tokenHash: text('token_hash').notNull(),
	personId: uuid('person_id').notNull(),
	userAgent: text('user_agent').notNull().default(''),
	createdAt: moment('created_at').notNull().defaultNow(),
	lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
	expiresAt: moment('expires_at').notNull()
});

export const oneTimeToken = pgTable('one_time_token', {
	tokenHash: text('token_hash').primaryKey(),
	purpose: text('purpose', {
		enum: ['sign_in', 'reset_password', 'change_email', 'sign_up', 'second_factor', 'passkey']
	}).notNull(),
	personId: uuid('person_id'),
	email: text('email'),
	data: text('data').notNull().default(''),
	expiresAt: moment('expires_at').notNull(),
	usedAt: moment('used_at')
});

export const passkey = pgTable('passkey', {
	id: text('id').primaryKey(),
	personId: uuid('person_id').notNull(),
	name: text('name').notNull(),
	publicKey: bytes('public_key').notNull(),
	counter: bigint('counter', { mode: 'number' }).notNull().default(0),
	transports: text('transports').array().notNull().default([]),
	createdAt: moment('created_at').notNull().defaultNow(),
	lastUsedAt: moment('last_used_at')
});

export const secondFactor = pgTable('second_factor', {
	personId: uuid('person_id').primaryKey(),
	/** Sealed by the vault. */
	secret: text('secret').notNull(),
	lastStep: bigint('last_step', { mode: 'number' }).notNull().default(0),
	confirmedAt: moment('confirmed_at')
});

export const backupCode = pgTable(
	'backup_code',
	{
		personId: uuid('person_id').notNull(),
		codeHash: text('code_hash').notNull(),
		usedAt: moment('used_at')
	},
	(table) => [primaryKey({ columns: [table.personId, table.codeHash] })]
);

export const throttle = pgTable('throttle', {
	key: text('key').primaryKey(),
	attempts: integer('attempts').notNull(),
	windowEndsAt: moment('window_ends_at').notNull()
});
