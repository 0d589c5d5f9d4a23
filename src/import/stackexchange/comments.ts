import { cleanLine } from '#src/core/import/clean.ts';
import { skip } from '#src/core/import/report.ts';
import { idAt, knownItems, writeItems, type ImportedItem } from '../write.ts';
import { rowId, wholeNumber, writtenAt } from './fields.ts';
import { FORMER, peopleOf } from './people.ts';
import { part } from './source.ts';

interface Comment extends Omit<ImportedItem, 'authorId' | 'spaceId'> {
	line: number;
	parentRef: string;
	author: string;
}

/** Comments on questions and answers; their text is Markdown already. */
export const comments = part<Comment[]>({
	file: 'Comments.xml',
	async prepare(dump, read, report) {
		const kept = read.filter((row) => rowId(row, report));
		const texts = await dump.pool.render(kept.map((row) => ({ markdown: row.attributes.Text ?? '' })));
		return kept.map((row, index) => {
			const field = row.attributes;
			const ref = `comment/${field.Id}`;
			const createdAt = writtenAt(row, ref, ['CreationDate'], dump.madeAt, report);
			const owner = wholeNumber(field.UserId);
			return {
				...{ line: row.line, parentRef: `post/${field.PostId}`, id: idAt(createdAt), kind: 'comment', createdAt },
				author: owner === undefined ? FORMER : String(owner),
				bodyMd: texts[index]!.bodyMd,
				bodyHtml: texts[index]!.bodyHtml,
				provenance: {
					...{ source: dump.source, id: ref, score: wholeNumber(field.Score) },
					author: owner === undefined && field.UserDisplayName ? cleanLine(field.UserDisplayName, 80) : undefined
				}
			};
		});
	},
	async write(tx, dump, batch, report) {
		const known = await knownItems(
			tx,
			dump.source,
			batch.flatMap(({ provenance, parentRef }) => [provenance.id, parentRef])
		);
		const authors = await peopleOf(
			tx,
			dump,
			batch.map(({ author }) => author),
			dump.madeAt
		);
		const items = new Map<string, ImportedItem>();
		for (const { line, parentRef, author, ...comment } of batch) {
			const { id: ref } = comment.provenance;
			const parent = known.get(parentRef);
			if (known.has(ref)) report.present += 1;
			else if (items.has(ref))
				skip(report, { line, what: ref, reason: 'its Id stands twice in the file; the first was taken' });
			else if (!parent) skip(report, { line, what: ref, reason: 'a comment on a post that is not here' });
			else if (!comment.bodyMd) skip(report, { line, what: ref, reason: 'a comment without text' });
			else
				items.set(ref, { ...comment, parentId: parent.id, spaceId: parent.space_id, authorId: authors.get(author)! });
		}
		await writeItems(tx, [...items.values()]);
		report.written += items.size;
	}
});
