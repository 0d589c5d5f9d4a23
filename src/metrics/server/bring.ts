import type { Viewer } from '#src/core/access/server/viewer.ts';
import { decodeText } from '#src/platform/server/charset.ts';
import type { Db } from '#src/platform/server/db.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { z } from 'zod';
import type { typedValues } from '../input.ts';
import type { TakenView } from '../views.ts';
import { takeIn } from './take.ts';
import type { Decimal } from './taking/number.ts';
import type { Given } from './taking/sift.ts';
import { linesOfTable } from './taking/table.ts';

/** Bytes of a table that is brought as a file. */
const MOST_BYTES = 2 * 1024 * 1024;

/**
 * Takes in values that were typed, a line for each, or brought as a file.
 * @throws Failure invalid where there is neither, or no columns are found; forbidden
 */
export async function bringValues(
	db: Db,
	viewer: Viewer,
	id: string,
	{ values, ...how }: z.output<typeof typedValues>,
	file?: File
): Promise<TakenView> {
	if (!file || file.size === 0) {
		if (!values.trim()) throw invalid({ values: 'are needed: a line for each, with a day and a value' });
		return takeIn(db, viewer, id, await linesOfTable(values, how.decimal), { way: 'typed', ...how });
	}
	if (file.size > MOST_BYTES) throw invalid({ file: 'may have 2 MB at most' });
	const lines = await linesOfFile(new Uint8Array(await file.arrayBuffer()), how.decimal);
	return takeIn(db, viewer, id, lines, { way: 'file', source: file.name, ...how });
}

/** What reads workbooks is loaded when one comes first. */
async function linesOfFile(content: Uint8Array, decimal: Decimal): Promise<Given[]> {
	if (content[0] === 0x50 && content[1] === 0x4b)
		return (await import('./taking/workbook.ts')).linesOfWorkbook(content);
	const text = decodeText(content);
	if (text.includes('\0')) throw invalid({ file: 'is no table: save it as XLSX or CSV' });
	return linesOfTable(text, decimal);
}
