import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, expect, test } from 'vitest';
import yazl from 'yazl';
import { shelf } from '#src/app/server/shelf.ts';
import { storeFile } from '#src/core/files/server/store.ts';
import { rows, sql } from '#src/platform/server/db.ts';
import { incomingFolder, openFiles } from '#src/platform/server/files.ts';
import { newId } from '#src/platform/server/ids.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { carryOut } from './carry-out.ts';
import { beginRun, runsOf } from './runs.ts';

const { db } = await testDatabase();
const temporary = mkdtempSync(join(tmpdir(), 'trellis-runs-'));
openFiles({ DATA_DIR: temporary, FILES_URL: undefined });
afterAll(() => rmSync(temporary, { recursive: true }));

async function aSteward() {
	const spaceId = await aSpace(db);
	const spaces = [spaceId];
	return { spaceId, steward: await aPerson(db, { spaces, steward: true }), member: await aPerson(db, { spaces }) };
}

async function aZip(files: Record<string, string>): Promise<Buffer> {
	const zip = new yazl.ZipFile();
	for (const [name, content] of Object.entries(files)) zip.addBuffer(Buffer.from(content), name);
	zip.end();
	return buffer(zip.outputStream);
}

test('a steward brings an uploaded ZIP in; the report stands with it, and nothing is left over', async () => {
	const { spaceId, steward } = await aSteward();
	const kept = await storeFile(db, steward, { name: 'drive.zip', content: await aZip({ 'a.md': '# Hello\n\nYou.' }) });
	const input = { kind: 'folder', fileId: kept.id, name: '' } as const;
	const id = await beginRun(db, steward, spaceId, input);
	expect(await beginRun(db, steward, spaceId, input)).toBe(id);
	await carryOut(db, shelf, id);
	expect(await runsOf(db, steward, spaceId)).toMatchObject([
		{ id, state: 'done', fileName: 'drive.zip', report: expect.stringMatching(/^drive: 2 read, 2 written/) }
	]);
	const items = sql`select title from item where space_id = ${spaceId} and author_id = ${steward.id} order by kind desc`;
	expect(await rows(db, items)).toEqual([{ title: 'Hello' }, { title: 'drive' }]);
	// A job that is delivered again finds it done.
	await carryOut(db, shelf, id);
	expect(await rows(db, items)).toHaveLength(2);
	expect(readdirSync(incomingFolder())).toEqual([]);
	expect(await beginRun(db, steward, spaceId, input)).not.toBe(id);
});

test('what cannot be read says so on its page', async () => {
	const { spaceId, steward } = await aSteward();
	const kept = await storeFile(db, steward, { name: 'drive.zip', content: await aZip({ 'a.txt': 'x' }) });
	await carryOut(db, shelf, await beginRun(db, steward, spaceId, { kind: 'confluence', fileId: kept.id, name: '' }));
	expect(await runsOf(db, steward, spaceId)).toMatchObject([
		{ state: 'failed', report: 'The file is no HTML export of Confluence: no page is in it.' }
	]);
});

test('only stewards bring things in, only what they uploaded, and only while they are stewards', async () => {
	const { spaceId, steward, member } = await aSteward();
	const content = await aZip({ 'a.md': 'Hello.' });
	const input = async (of: typeof steward, name = 'drive.zip', bytes: Uint8Array = content) => ({
		...{ kind: 'folder' as const, name: '' },
		fileId: (await storeFile(db, of, { name, content: bytes })).id
	});
	await expect(beginRun(db, member, spaceId, await input(member))).rejects.toMatchObject({ kind: 'forbidden' });
	await expect(runsOf(db, member, spaceId)).rejects.toMatchObject({ kind: 'forbidden' });
	for (const wrong of [
		await input(member),
		await input(steward, 'note.txt', Buffer.from('text')),
		{ kind: 'folder' as const, name: '', fileId: newId() }
	])
		await expect(beginRun(db, steward, spaceId, wrong)).rejects.toMatchObject({
			kind: 'invalid',
			fields: { fileId: expect.any(String) }
		});
	const id = await beginRun(db, steward, spaceId, await input(steward));
	await db.execute(
		sql`update space_member set role = 'member' where space_id = ${spaceId} and person_id = ${steward.id}`
	);
	await carryOut(db, shelf, id);
	expect(await rows(db, sql`select state from import_run where id = ${id}`)).toEqual([{ state: 'failed' }]);
	expect(await rows(db, sql`select 1 from item where space_id = ${spaceId}`)).toEqual([]);
});
