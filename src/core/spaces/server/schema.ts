import { boolean, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';

export const space = pgTable('space', {
	id: uuid('id').primaryKey(),
	slug: text('slug').notNull(),
	name: text('name').notNull(),
	purpose: text('purpose').notNull().default(''),
	kind: text('kind', { enum: ['organisation', 'team', 'community', 'interest'] }).notNull(),
	access: text('access', { enum: ['open', 'closed', 'secret'] }).notNull(),
	allowAnonymous: boolean('allow_anonymous').notNull().default(false),
	createdBy: uuid('created_by'),
	createdAt: moment('created_at').notNull().defaultNow(),
	archivedAt: moment('archived_at')
});

export const spaceMember = pgTable(
	'space_member',
	{
		spaceId: uuid('space_id').notNull(),
		personId: uuid('person_id').notNull(),
		role: text('role', { enum: ['member', 'steward'] })
			.notNull()
			.default('member'),
		joinedAt: moment('joined_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.spaceId, table.personId] })]
);

export const spaceRequest = pgTable(
	'space_request',
	{
		spaceId: uuid('space_id').notNull(),
		personId: uuid('person_id').notNull(),
		message: text('message').notNull().default(''),
		createdAt: moment('created_at').notNull().defaultNow()
	},
	(table) => [primaryKey({ columns: [table.spaceId, table.personId] })]
);

export const invitation = pgTable('invitation', {
	id: uuid('id').primaryKey(),
	tokenHash: text('token_hash').notNull(),
	/** Of the link that only the mail holds. */
	mailTokenHash: text('mail_token_hash'),
	admits: boolean('admits').notNull().default(true),
	email: text('email'),
	spaceId: uuid('space_id'),
	invitedBy: uuid('invited_by').notNull(),
	maxUses: integer('max_uses').notNull().default(1),
	uses: integer('uses').notNull().default(0),
	expiresAt: moment('expires_at').notNull(),
	revokedAt: moment('revoked_at'),
	createdAt: moment('created_at').notNull().defaultNow()
});
