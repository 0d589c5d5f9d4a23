import { expect, test } from 'vitest';
import { aPerson } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { describeDraft, discardDraft, listDrafts, loadDraft, saveDraft } from './drafts.ts';

const { db } = await testDatabase();
const content = { title: 'The till hangs', bodyMd: 'It **hangs**' };

test('a draft is kept, found again and discarded', async () => {
	const viewer = await aPerson(db);
	const { updatedAt } = await saveDraft(db, viewer, { key: 'question', content });
	expect(await loadDraft(db, viewer, 'question')).toEqual({ key: 'question', content, updatedAt });
	expect(await listDrafts(db, viewer)).toHaveLength(1);
	await discardDraft(db, viewer, 'question');
	expect(await loadDraft(db, viewer, 'question')).toBeUndefined();
});

test('nobody sees the drafts of another', async () => {
	const [viewer, other] = [await aPerson(db), await aPerson(db)];
	await saveDraft(db, viewer, { key: 'question', content });
	expect(await loadDraft(db, other, 'question')).toBeUndefined();
	await discardDraft(db, other, 'question');
	expect(await loadDraft(db, viewer, 'question')).toBeDefined();
});

test('one window goes on saving, another sees that it is not alone', async () => {
	const viewer = await aPerson(db);
	const first = await saveDraft(db, viewer, { key: 'question', content });
	const second = await saveDraft(db, viewer, { key: 'question', content: { bodyMd: 'b' }, seen: first.updatedAt });
	await expect(
		saveDraft(db, viewer, { key: 'question', content: { bodyMd: 'c' }, seen: first.updatedAt })
	).rejects.toMatchObject({ kind: 'conflict', details: { draft: { content: { bodyMd: 'b' } } } });
	await expect(saveDraft(db, viewer, { key: 'question', content: { bodyMd: 'c' } })).rejects.toMatchObject({
		kind: 'conflict'
	});
	await saveDraft(db, viewer, { key: 'question', content: { bodyMd: 'c' }, seen: second.updatedAt });
	expect((await loadDraft(db, viewer, 'question'))!.content).toEqual({ bodyMd: 'c' });
});

test('the same text again is no conflict', async () => {
	const viewer = await aPerson(db);
	await saveDraft(db, viewer, { key: 'question', content });
	await saveDraft(db, viewer, { key: 'question', content });
});

test.each([
	['a name that is none', { key: '../x', content }],
	['too long a text', { key: 'question', content: { bodyMd: 'x'.repeat(120_001) } }],
	[
		'too many fields',
		{ key: 'question', content: Object.fromEntries(Array.from({ length: 1001 }, (_, n) => [`f${n}`, ''])) }
	],
	['fields that are no text', { key: 'question', content: { bodyMd: 1 } }],
	['an unknown field', { key: 'question', content, extra: 1 }],
	['nothing', {}]
])('%s is refused', async (_, given) => {
	await expect(saveDraft(db, await aPerson(db), given)).rejects.toMatchObject({ kind: 'invalid' });
});

test('letters the database cannot hold are dropped, not the draft', async () => {
	const viewer = await aPerson(db);
	await saveDraft(db, viewer, { key: 'question', content: { bodyMd: 'a\0b\ud800' } });
	expect((await loadDraft(db, viewer, 'question'))!.content).toEqual({ bodyMd: 'ab\ufffd' });
});

test.each([
	[
		{ title: 'Till', bodyMd: '**It** hangs', _address: '/questions/new' },
		{ title: 'Till', excerpt: 'It hangs', address: '/questions/new' }
	],
	[
		{ bodyMd: 'Only words', _address: '//evil.example' },
		{ title: 'Only words', excerpt: '', address: undefined }
	],
	[
		{ bodyMd: '', _address: 'javascript:alert(1)' },
		{ title: 'Answer without words yet', address: undefined }
	]
])('a draft %j is listed by what it says', (fields, expected) => {
	expect(describeDraft({ key: 'answer:1', content: fields as Record<string, string>, updatedAt: '' })).toMatchObject({
		kind: 'Answer',
		...expected
	});
});
