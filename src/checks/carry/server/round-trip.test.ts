import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, test } from 'vitest';
import { emptyReport, type FileReport } from '#src/core/import/report.ts';
import { chance, someQuestion } from '#src/testing/questions.ts';
import { questionContent, type QuestionContent, type QuestionType } from '../../question.ts';
import type { Carried } from './carried.ts';
import { writeCsv } from './csv/write.ts';
import { openQuestions } from './formats.ts';
import { writeGift } from './gift/write.ts';
import type { Kept } from './kept.ts';
import { writeMoodle } from './moodle/write.ts';
import { writePackage } from './qti/write-package.ts';
import { markdownToHtml, wordsOf } from './text.ts';

interface Format {
	write(questions: AsyncIterable<Kept>, report: FileReport): AsyncIterable<string | Uint8Array>;
	types: Exclude<QuestionType, 'hotspot'>[];
	/** What the format has no place for. */
	without?: (content: QuestionContent) => QuestionContent;
}

const noUnits = (content: QuestionContent) => (content.type === 'numeric' ? { ...content, units: [] } : content);
const noWords = (content: QuestionContent) =>
	content.type === 'short'
		? { ...content, accepted: content.accepted.map((each) => ({ ...each, why: '' })) }
		: noUnits(content);
const all = ['choice', 'order', 'match', 'short', 'numeric', 'form', 'show'] as const;
const title = 'Returns & <goods>';

const formats: Record<string, Format> = {
	'Moodle XML': { write: writeMoodle, types: [...all] },
	GIFT: { write: writeGift, types: ['choice', 'match', 'short', 'numeric'], without: noUnits },
	CSV: { write: writeCsv, types: ['choice', 'order', 'match', 'short', 'numeric', 'show'] },
	'QTI 2.1': {
		write: (all, report) => writePackage(all, report, { title, version: '2.1' }),
		types: [...all],
		without: noWords
	},
	'QTI 3.0': {
		write: (all, report) => writePackage(all, report, { title, version: '3.0' }),
		types: [...all],
		without: noWords
	}
};

const folder = mkdtempSync(join(tmpdir(), 'trellis-questions-'));
afterAll(() => rmSync(folder, { recursive: true }));

const idOf = (n: number) => `0199d4a0-0000-7000-8000-${String(n).padStart(12, '0')}`;
const objectiveOf = (n: number) => (n % 3 ? `Goods / part ${n % 3}` : 'Returns');

async function* keptOf(contents: QuestionContent[]): AsyncGenerator<Kept> {
	for (const [n, content] of contents.entries())
		yield { id: idOf(n), objective: objectiveOf(n), content, files: new Map() };
}

/** What people see of a question: its texts as they are shown. */
function shown(content: object): unknown {
	return JSON.parse(
		JSON.stringify(content, (key, value: unknown) => {
			if (typeof value !== 'string') return value;
			if (['prompt', 'why', 'left', 'text'].includes(key)) return wordsOf(markdownToHtml(value)).replace(/\s+/g, '');
			return value;
		})
	);
}

test.each(Object.entries(formats))(
	'%s brings back what it took away',
	async (name, { write, types, without = (all) => all }) => {
		const by = chance(7);
		const contents = Array.from({ length: 60 * types.length }, (_, n) =>
			without(someQuestion(types[n % types.length]!, by))
		);
		const out = emptyReport();
		const path = join(folder, 'questions');
		writeFileSync(
			path,
			(await Readable.from(write(keptOf(contents), out)).toArray())
				.map((each) => (typeof each === 'string' ? Buffer.from(each) : each))
				.reduce((whole, each) => Buffer.concat([whole, each]), Buffer.alloc(0))
		);
		expect(out).toMatchObject({ read: contents.length, written: contents.length, skipped: {} });
		const report = emptyReport();
		const back = new Map<string, Carried>();
		let count = 0;
		for await (const question of (await openQuestions({ path, name: 'questions' }, report)).questions) {
			// GIFT has no ids: its questions come in their order.
			back.set(name === 'GIFT' ? idOf(count) : question.id, question);
			count += 1;
		}
		expect(report.skipped).toEqual({});
		for (const [n, wanted] of contents.entries()) {
			const { content, objective } = back.get(idOf(n))!;
			expect(objective).toBe(objectiveOf(n));
			const reviewed =
				content.type === 'show' ? { ...content, reviewerId: '0199d4a0-0000-7000-8000-00000000000a' } : content;
			expect(shown(questionContent.parse(reviewed))).toEqual(shown(wanted));
		}
	}
);
