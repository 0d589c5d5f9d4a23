import type { RequestEvent } from '@sveltejs/kit';
import type { z } from 'zod';
import type { AidType } from '#src/library/aids/aid.ts';
import { changeRows } from '#src/library/aids/flat.ts';
import { contentOf, flowValues } from '#src/library/aids/form.ts';
import { NotAChart, readMermaid } from '#src/library/aids/mermaid.ts';
import { invalid } from '#src/platform/server/errors.ts';
import type { Values } from '#src/ui/rows/rows.ts';
import { changeFormRows, readRowForm } from './row-form.ts';

/**
 * Reads an aid's form with one of its schemas.
 * @throws Failure invalid with its errors at the fields of the form
 */
export function readAidForm<T extends z.ZodObject>(schema: T, type: AidType, values: Values): z.output<T> {
	const { content, fieldOf } = contentOf(type, values);
	const toField = (path: string) => (path.startsWith('content.') ? fieldOf(path.slice(8)) : path);
	return readRowForm(schema, values, { content }, toField);
}

/** Changes the rows of the form without scripts, and reads a flow chart's text into it. */
export const changeAidRows = (event: Pick<RequestEvent, 'request' | 'locals'>, type: AidType) =>
	changeFormRows(
		event,
		(values, wanted) => changeRows(values, type, wanted),
		(what, values) => (what === 'mermaid' && type === 'flow' ? withChart(values) : undefined)
	);

function withChart({ mermaid = '', ...values }: Values): Values {
	try {
		const others = Object.entries(values).filter(([name]) => !name.startsWith('nodes.'));
		return { ...Object.fromEntries(others), ...flowValues(readMermaid(mermaid)) };
	} catch (error) {
		throw error instanceof NotAChart ? invalid({ mermaid: error.message }) : error;
	}
}
