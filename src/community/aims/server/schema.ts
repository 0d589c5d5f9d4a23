import { date, doublePrecision, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { moment } from '#src/platform/server/columns.ts';
import { states } from '../aim.ts';

export const communityPlan = pgTable('community_plan', {
	id: uuid('id').primaryKey(),
	spaceId: uuid('space_id'),
	areaId: uuid('area_id'),
	purpose: text('purpose').notNull(),
	version: integer('version').notNull().default(1),
	writtenBy: uuid('written_by'),
	writtenAt: moment('written_at').notNull().defaultNow()
});

export const communityAim = pgTable('community_aim', {
	id: uuid('id').primaryKey(),
	planId: uuid('plan_id').notNull(),
	title: text('title').notNull(),
	seen: text('seen').notNull(),
	metricId: uuid('metric_id'),
	baseline: doublePrecision('baseline'),
	baselineOn: date('baseline_on'),
	target: doublePrecision('target'),
	reviewOn: date('review_on'),
	state: text('state', { enum: states }).notNull().default('open'),
	version: integer('version').notNull().default(1),
	createdBy: uuid('created_by'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const communityReview = pgTable('community_review', {
	id: uuid('id').primaryKey(),
	aimId: uuid('aim_id').notNull(),
	seenOn: date('seen_on').notNull(),
	value: doublePrecision('value'),
	state: text('state', { enum: states }).notNull(),
	learnt: text('learnt').notNull(),
	reviewedBy: uuid('reviewed_by'),
	createdAt: moment('created_at').notNull().defaultNow()
});

export const communityAimQuiet = pgTable(
	'community_aim_quiet',
	{ aimId: uuid('aim_id').notNull(), personId: uuid('person_id').notNull(), reviewOn: date('review_on').notNull() },
	(table) => [primaryKey({ columns: [table.aimId, table.personId] })]
);
