import type {
	Area,
	FormField,
	QuestionContent,
	QuestionOf,
	QuestionType,
	Quantity,
	Wording
} from '../../../question.ts';
import { NotCarried } from '../carried.ts';
import { nameOf, withFiles, type Kept } from '../kept.ts';
import { markdownToHtml } from '../text.ts';
import { escapeXml } from '#src/platform/server/xml-tree.ts';
import { starred } from '../wording.ts';

interface Parts {
	declarations: string;
	body: string;
	/** What is said to who chose an option. */
	said?: { key: string; why: string }[];
	processing: string;
}

interface Writing {
	kept: Kept;
	html(markdown: string): string;
	changed(reason: string): void;
}

export const SPACES = {
	'2.1': 'http://www.imsglobal.org/xsd/imsqti_v2p1',
	'3.0': 'http://www.imsglobal.org/xsd/imsqtiasi_v3p0'
};

const MATCH =
	'<responseCondition><responseIf><match><variable identifier="RESPONSE"/><correct identifier="RESPONSE"/></match><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition>';
const MAP = '<setOutcomeValue identifier="SCORE"><mapResponse identifier="RESPONSE"/></setOutcomeValue>';

/** A question as an item of QTI 2.1, whose names QTI 3.0 only spells in another way. @throws NotCarried */
export function itemXml(kept: Kept, version: '2.1' | '3.0', changed: (reason: string) => void): string {
	const html = (markdown: string) =>
		xhtml(
			withFiles(markdownToHtml(markdown), kept.files, ({ name }) => `../media/${kept.id}/${encodeURIComponent(name)}`)
		);
	const { content } = kept;
	const parts = (writers[content.type] as (content: QuestionContent, writing: Writing) => Parts)(content, {
		kept,
		html,
		changed
	});
	const said = [
		...(parts.said ?? []).filter(({ why }) => why),
		...(content.why ? [{ key: 'WHY', why: content.why }] : [])
	];
	const feedback = said.map(
		({ key, why }) =>
			`<modalFeedback outcomeIdentifier="FEEDBACK" identifier="${key}" showHide="show">${version === '3.0' ? `<contentBody>${html(why)}</contentBody>` : html(why)}</modalFeedback>`
	);
	return [
		`<assessmentItem xmlns="${SPACES[version]}" identifier="${kept.id}" title="${escapeXml(nameOf(kept))}" adaptive="false" timeDependent="false">`,
		parts.declarations,
		'<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/><outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>',
		`<itemBody>${parts.body}</itemBody>`,
		`<responseProcessing>${parts.processing}</responseProcessing>`,
		...feedback,
		'</assessmentItem>\n'
	].join('\n');
}

/** HTML whose empty elements end, as XML needs it. */
const xhtml = (html: string) =>
	html.replace(/<(br|hr|img|input)\b([^>]*?)\s*\/?>/g, '<$1$2/>').replace(/&nbsp;/g, '&#160;');

const writers: { [T in QuestionType]: (content: QuestionOf<T>, writing: Writing) => Parts } = {
	choice,
	order,
	match,
	short,
	numeric,
	hotspot,
	form,
	show
};

function declaration(id: string, cardinality: string, baseType: string, values: string[], mapping = ''): string {
	const right = values.length
		? `<correctResponse>${values.map((value) => `<value>${escapeXml(value)}</value>`).join('')}</correctResponse>`
		: '';
	return `<responseDeclaration identifier="${id}" cardinality="${cardinality}" baseType="${baseType}">${right}${mapping}</responseDeclaration>`;
}

function choice({ prompt, multiple, options }: QuestionOf<'choice'>, { html }: Writing): Parts {
	const right = options.filter((option) => option.right);
	const share = Number((1 / right.length).toFixed(6));
	const mapping = multiple
		? `<mapping lowerBound="0" upperBound="1" defaultValue="0">${options.map((option) => `<mapEntry mapKey="C${option.key}" mappedValue="${option.right ? share : -share}"/>`).join('')}</mapping>`
		: '';
	return {
		declarations: declaration(
			'RESPONSE',
			multiple ? 'multiple' : 'single',
			'identifier',
			right.map(({ key }) => `C${key}`),
			mapping
		),
		body: `${html(prompt)}<choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="${multiple ? 0 : 1}">${options.map(({ key, text }) => `<simpleChoice identifier="C${key}">${html(text)}</simpleChoice>`).join('')}</choiceInteraction>`,
		said: options.map(({ key, why }) => ({ key: `C${key}`, why })),
		processing: multiple ? MAP : MATCH
	};
}

function order({ prompt, items }: QuestionOf<'order'>, { html }: Writing): Parts {
	return {
		declarations: declaration(
			'RESPONSE',
			'ordered',
			'identifier',
			items.map(({ key }) => `C${key}`)
		),
		body: `${html(prompt)}<orderInteraction responseIdentifier="RESPONSE" shuffle="true">${items.map(({ key, text }) => `<simpleChoice identifier="C${key}">${html(text)}</simpleChoice>`).join('')}</orderInteraction>`,
		processing: MATCH
	};
}

function match({ prompt, pairs, others }: QuestionOf<'match'>, { html }: Writing): Parts {
	const rights = [...new Set([...pairs.map(({ right }) => right), ...others])];
	const values = pairs.map(({ key, right }) => `L${key} R${rights.indexOf(right)}`);
	const share = Number((1 / pairs.length).toFixed(6));
	const mapping = `<mapping defaultValue="0">${values.map((value) => `<mapEntry mapKey="${value}" mappedValue="${share}"/>`).join('')}</mapping>`;
	const set = (all: string[]) => `<simpleMatchSet>${all.join('')}</simpleMatchSet>`;
	return {
		declarations: declaration('RESPONSE', 'multiple', 'directedPair', values, mapping),
		body: `${html(prompt)}<matchInteraction responseIdentifier="RESPONSE" shuffle="true" maxAssociations="${pairs.length}">${set(pairs.map(({ key, left }) => `<simpleAssociableChoice identifier="L${key}" matchMax="1">${html(left)}</simpleAssociableChoice>`))}${set(rights.map((right, n) => `<simpleAssociableChoice identifier="R${n}" matchMax="${pairs.length}">${escapeXml(right)}</simpleAssociableChoice>`))}</matchInteraction>`,
		processing: MAP
	};
}

function wording(id: string, { accepted, exactCase }: Wording, { changed }: Writing): string {
	const entries = accepted.flatMap((answer) => {
		const words = starred(answer);
		if (words === undefined) changed('a pattern is not carried');
		else if (words.includes('*')) changed('a star that stands for anything is a plain sign to other programs');
		if (answer.why) changed('what is said to a typed answer is not carried');
		return words === undefined ? [] : [{ words: words.replaceAll('\\*', '*'), share: answer.share }];
	});
	if (entries.length === 0) throw new NotCarried('only patterns say what is right, and QTI holds none');
	const best = entries.find(({ share }) => share === 1) ?? entries[0]!;
	const mapping = entries
		.map(
			({ words, share }) =>
				`<mapEntry mapKey="${escapeXml(words)}" mappedValue="${share}" caseSensitive="${exactCase}"/>`
		)
		.join('');
	return declaration(id, 'single', 'string', [best.words], `<mapping defaultValue="0">${mapping}</mapping>`);
}

function short(content: QuestionOf<'short'>, writing: Writing): Parts {
	return {
		declarations: wording('RESPONSE', content, writing),
		body: `${writing.html(content.prompt)}<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>`,
		processing: MAP
	};
}

function equal(id: string, { value, tolerance }: Quantity): string {
	const mode = tolerance.by === 'percent' ? 'relative' : tolerance.amount === 0 ? 'exact' : 'absolute';
	const off = mode === 'exact' ? '' : ` tolerance="${tolerance.amount} ${tolerance.amount}"`;
	return `<responseCondition><responseIf><equal toleranceMode="${mode}"${off}><variable identifier="${id}"/><baseValue baseType="float">${value}</baseValue></equal><setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition>`;
}

function numeric(content: QuestionOf<'numeric'>, { html, changed }: Writing): Parts {
	if (content.units.length > 0) changed('units are not carried');
	return {
		declarations: declaration('RESPONSE', 'single', 'float', [String(content.value)]),
		body: `${html(content.prompt)}<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>`,
		processing: equal('RESPONSE', content)
	};
}

function hotspot({ prompt, image, alt, areas }: QuestionOf<'hotspot'>, { kept, html }: Writing): Parts {
	const file = kept.files.get(image);
	if (!file?.width || !file.height) throw new NotCarried('its picture is not here any more, or has no size');
	const size = { width: file.width, height: file.height };
	const choices = areas.map(
		({ key, name, area }) =>
			`<hotspotChoice identifier="A${key}" hotspotLabel="${escapeXml(name)}" ${shapeOf(area, size)}/>`
	);
	const right = areas.filter((area) => area.right).map(({ key }) => `A${key}`);
	const mapping = `<mapping defaultValue="0">${right.map((key) => `<mapEntry mapKey="${key}" mappedValue="1"/>`).join('')}</mapping>`;
	const picture = `<object data="../media/${kept.id}/${encodeURIComponent(file.name)}" type="${file.mime}" width="${size.width}" height="${size.height}">${escapeXml(alt)}</object>`;
	return {
		declarations: declaration('RESPONSE', 'multiple', 'identifier', right, mapping),
		body: `${html(prompt)}<hotspotInteraction responseIdentifier="RESPONSE" maxChoices="1">${picture}${choices.join('')}</hotspotInteraction>`,
		said: areas.map(({ key, why }) => ({ key: `A${key}`, why })),
		processing: MAP
	};
}

function shapeOf(area: Area, { width, height }: { width: number; height: number }): string {
	const x = (share: number) => Math.round((share / 100) * width);
	const y = (share: number) => Math.round((share / 100) * height);
	if (area.shape === 'polygon')
		return `shape="poly" coords="${area.points.flatMap(([px, py]) => [x(px), y(py)]).join(',')}"`;
	if (area.shape === 'rectangle')
		return `shape="rect" coords="${x(area.x)},${y(area.y)},${x(area.x + area.width)},${y(area.y + area.height)}"`;
	return `shape="ellipse" coords="${x(area.x + area.width / 2)},${y(area.y + area.height / 2)},${x(area.width / 2)},${y(area.height / 2)}"`;
}

function form({ prompt, title, fields }: QuestionOf<'form'>, writing: Writing): Parts {
	const written = fields.flatMap((field, n) => {
		const part = fieldOf(field, `FIELD_${n + 1}`, writing);
		return part ? [{ ...part, label: field.label }] : [];
	});
	if (written.length < 2 && written[0]?.gap.startsWith('<textEntry'))
		throw new NotCarried('a form with one field is not told from a question with a gap there');
	if (written.length === 0) throw new NotCarried('no field of it has a counterpart there');
	if (title !== nameOf(writing.kept)) writing.changed('the title of a form is shortened');
	return {
		declarations: written.map(({ declared }) => declared).join('\n'),
		body: `${writing.html(prompt)}${written.map(({ label, gap }) => `<p>${escapeXml(label)}: ${gap}</p>`).join('')}`,
		processing: written.map(({ processing }) => processing).join('')
	};
}

function fieldOf(
	field: FormField,
	id: string,
	writing: Writing
): { declared: string; gap: string; processing: string } | undefined {
	const sum = `<setOutcomeValue identifier="SCORE"><sum><variable identifier="SCORE"/><mapResponse identifier="${id}"/></sum></setOutcomeValue>`;
	const entry = `<textEntryInteraction responseIdentifier="${id}"/>`;
	switch (field.kind) {
		case 'text':
			return { declared: wording(id, field, writing), gap: entry, processing: sum };
		case 'number':
			if (field.units.length > 0) writing.changed('units of a field are not carried');
			return {
				declared: declaration(id, 'single', 'float', [String(field.value)]),
				gap: entry,
				processing: equal(id, field)
			};
		case 'date':
			writing.changed('a date is a text there, as 2026-03-01');
			return {
				declared: wording(
					id,
					{ accepted: [{ match: 'words', text: field.value, share: 1, why: '' }], exactCase: false },
					writing
				),
				gap: entry,
				processing: sum
			};
		case 'choice': {
			const options = field.options.map(
				(option, n) => `<inlineChoice identifier="O${n}">${escapeXml(option)}</inlineChoice>`
			);
			const right = `O${field.options.indexOf(field.value)}`;
			return {
				declared: declaration(
					id,
					'single',
					'identifier',
					[right],
					`<mapping defaultValue="0"><mapEntry mapKey="${right}" mappedValue="1"/></mapping>`
				),
				gap: `<inlineChoiceInteraction responseIdentifier="${id}" shuffle="false">${options.join('')}</inlineChoiceInteraction>`,
				processing: sum
			};
		}
		case 'empty':
			writing.changed('a field that stays empty is not carried');
			return undefined;
	}
}

function show({ prompt, accepts, rubric }: QuestionOf<'show'>, { html, changed }: Writing): Parts {
	changed('of the rubric only the criteria are carried, and no reviewer');
	const blocks = rubric
		.map(({ criterion }) => `<rubricBlock view="scorer"><p>${escapeXml(criterion)}</p></rubricBlock>`)
		.join('');
	const isFile = accepts === 'file';
	const interaction = isFile
		? '<uploadInteraction responseIdentifier="RESPONSE"/>'
		: '<extendedTextInteraction responseIdentifier="RESPONSE"/>';
	return {
		declarations: declaration('RESPONSE', 'single', isFile ? 'file' : 'string', []),
		body: `${blocks}${html(prompt)}${interaction}`,
		processing: ''
	};
}
