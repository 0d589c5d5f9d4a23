import { jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { FileReport } from '#src/core/import/report.ts';
import { moment } from '#src/platform/server/columns.ts';

export const questionImport = pgTable('question_import', {
	id: uuid('id').primaryKey(),
	bankId: uuid('bank_id').notNull(),
	personId: uuid('person_id').notNull(),
	name: text('name').notNull(),
	sha256: text('sha256').notNull(),
	state: text('state', { enum: ['waiting', 'done', 'failed'] })
		.notNull()
		.default('waiting'),
	format: text('format'),
	report: jsonb('report').$type<FileReport>(),
	failure: text('failure'),
	createdAt: moment('created_at').notNull().defaultNow(),
	finishedAt: moment('finished_at')
});
