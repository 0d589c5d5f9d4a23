import { cleanTag } from '#src/core/import/clean.ts';
import { change, skip } from '#src/core/import/report.ts';
import { part } from './source.ts';

/** Tags stand on the questions; the list of them tells which had to change to fit the house. */
export const tags = part<number>({
	file: 'Tags.xml',
	prepare(_dump, read, report) {
		let count = 0;
		for (const { line, attributes } of read) {
			const name = attributes.TagName ?? '';
			const tag = cleanTag(name);
			if (!tag) skip(report, { line, what: name.slice(0, 40), reason: 'nothing of its name can stand in a tag' });
			else if (tag !== name)
				change(report, { line, what: `${name.slice(0, 40)} → ${tag}`, reason: 'a tag was renamed' });
			if (tag) count += 1;
		}
		return count;
	},
	async write(_tx, _dump, count, report) {
		report.written += count;
	}
});
