import { change, leaveOut, skip, type FileReport } from '#src/core/import/report.ts';
import { noMedia, originOf, plainRubric, NotCarried, type Carried, type Draft, type Media } from '../carried.ts';
import { categoryOf } from '../category.ts';
import { TextReader, wordsOf } from '../text.ts';
import { child, childrenOf, descendants, elementsIn, textOf, type Element } from '#src/platform/server/xml-tree.ts';
import { blanksOf, clozeOf } from './cloze.ts';
import { htmlOf, lineOf, type Reading } from './reading.ts';
import { choiceOf, matchOf, numericOf, orderOf, shortOf, trueFalseOf, markerOf } from './types.ts';

const readers: Record<string, (reading: Reading) => Draft> = {
	multichoice: choiceOf,
	multichoiceset: choiceOf,
	truefalse: trueFalseOf,
	shortanswer: shortOf,
	numerical: numericOf,
	matching: matchOf,
	ordering: orderOf,
	essay: essayOf,
	cloze: clozeOf,
	multianswer: clozeOf,
	gapselect: blanksOf,
	ddwtos: blanksOf,
	ddmarker: markerOf
};

const LOST: Record<string, string> = {
	calculated: 'its numbers are drawn anew each time, which is not done here',
	calculatedsimple: 'its numbers are drawn anew each time, which is not done here',
	calculatedmulti: 'its numbers are drawn anew each time, which is not done here',
	randomsamatch: 'it is put together from other questions: bring those',
	random: 'it is drawn from other questions: bring those',
	ddimageortext: 'dragging onto a picture has no counterpart here: a hotspot asks for one place'
};

/**
 * Reads a question bank in Moodle's XML, a question at a time.
 * @throws Unreadable where the file breaks; what came before it has been given
 */
export async function* readMoodle(content: AsyncIterable<Buffer>, report: FileReport): AsyncGenerator<Carried> {
	const texts = new TextReader(report);
	let objective = '';
	for await (const question of elementsIn(content, (name) => name === 'question')) {
		const type = question.attributes.type ?? '';
		if (type === 'category') {
			objective = categoryOf(textOf(child(child(question, 'category'), 'text')));
			continue;
		}
		report.read += 1;
		const name = nameOf(question);
		texts.where = { line: question.line, what: name ? `“${name}”` : type };
		if (type === 'description') {
			leaveOut(report, 'texts between questions, which ask nothing');
			continue;
		}
		try {
			yield readQuestion(question, type, { texts, report, name, objective });
		} catch (error) {
			if (!(error instanceof NotCarried)) throw error;
			skip(report, { ...texts.where, reason: error.message });
		}
	}
}

const nameOf = (question: Element) => wordsOf(textOf(child(child(question, 'name'), 'text'))).slice(0, 100);

interface Around {
	texts: TextReader;
	report: FileReport;
	name: string;
	objective: string;
}

function readQuestion(question: Element, type: string, { texts, report, objective }: Around): Carried {
	const read = readers[type];
	if (!read)
		throw new NotCarried(LOST[type] ?? `a question of the type “${type.slice(0, 40)}” has no counterpart here`);
	const reading: Reading = {
		question,
		texts,
		report,
		media: mediaOf(question),
		prompt: htmlOf(child(question, 'questiontext'), texts, 10_000),
		why: htmlOf(child(question, 'generalfeedback'), texts, 4000),
		changed: (reason) => change(report, { ...texts.where, reason })
	};
	if (!reading.prompt && type !== 'cloze') throw new NotCarried('it asks nothing: its text is empty');
	tellRules(question, report);
	const content = read(reading);
	const { line, what } = texts.where;
	const id = originOf(textOf(child(question, 'idnumber')).trim(), content);
	const media = reading.media.size > 0 ? reading.media : noMedia;
	return { id, line, what, objective, content, media, ...(type === 'ddmarker' ? { pixels: true as const } : {}) };
}

/** Rules of marking that are not this house's are left out and counted. */
function tellRules(question: Element, report: FileReport): void {
	if (childrenOf(question, 'hint').some((hint) => textOf(child(hint, 'text')).trim()))
		leaveOut(report, 'hints before another try: why it is so is said after an attempt');
	if (Number(textOf(child(question, 'defaultgrade')) || '1') !== 1)
		leaveOut(report, 'weights of questions: each counts the same');
	if (childrenOf(question, 'correctfeedback', 'incorrectfeedback', 'partiallycorrectfeedback').some(saysMore))
		leaveOut(report, 'words to all right or all wrong answers');
	if (descendants(question, 'tag').length > 0) leaveOut(report, 'tags of questions');
}

/** More than what the program itself puts there. */
const saysMore = (feedback: Element) =>
	!/^(your answer is (partially )?(in)?correct\.?)?$/i.test(wordsOf(textOf(child(feedback, 'text'))));

function mediaOf(question: Element): Map<string, Media> {
	const media = new Map<string, Media>();
	for (const file of descendants(question, 'file')) {
		const name = file.attributes.name ?? '';
		const data = textOf(file);
		if (!name || file.attributes.encoding !== 'base64') continue;
		const address = `@@PLUGINFILE@@${file.attributes.path ?? '/'}${name}`;
		const held = { name, bytes: async () => Buffer.from(data, 'base64') };
		// As it stands in a text, and as an address is written.
		for (const each of [address, encodeURI(address), `@@PLUGINFILE@@/${encodeURIComponent(name)}`, name])
			media.set(each, held);
	}
	return media;
}

function essayOf({ question, texts, prompt, why, changed }: Reading): Draft {
	const files = Number(textOf(child(question, 'attachments')) || '0') !== 0;
	if (!files) changed('what was typed at length becomes a file or a link that a reviewer looks at');
	const criterion = lineOf(child(question, 'graderinfo'), texts, 300);
	return {
		type: 'show',
		prompt,
		why,
		accepts: files ? 'file' : 'either',
		reviewerId: '',
		rubric: plainRubric(criterion)
	};
}
