import { Readable } from 'node:stream';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { filesIn } from '#src/core/files/server/read.ts';
import { fileAddress } from '#src/core/files/server/store.ts';
import { emptyReport, type FileReport } from '#src/core/import/report.ts';
import { rows, sql, type Db } from '#src/platform/server/db.ts';
import { files } from '#src/platform/server/files.ts';
import { bankOf } from '../../banks/server/banks.ts';
import type { QuestionContent } from '../../question.ts';
import type { ExportFormat } from '../import.ts';
import { writeCsv } from './csv/write.ts';
import { writeGift } from './gift/write.ts';
import type { Kept, KeptFile } from './kept.ts';
import { writeMoodle } from './moodle/write.ts';
import { writePackage } from './qti/write-package.ts';

export interface Exported {
	name: string;
	mime: string;
	content: AsyncIterable<Uint8Array | string>;
	/** Whole when the content has been read. */
	report: FileReport;
}

const kinds: Record<ExportFormat, { ending: string; mime: string }> = {
	moodle: { ending: 'xml', mime: 'application/xml' },
	gift: { ending: 'gift.txt', mime: 'text/plain; charset=utf-8' },
	qti21: { ending: 'zip', mime: 'application/zip' },
	qti30: { ending: 'zip', mime: 'application/zip' },
	csv: { ending: 'csv', mime: 'text/csv; charset=utf-8' }
};

/** The questions of a bank in a format that others read, with their answers. @throws Failure not_found or forbidden */
export async function exportQuestions(db: Db, viewer: Viewer, bankId: string, format: ExportFormat): Promise<Exported> {
	const bank = await bankOf(db, viewer, bankId);
	const report = emptyReport();
	const questions = questionsOf(db, viewer, bankId);
	const written = {
		moodle: () => writeMoodle(questions, report),
		gift: () => writeGift(questions, report),
		csv: () => writeCsv(questions, report),
		qti21: () => writePackage(questions, report, { title: bank.title, version: '2.1' }),
		qti30: () => writePackage(questions, report, { title: bank.title, version: '3.0' })
	}[format]();
	const { ending, mime } = kinds[format];
	const name =
		bank.title
			.replace(/[^\p{L}\p{N}]+/gu, '-')
			.replace(/^-|-$/g, '')
			.slice(0, 80) || 'questions';
	return { name: `${name}.${ending}`, mime, content: written, report };
}

/** An export as the answer to a request. */
export function download({ name, mime, content }: Exported): Response {
	const stream = Readable.toWeb(Readable.from(content, { objectMode: false })) as ReadableStream;
	return new Response(stream, {
		headers: {
			'content-type': mime,
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
			'cache-control': 'private, no-store',
			'x-content-type-options': 'nosniff'
		}
	});
}

const PAGE = 100;

/** By objective, a page at a time; retired ones stay here. */
async function* questionsOf(db: Db, viewer: Viewer, bankId: string): AsyncGenerator<Kept> {
	let after: [position: number, id: string] = [-1, '00000000-0000-0000-0000-000000000000'];
	for (;;) {
		const found = await rows<{ id: string; position: number; objective: string; content: QuestionContent }>(
			db,
			sql`select q.id, coalesce(o.position, 2147483647) as position, coalesce(o.title, '') as objective, v.content
				from bank_question q join bank_question_version v on v.question_id = q.id and v.version = q.version
				left join objective o on o.id = q.objective_id
				where q.bank_id = ${bankId} and q.state <> 'retired'
					and (coalesce(o.position, 2147483647), q.id) > (${after[0]}, ${after[1]}::uuid)
				order by 2, 1 limit ${PAGE}`
		);
		for (const { id, objective, content } of found)
			yield { id, objective, content, files: await filesOf(db, viewer, content) };
		if (found.length < PAGE) return;
		after = [found.at(-1)!.position, found.at(-1)!.id];
	}
}

async function filesOf(db: Db, viewer: Viewer, content: QuestionContent): Promise<Map<string, KeptFile>> {
	const kept = new Map<string, KeptFile>();
	for (const row of (await filesIn(db, viewer, JSON.stringify(content))).values()) {
		const { name, mime, width, height, sha256 } = row;
		const own = [...kept.values()].some((each) => each.name === name) ? `${kept.size}-${name}` : name;
		const bytes = async () => Buffer.concat(await Readable.from(await files().get(sha256)).toArray());
		kept.set(fileAddress(row), { name: own, mime, width, height, bytes });
	}
	return kept;
}
