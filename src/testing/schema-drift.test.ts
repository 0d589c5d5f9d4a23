import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { rows, sql } from '#src/platform/server/db.ts';
import { testDatabase } from './database.ts';

const { db } = await testDatabase();

/** Every Drizzle table that any room declares. */
async function declaredTables(): Promise<PgTable[]> {
	const files = globSync('src/**/server/**/*schema.ts');
	const modules = await Promise.all(files.map((file) => import(resolve(file)) as Promise<Record<string, unknown>>));
	return modules.flatMap((each) => Object.values(each)).filter((value) => value instanceof PgTable);
}

test('the Drizzle tables say what the migrations made: each column, and whether it may be empty', async () => {
	const real = await rows<{ column: string; nullable: boolean }>(
		db,
		sql`select table_name || '.' || column_name as "column", is_nullable = 'YES' as nullable
			from information_schema.columns where table_schema = 'public'`
	);
	const nullable = new Map(real.map((each) => [each.column, each.nullable]));
	const declared = (await declaredTables()).flatMap((table) => {
		const { name, columns } = getTableConfig(table);
		return columns.map((column) => ({ column: `${name}.${column.name}`, nullable: !column.notNull }));
	});
	expect(declared.length).toBeGreaterThan(50);
	const drifted = declared.filter((each) => nullable.get(each.column) !== each.nullable);
	expect(drifted).toEqual([]);
});
