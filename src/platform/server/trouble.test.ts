import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { codeOf, whyNot } from './trouble.ts';

const thrown = (work: () => unknown): unknown => {
	try {
		return work();
	} catch (error) {
		return error;
	}
};

test('what the system refuses is said in words, never by its code', async () => {
	expect(whyNot(thrown(() => readFileSync('/no/such/file')))).toBe('it is not there');
	expect(whyNot(thrown(() => readFileSync('/')))).toBe('it is a folder');
	const [refused] = (await once(connect(1, '127.0.0.1'), 'error').catch((error) => [error])) as [Error];
	expect(whyNot(refused)).toBe('nothing answers there');
	const both = new AggregateError([refused]);
	expect([codeOf(both), whyNot(both)]).toEqual(['ECONNREFUSED', 'nothing answers there']);
	expect(whyNot(Object.assign(new Error('bind'), { code: 'EINVAL' }))).toBe('the system does not say why');
	expect(whyNot(Object.assign(new Error('x'), { code: 'EINVAL' }), 'it broke off')).toBe('it broke off');
});
