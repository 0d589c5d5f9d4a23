import { newSubmission } from '#src/ui/form.ts';
import { fieldName, filledRows, type Values } from '#src/ui/rows/rows.ts';
import type { Area, FormField, QuestionContent, QuestionType } from '../question.ts';
import { partAt, partValues } from './part-form.ts';
import { rowsOf } from './flat.ts';

/**
 * The content a form describes, not checked yet. What cannot be understood is left as it is, so that the schema says
 * what is wrong with it.
 * @returns with it, how to find the form's field for a path in the content
 */
export function contentOf(type: QuestionType, values: Values): { content: unknown; fieldOf(path: string): string } {
	const lists = new Map(rowsOf[type].map((rows) => [rows.list, filledRows(values, rows)]));
	const rows = (list: string) => (lists.get(list) ?? []).map(({ row }) => row);
	const text = (name: string) => values[name] ?? '';
	const own: Record<QuestionType, () => object> = {
		choice: () => ({
			multiple: ticked(text('multiple')),
			options: rows('options').map(({ key, text, right, why }) => ({ ...keyed(key), text, right: ticked(right), why }))
		}),
		order: () => ({ items: rows('items').map(({ key, text }) => ({ ...keyed(key), text })) }),
		match: () => ({
			pairs: rows('pairs').map(({ key, left, right }) => ({ ...keyed(key), left, right })),
			others: rows('others').map((row) => row[''])
		}),
		short: () => ({
			exactCase: ticked(text('exactCase')),
			accepted: rows('accepted').map(({ match, text, share, why }) => ({
				...{ match: match || 'words', text, why },
				share: share ? percent(share) : 1
			}))
		}),
		numeric: () => quantity(values.value, values.tolerance, values.units),
		hotspot: () => ({ image: text('image'), alt: text('alt'), areas: rows('areas').map(areaOf) }),
		form: () => ({ title: text('title'), fields: rows('fields').map(formField) }),
		show: () => ({
			...{ accepts: text('accepts') || 'either', reviewerId: text('reviewerId') },
			rubric: rows('rubric').map(({ key, criterion, levels }) => ({
				...keyed(key),
				criterion,
				levels: levelsOf(levels)
			}))
		})
	};
	const parts = rows('parts').map(partAt);
	return {
		content: { type, prompt: text('prompt'), why: text('why'), parts, ...own[type]() },
		fieldOf(path) {
			const [list = '', row = '', field = '', ...rest] = path.split('.');
			const at = lists.get(list)?.[Number(row)]?.at;
			if (at === undefined) return simple(list);
			return fieldName(list, at, fieldIn(list, field, rest));
		}
	};
}

/** Where a field of the form holds several things of the content. */
const simple = (name: string) => (name === 'tolerance' || name === 'units' ? name : name || '_');
function fieldIn(list: string, field: string, rest: string[]): string {
	if (list === 'fields') return field === 'accepted' ? 'value' : field;
	if (list === 'areas') return field === 'area' ? (rest[0] ?? 'shape') : field === 'key' ? 'name' : field;
	if (list === 'parts') return field === 'anchor' ? 'range' : field === 'itemId' ? 'at' : field;
	if (list === 'rubric') return field === 'key' ? 'criterion' : field;
	return field === 'key' ? 'text' : field;
}

/** Names a new piece by chance, so that a name tells neither its place nor whether it is right. */
const keyed = (key: string | undefined) => ({ key: key || newSubmission().slice(0, 8) });
const ticked = (value: string | undefined) => value === 'on' || value === 'true';

/** `1250.5`, `1 250,5`; what is no number stays, for the schema to say so. */
function number(text: string | undefined): number | string {
	const plain = (text ?? '').replace(/[\s\u00a0\u202f']/g, '').replace(/^(-?\d+),(\d+)$/, '$1.$2');
	return plain === '' || !Number.isFinite(Number(plain)) ? (text ?? '') : Number(plain);
}

const percent = (text: string) => {
	const share = number(text.replace('%', ''));
	return typeof share === 'number' ? share / 100 : share;
};

const linesOf = (text: string | undefined) =>
	(text ?? '')
		.split('\n')
		.map((line) => line.trim())
		.filter(Boolean);

function quantity(value?: string, tolerance = '', units?: string): object {
	const by = tolerance.trim().endsWith('%') ? 'percent' : 'amount';
	const amount = tolerance.trim() === '' ? 0 : number(tolerance.replace('%', ''));
	return { value: number(value), tolerance: { by, amount }, units: linesOf(units).map(unitOf) };
}

/** `kg`, or `g = 0.001`: so much of the value's unit. */
function unitOf(line: string): object {
	const [, name = line, factor] = /^(.+?)\s*=\s*(.+)$/.exec(line) ?? [];
	return { name, factor: factor === undefined ? 1 : number(factor) };
}

/** `2 = Complete`: the points of a level, and when it is reached. */
const levelsOf = (text: string | undefined) =>
	linesOf(text).map((line) => {
		const [, points = line, label = ''] = /^([\d.,]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
		return { label, points: number(points) };
	});

function formField({ key, kind, label, value, options, tolerance, units, exactCase }: Values): object {
	const field = { kind: kind || 'text', ...keyed(key), label };
	switch (kind) {
		case 'number':
			return { ...field, ...quantity(value, tolerance, units) };
		case 'date':
			return { ...field, value };
		case 'choice':
			return { ...field, options: linesOf(options), value };
		case 'empty':
			return field;
		default:
			return { ...field, exactCase: ticked(exactCase), accepted: linesOf(value).map((text) => ({ text })) };
	}
}

function areaOf({ key, name, right, why, shape, x, y, width, height, points }: Values): object {
	const box = { x: number(x), y: number(y), width: number(width), height: number(height) };
	const corners = linesOf((points ?? '').replace(/;/g, '\n')).map((pair) => pair.split(/[\s,]+/).map(number));
	const area = shape === 'polygon' ? { shape, points: corners } : { shape: shape || 'rectangle', ...box };
	return { ...keyed(key), name, right: ticked(right), why, area };
}

/** A content as the form that changes it shows it. */
export function valuesOf(content: QuestionContent): Values {
	const values: Values = { prompt: content.prompt, why: content.why };
	const put = (list: string, rows: Record<string, string>[]) =>
		rows.forEach((fields, row) => {
			for (const [field, value] of Object.entries(fields)) values[fieldName(list, row, field)] = value;
		});
	put('parts', content.parts.map(partValues));
	switch (content.type) {
		case 'choice':
			values.multiple = on(content.multiple);
			put(
				'options',
				content.options.map(({ right, ...option }) => ({ ...option, right: on(right) }))
			);
			break;
		case 'order':
			put('items', content.items);
			break;
		case 'match':
			put('pairs', content.pairs);
			put(
				'others',
				content.others.map((other) => ({ '': other }))
			);
			break;
		case 'short':
			values.exactCase = on(content.exactCase);
			put(
				'accepted',
				content.accepted.map(({ share, ...rest }) => ({ ...rest, share: share === 1 ? '' : String(share * 100) }))
			);
			break;
		case 'numeric':
			Object.assign(values, quantityValues(content));
			break;
		case 'hotspot':
			Object.assign(values, { image: content.image, alt: content.alt });
			put(
				'areas',
				content.areas.map(({ area, right, ...rest }) => ({ ...rest, right: on(right), ...areaValues(area) }))
			);
			break;
		case 'form':
			values.title = content.title;
			put('fields', content.fields.map(fieldValues));
			break;
		case 'show':
			Object.assign(values, { accepts: content.accepts, reviewerId: content.reviewerId });
			put(
				'rubric',
				content.rubric.map(({ levels, ...rest }) => ({
					...rest,
					levels: levels.map(({ label, points }) => `${points} = ${label}`).join('\n')
				}))
			);
	}
	return values;
}

const on = (value: boolean) => (value ? 'on' : '');

type Quantity = Extract<FormField, { kind: 'number' }>;
const quantityValues = ({ value, tolerance, units }: Pick<Quantity, 'value' | 'tolerance' | 'units'>) => ({
	value: String(value),
	tolerance: tolerance.amount === 0 ? '' : `${tolerance.amount}${tolerance.by === 'percent' ? ' %' : ''}`,
	units: units.map(({ name, factor }) => (factor === 1 ? name : `${name} = ${factor}`)).join('\n')
});

function fieldValues(field: FormField): Record<string, string> {
	const { kind, key, label } = field;
	const base = { kind, key, label };
	switch (field.kind) {
		case 'text':
			return { ...base, value: field.accepted.map(({ text }) => text).join('\n'), exactCase: on(field.exactCase) };
		case 'number':
			return { ...base, ...quantityValues(field) };
		case 'date':
			return { ...base, value: field.value };
		case 'choice':
			return { ...base, value: field.value, options: field.options.join('\n') };
		default:
			return base;
	}
}

function areaValues(area: Area): Record<string, string> {
	if (area.shape === 'polygon')
		return { shape: area.shape, points: area.points.map((corner) => corner.join(',')).join('; ') };
	const { shape, x, y, width, height } = area;
	return { shape, x: `${x}`, y: `${y}`, width: `${width}`, height: `${height}` };
}
