import { expect, test } from 'vitest';
import { oddDates } from './odd.ts';

test('the last days of the month before are nothing odd', () => {
	expect(oddDates({ publishedOn: '2013-02-20', foundOn: '2013-03-01' }, '2013-03')).toEqual([]);
	expect(oddDates({ publishedOn: '2013-03-05', foundOn: '2013-03-05' }, '2013-03')).toEqual([]);
});

test('a year that may be a slip is told, and so are the future, no date, and another month', () => {
	const of = (publishedOn: string | null, foundOn: string) => oddDates({ publishedOn, foundOn }, '2013-03');
	expect(of('2012-03-04', '2013-03-05')).toEqual([
		'Published 4 March 2012, a year before it was found. Is the year right?'
	]);
	expect(of('1962-11-01', '2013-03-05')[0]).toContain('50 years before');
	expect(of('2013-03-09', '2013-03-05')[0]).toContain('after it was found');
	expect(of(null, '2013-03-05')).toEqual(['No date of publication.']);
	expect(of('2013-01-02', '2013-01-05')).toEqual(['Found on 5 January 2013; the list is that of March 2013.']);
});
