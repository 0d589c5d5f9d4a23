import type { AidType } from './aid.ts';
import type { AidContent, FlowNode } from './content.ts';
import { fieldName, filledRows, type Values } from '#src/ui/rows/rows.ts';
import { clock, rowsOf } from './flat.ts';

/**
 * The content a form describes, not checked yet. A field that cannot be understood is left
 * as it is, so that the schema says what is wrong with it.
 * @returns with it, how to find the form's field for a path in the content
 */
export function contentOf(type: AidType, values: Values): { content: unknown; fieldOf(path: string): string } {
	const lists = new Map(rowsOf[type].map((rows) => [rows.list, filledRows(values, rows)]));
	const rows = (list: string) => (lists.get(list) ?? []).map(({ row }) => row);
	const text = (name: string) => values[name] ?? '';
	const simple: Record<AidType, () => object> = {
		checklist: () => ({ items: rows('items') }),
		steps: () => ({ steps: rows('steps') }),
		decision: () => {
			const asked = lists.get('questions') ?? [];
			return {
				questions: asked.map(({ row }) => row['']),
				rules: rows('rules').map((row) => ({ when: asked.map(({ at }) => row[`when.${at}`]), then: row.then }))
			};
		},
		flow: () => ({ nodes: nodesOf(lists.get('nodes') ?? []) }),
		reference: () => {
			const columns = lists.get('columns') ?? [];
			return {
				columns: columns.map(({ row }) => row['']),
				rows: rows('rows').map((row) => columns.map(({ at }) => row[String(at)]))
			};
		},
		template: () => ({ text: text('text') }),
		infographic: () => ({ image: text('image'), alt: text('alt'), text: text('text') }),
		screencast: () => ({
			video: text('video'),
			steps: rows('steps').map((row) => ({ ...row, at: seconds(row.at ?? '') }))
		})
	};
	return {
		content: { type, intro: text('intro'), ...simple[type]() },
		fieldOf(path) {
			const [list = '', row = '', ...rest] = path.split('.');
			const at = lists.get(list)?.[Number(row)]?.at;
			if (at === undefined) return path;
			return [list, at, ...rest].join('.').replace(/^(nodes\.\d+)\.id$/, '$1.text');
		}
	};
}

/** `1:20` is 80; what is no time stays, for the schema to say so. */
function seconds(text: string): number | string {
	if (!/^\d+(:[0-5]?\d){0,2}$/.test(text.trim())) return text;
	return text
		.trim()
		.split(':')
		.reduce((sum, part) => sum * 60 + Number(part), 0);
}

/**
 * A flow's rows: where one says nothing, the next follows; `end` ends; `5` leads to row 5;
 * `Yes: 3; No: 5` asks.
 */
function nodesOf(rows: { at: number; row: Values }[]): unknown[] {
	const name = (at: number) => `s${at + 1}`;
	return rows.map(({ at, row }, index) => {
		const follows = rows[index + 1];
		return { id: name(at), text: row.text, next: waysOf(row.next ?? '', follows && name(follows.at)) };
	});
}

function waysOf(text: string, following: string | undefined): { to: string; label: string }[] {
	const said = text.trim();
	if (said === '') return following ? [{ to: following, label: '' }] : [];
	if (/^(end|stop|–|-)\.?$/i.test(said)) return [];
	return said
		.split(/[;\n]+|(?<=\d)\s*,/)
		.map((way) => way.trim())
		.filter(Boolean)
		.map((way) => {
			const [, label = '', number] =
				/^(?:(.*?)\s*(?::|→|->|=>|=)\s*)?(?:step\s+|row\s+)?#?(\d{1,3})\.?$/i.exec(way) ?? [];
			// A name no row has: the schema says that it leads nowhere.
			return { to: number ? `s${number}` : `? ${way}`.slice(0, 40), label: label.trim() };
		});
}

/** A content as the form that changes it shows it. */
export function valuesOf(content: AidContent): Values {
	const values: Values = { intro: content.intro };
	const put = (list: string, row: number, fields: Record<string, string>) => {
		for (const [field, value] of Object.entries(fields)) values[fieldName(list, row, field)] = value;
	};
	switch (content.type) {
		case 'checklist':
			content.items.forEach((item, row) => put('items', row, item));
			break;
		case 'steps':
			content.steps.forEach((step, row) => put('steps', row, step));
			break;
		case 'decision':
			content.questions.forEach((question, row) => put('questions', row, { '': question }));
			content.rules.forEach(({ when, then }, row) =>
				put('rules', row, { ...Object.fromEntries(when.map((each, n) => [`when.${n}`, each])), then })
			);
			break;
		case 'flow':
			Object.assign(values, flowValues(content.nodes));
			break;
		case 'reference':
			content.columns.forEach((column, row) => put('columns', row, { '': column }));
			content.rows.forEach((cells, row) =>
				put('rows', row, Object.fromEntries(cells.map((cell, n) => [String(n), cell])))
			);
			break;
		case 'template':
			values.text = content.text;
			break;
		case 'infographic':
			Object.assign(values, { image: content.image, alt: content.alt, text: content.text });
			break;
		case 'screencast':
			values.video = content.video;
			content.steps.forEach((step, row) => put('steps', row, { ...step, at: clock(step.at) }));
	}
	return values;
}

/** A flow as rows: ways are named by the number of the row they lead to. */
export function flowValues(nodes: FlowNode[]): Values {
	const numbers = new Map(nodes.map(({ id }, index) => [id, index + 1]));
	return Object.fromEntries(
		nodes.flatMap(({ text, next }, row) => {
			const [only] = next;
			const goesOn = next.length === 1 && !only!.label && numbers.get(only!.to) === row + 2;
			const ways = next.map(({ to, label }) => `${label ? `${label}: ` : ''}${numbers.get(to)}`).join('; ');
			const last = row === nodes.length - 1;
			return [
				[fieldName('nodes', row, 'text'), text],
				[fieldName('nodes', row, 'next'), goesOn || (last && next.length === 0) ? '' : ways || 'end']
			];
		})
	);
}
