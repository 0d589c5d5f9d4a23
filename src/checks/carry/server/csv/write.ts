import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import type { QuestionContent } from '../../../question.ts';
import { NotCarried } from '../carried.ts';
import { nameOf, type Kept } from '../kept.ts';
import { columns, OPTIONS } from './columns.ts';
import { cellOf } from '#src/platform/server/csv.ts';
import { ARROW } from './types.ts';

/** Writes questions as a table that spreadsheets open, one by one; texts are Markdown. */
export async function* writeCsv(questions: AsyncIterable<Kept>, report: FileReport): AsyncGenerator<string> {
	// The mark tells spreadsheets that it is UTF-8.
	yield `\ufeff${columns.join(',')}\r\n`;
	for await (const kept of questions) {
		report.read += 1;
		const where = { line: 0, what: `“${nameOf(kept)}”` };
		try {
			const cells = cellsOf(kept.content, (reason) => change(report, { ...where, reason }));
			if (kept.files.size > 0)
				change(report, { ...where, reason: 'pictures are not carried: a table holds text alone' });
			const { prompt, why, parts } = kept.content;
			const line: Record<string, string> = {
				id: kept.id,
				objective: kept.objective,
				type: kept.content.type,
				prompt,
				why,
				...cells
			};
			yield `${columns.map((column) => cellOf(line[column] ?? '')).join(',')}\r\n`;
			report.written += 1;
			if (parts.length > 0) leaveOut(report, 'parts of the content that questions rest on');
		} catch (error) {
			if (!(error instanceof NotCarried)) throw error;
			skip(report, { ...where, reason: error.message });
		}
	}
}

const list = (name: string, values: string[]) =>
	Object.fromEntries(values.map((value, n) => [`${name} ${n + 1}`, value]));

function cellsOf(content: QuestionContent, changed: (reason: string) => void): Record<string, string> {
	switch (content.type) {
		case 'choice': {
			const right = content.options.flatMap((option, n) => (option.right ? [n + 1] : []));
			return {
				type: content.multiple ? 'multiple' : 'choice',
				right: right.join(';'),
				...list(
					'option',
					content.options.map(({ text }) => text)
				),
				...list(
					'why',
					content.options.map(({ why }) => why)
				)
			};
		}
		case 'order':
			return list(
				'option',
				content.items.map(({ text }) => text)
			);
		case 'match': {
			const all = [
				...content.pairs.map(({ left, right }) => `${left}${ARROW}${right}`),
				...content.others.map((right) => `=> ${right}`)
			];
			if (content.pairs.some(({ left }) => left.includes(ARROW) || left.startsWith('=> ')))
				throw new NotCarried('an arrow stands in one of its pairs');
			if (all.length > OPTIONS) throw new NotCarried(`it has more than ${OPTIONS} pairs and others`);
			return list('option', all);
		}
		case 'short': {
			if (content.accepted.length > OPTIONS) throw new NotCarried(`it accepts more than ${OPTIONS} answers`);
			if (content.accepted.some(({ match, text }) => match === 'words' && /^\/.+\/$/.test(text)))
				throw new NotCarried('an answer of it stands between slashes, as patterns do');
			return {
				case: content.exactCase ? 'exact' : '',
				right: content.accepted.map(({ share }) => `${Number((share * 100).toFixed(5))}`).join(';'),
				...list(
					'option',
					content.accepted.map(({ match, text }) => (match === 'pattern' ? `/${text}/` : text))
				),
				...list(
					'why',
					content.accepted.map(({ why }) => why)
				)
			};
		}
		case 'numeric': {
			const { by, amount } = content.tolerance;
			return {
				right: String(content.value),
				tolerance: `${amount}${by === 'percent' ? ' %' : ''}`,
				units: content.units.map(({ name, factor }) => `${name}=${factor}`).join(';')
			};
		}
		case 'show':
			changed('of the rubric only the criteria are carried, and no reviewer');
			return {
				right: content.accepts,
				...list(
					'option',
					content.rubric.map(({ criterion }) => criterion)
				)
			};
		default:
			throw new NotCarried(`a table holds no ${{ hotspot: 'hotspot', form: 'form' }[content.type]}`);
	}
}
