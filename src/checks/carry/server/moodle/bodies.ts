import type { FormField, QuestionContent, QuestionOf, QuestionType } from '../../../question.ts';
import { NotCarried } from '../carried.ts';
import { pixelsOf } from '../pixels.ts';
import { escapeXml } from '#src/platform/server/xml-tree.ts';
import { starred } from '../wording.ts';
import type { Body, Writing } from './writing.ts';

const bodies: { [T in QuestionType]: (content: QuestionOf<T>, writing: Writing) => Body } = {
	choice: choiceBody,
	order: ({ prompt, items }, { text }) => ({
		type: 'ordering',
		prompt: text(prompt),
		rest: `<layouttype>VERTICAL</layouttype><selecttype>ALL</selecttype><selectcount>0</selectcount><gradingtype>RELATIVE_ALL_PREVIOUS_AND_NEXT</gradingtype>${items
			.map((item, at) => `<answer fraction="${at + 1}.0000000" format="html">${text(item.text)}</answer>`)
			.join('\n')}`
	}),
	match: ({ prompt, pairs, others }, { text }) => ({
		type: 'matching',
		prompt: text(prompt),
		rest: `<shuffleanswers>true</shuffleanswers>${[...pairs, ...others.map((right) => ({ left: '', right }))]
			.map(({ left, right }) => `<subquestion format="html">${text(left)}<answer>${line(right)}</answer></subquestion>`)
			.join('\n')}`
	}),
	short: shortBody,
	numeric: numericBody,
	hotspot: markerBody,
	form: formBody,
	show: showBody
};

function patternLost(writing: Writing): [] {
	writing.changed('a pattern is not carried: there are only stars for anything');
	return [];
}

/** What is special to the type of a question. @throws NotCarried where Moodle has nothing for it */
export const bodyOf = (writing: Writing): Body =>
	(bodies[writing.kept.content.type] as (content: QuestionContent, writing: Writing) => Body)(
		writing.kept.content,
		writing
	);

const line = (text: string) => `<text>${escapeXml(text)}</text>`;
const feedback = (why: string, { text }: Writing) => `<feedback format="html">${text(why)}</feedback>`;
const number = (value: number) => String(Number(value.toPrecision(12)));

function choiceBody({ prompt, multiple, options }: QuestionOf<'choice'>, writing: Writing): Body {
	const share = 100 / options.filter(({ right }) => right).length;
	const answers = options.map((option) => {
		const fraction = option.right ? share : multiple ? -share : 0;
		return `<answer fraction="${Number(fraction.toFixed(5))}" format="html">${writing.text(option.text)}${feedback(option.why, writing)}</answer>`;
	});
	const rest = `<single>${!multiple}</single><shuffleanswers>true</shuffleanswers><answernumbering>none</answernumbering>${answers.join('\n')}`;
	return { type: 'multichoice', prompt: writing.text(prompt), rest };
}

function shortBody({ prompt, accepted, exactCase }: QuestionOf<'short'>, writing: Writing): Body {
	const answers = accepted.flatMap((answer) => {
		const words = starred(answer);
		if (words === undefined) return patternLost(writing);
		const share = Number((answer.share * 100).toFixed(5));
		return [`<answer fraction="${share}" format="plain_text">${line(words)}${feedback(answer.why, writing)}</answer>`];
	});
	if (answers.length === 0) throw new NotCarried('only patterns say what is right, and there are none there');
	return {
		type: 'shortanswer',
		prompt: writing.text(prompt),
		rest: `<usecase>${exactCase ? 1 : 0}</usecase>${answers.join('\n')}`
	};
}

function numericBody({ prompt, value, tolerance, units }: QuestionOf<'numeric'>, writing: Writing): Body {
	if (tolerance.by === 'percent') writing.changed('how far off an answer may be is told as an amount, not in per cent');
	const off = tolerance.by === 'amount' ? tolerance.amount : (Math.abs(value) * tolerance.amount) / 100;
	const all = units.map(
		({ name, factor }) =>
			`<unit><multiplier>${number(1 / factor)}</multiplier><unit_name>${escapeXml(name)}</unit_name></unit>`
	);
	const rest = [
		`<answer fraction="100" format="plain_text">${line(String(value))}<tolerance>${number(off)}</tolerance>${feedback('', writing)}</answer>`,
		units.length
			? `<units>${all.join('')}</units><unitgradingtype>1</unitgradingtype><unitpenalty>1</unitpenalty><showunits>0</showunits>`
			: '<unitgradingtype>0</unitgradingtype><showunits>3</showunits>'
	].join('\n');
	return { type: 'numerical', prompt: writing.text(prompt), rest };
}

function markerBody({ prompt, image, areas }: QuestionOf<'hotspot'>, writing: Writing): Body {
	const file = writing.kept.files.get(image);
	if (!file?.width || !file.height) throw new NotCarried('its picture is not here any more, or has no size');
	const right = areas.filter((area) => area.right);
	if (right.length < areas.length)
		writing.changed('wrong places on a picture and what is said of them are not carried');
	if (new Set(right.map(({ name }) => name)).size > 1)
		writing.changed('the right places of a picture have one name there');
	const drops = right.map(({ area }, at) => {
		const { shape, coords, bent } = pixelsOf(area, { width: file.width!, height: file.height! });
		if (bent) writing.changed('an ellipse is written as a polygon');
		return `<drop><no>${at + 1}</no><shape>${shape}</shape><coords>${coords}</coords><choice>1</choice></drop>`;
	});
	const drag = `<drag><no>1</no>${line(right[0]!.name)}<noofdrags>1</noofdrags></drag>`;
	return { type: 'ddmarker', prompt: writing.text(prompt), rest: `${drag}${drops.join('\n')}` };
}

function formBody({ prompt, fields }: QuestionOf<'form'>, writing: Writing): Body {
	const lines = fields.map((field) => {
		const gap = gapOf(field, writing);
		return gap === undefined ? '' : `<p>${escapeXml(field.label)}: ${gap}</p>`;
	});
	if (lines.every((each) => each === '')) throw new NotCarried('no field of it has a counterpart there');
	const text = writing.text(prompt);
	return {
		type: 'cloze',
		prompt: text.replace(
			/\]\]><\/text>$/,
			() => `\n${lines.filter(Boolean).join('\n').replaceAll(']]>', ']]&gt;')}]]></text>`
		),
		rest: ''
	};
}

function gapOf(field: FormField, writing: Writing): string | undefined {
	switch (field.kind) {
		case 'text': {
			const words = field.accepted.flatMap((accepted) => {
				const text = starred(accepted);
				if (text === undefined) return patternLost(writing);
				return [{ ...accepted, text }];
			});
			return words.length ? gap(field.exactCase ? 'SHORTANSWER_C' : 'SHORTANSWER', words) : undefined;
		}
		case 'number': {
			const off =
				field.tolerance.by === 'amount'
					? field.tolerance.amount
					: (Math.abs(field.value) * field.tolerance.amount) / 100;
			if (field.tolerance.by === 'percent')
				writing.changed('how far off an answer may be is told as an amount, not in per cent');
			if (field.units.length) writing.changed('units of a field are not carried');
			return `{1:NUMERICAL:=${field.value}:${number(off)}}`;
		}
		case 'date':
			writing.changed('a date is a text there, as 2026-03-01');
			return gap('SHORTANSWER', [{ text: field.value, share: 1, why: '' }]);
		case 'choice':
			return gap(
				'MULTICHOICE',
				field.options.map((text) => ({ text, share: text === field.value ? 1 : 0, why: '' }))
			);
		case 'empty':
			writing.changed('a field that stays empty is not carried');
			return undefined;
	}
}

const gap = (kind: string, answers: { text: string; share: number; why: string }[]) =>
	`{1:${kind}:${answers
		.map(
			({ text, share, why }) =>
				`${share === 1 ? '=' : `%${Number((share * 100).toFixed(5))}%`}${inGap(text)}${why ? `#${inGap(why)}` : ''}`
		)
		.join('~')}}`;

const inGap = (text: string) => escapeXml(text.replace(/\\(?!\*)|[}{#~]/g, '\\$&').replace(/\n/g, ' '));

function showBody({ prompt, accepts, rubric }: QuestionOf<'show'>, writing: Writing): Body {
	if (accepts !== 'file') writing.changed('a link that is shown is typed as text there');
	writing.changed('the rubric is a note to who marks, and the reviewer is chosen there');
	const [first] = rubric;
	const note =
		rubric.length === 1
			? first!.criterion
			: rubric
					.map(
						({ criterion, levels }) =>
							`${criterion}: ${levels.map(({ label, points }) => `${label} (${points})`).join(', ')}`
					)
					.join(' · ');
	const files = accepts === 'link' ? 0 : 1;
	const rest = `<responseformat>editor</responseformat><responserequired>0</responserequired><attachments>${files}</attachments><attachmentsrequired>${files}</attachmentsrequired><graderinfo format="html"><text>${escapeXml(escapeXml(note))}</text></graderinfo>`;
	return { type: 'essay', prompt: writing.text(prompt), rest };
}
