import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import type { QuestionContent } from '../../../question.ts';
import { NotCarried } from '../carried.ts';
import { categoryPath } from '../category.ts';
import { nameOf, type Kept } from '../kept.ts';
import { starred } from '../wording.ts';

/** Writes questions as GIFT, one by one; texts are Markdown. */
export async function* writeGift(questions: AsyncIterable<Kept>, report: FileReport): AsyncGenerator<string> {
	let objective: string | undefined;
	for await (const kept of questions) {
		report.read += 1;
		const where = { line: 0, what: `“${nameOf(kept)}”` };
		try {
			const key = keyOf(kept.content, (reason) => change(report, { ...where, reason }));
			if (kept.files.size > 0) change(report, { ...where, reason: 'pictures are not carried: GIFT holds text alone' });
			if (kept.objective !== objective) yield `$CATEGORY: ${categoryPath((objective = kept.objective))}\n\n`;
			const why = kept.content.why ? `\n\t####${said(kept.content.why)}` : '';
			yield `::${said(nameOf(kept))}::[markdown]${said(kept.content.prompt)} {${key}${why}\n}\n\n`;
			report.written += 1;
			if (kept.content.parts.length > 0) leaveOut(report, 'parts of the content that questions rest on');
		} catch (error) {
			if (!(error instanceof NotCarried)) throw error;
			skip(report, { ...where, reason: error.message });
		}
	}
}

/** Signs that mean something stand behind a backslash, and a line end is `\n`: an empty line would end the question. */
const said = (text: string) => text.replace(/[~=#{}:\\]/g, '\\$&').replace(/\n/g, '\\n');
const because = (why: string) => (why ? `#${said(why)}` : '');
const number = (value: number) => String(Number(value.toPrecision(12)));

function keyOf(content: QuestionContent, changed: (reason: string) => void): string {
	switch (content.type) {
		case 'choice': {
			const share = 100 / content.options.filter(({ right }) => right).length;
			return content.options
				.map(({ text, right, why }) => {
					const weight = `%${right ? '' : '-'}${Number(share.toFixed(5))}%`;
					return `\n\t${content.multiple ? `~${weight}` : right ? '=' : '~'}${said(text)}${because(why)}`;
				})
				.join('');
		}
		case 'match': {
			const all = [...content.pairs, ...content.others.map((right) => ({ left: '', right }))];
			if (all.some(({ left, right }) => left.includes('->') || right.includes('->')))
				throw new NotCarried('an arrow stands in one of its pairs, which GIFT would read as the end of the left one');
			return all.map(({ left, right }) => `\n\t=${said(left)} -> ${said(right)}`).join('');
		}
		case 'short': {
			if (content.exactCase) changed('large and small letters are the same there');
			const answers = content.accepted.flatMap((accepted) => {
				const words = starred(accepted);
				if (words !== undefined)
					return [
						`\n\t=${accepted.share === 1 ? '' : `%${Number((accepted.share * 100).toFixed(5))}%`}${said(words).replace(/\\\\\*/g, '\\*')}${because(accepted.why)}`
					];
				changed('a pattern is not carried: there are only stars for anything');
				return [];
			});
			if (answers.length === 0) throw new NotCarried('only patterns say what is right, and there are none in GIFT');
			return answers.join('');
		}
		case 'numeric': {
			if (content.units.length > 0) changed('units are not carried');
			const { by, amount } = content.tolerance;
			const off = by === 'amount' ? amount : (Math.abs(content.value) * amount) / 100;
			if (by === 'percent') changed('how far off an answer may be is told as an amount, not in per cent');
			return `#${content.value}:${number(off)}`;
		}
		case 'show':
			changed('the rubric, its reviewer and what may be handed in are not carried');
			return '';
		default:
			throw new NotCarried(
				`GIFT has nothing for a ${{ order: 'question of order', hotspot: 'hotspot', form: 'form' }[content.type]}`
			);
	}
}
