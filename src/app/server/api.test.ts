import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { organisation, orgRole } from '#src/core/people/server/schema.ts';
import { startSession } from '#src/core/people/server/sessions.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { testFiles } from '#src/testing/files.ts';

const { db } = await testDatabase();
testFiles();
const api = apiClient(db);
await db.insert(organisation).values({ name: 'Harbour Works' }).onConflictDoNothing();
const spaceId = await aSpace(db, { allowAnonymous: true });
const writer = await aPerson(db, { spaces: [spaceId] });
const reader = await aPerson(db, { spaces: [spaceId] });
const steward = await aPerson(db, { spaces: [spaceId], steward: true });
const adminsSpace = await aSpace(db);
const { id: adminId } = await aPerson(db, { spaces: [adminsSpace], steward: true });
await db.insert(orgRole).values({ personId: adminId, role: 'admin' });
const admin = await viewerOf(db, adminId);

test('a page is written, changed, compared with what it was, and brought back', async () => {
	const written = await api(writer, 'POST /pages', { spaceId, title: 'The till', bodyMd: 'Count.', tags: 'till' });
	expect(written.status).toBe(201);
	const at = `/pages/${written.body.id}`;
	const text = { title: 'The till', bodyMd: 'Count twice.', tags: ['till'], note: 'Twice', version: 1 };
	expect((await api(writer, `PUT ${at}`, text)).body).toEqual({ version: 2 });
	expect(await api(writer, `PUT ${at}`, text)).toMatchObject({
		status: 409,
		body: { current: { version: 2, bodyMd: 'Count twice.' } }
	});
	const item = `/items/${written.body.id}`;
	expect((await api(writer, `GET ${item}/source`)).body).toMatchObject({ version: 2, bodyMd: 'Count twice.' });
	expect((await api(reader, `GET ${item}/source`)).status).toBe(403);
	expect((await api(reader, `GET ${item}/revisions`)).body.items).toMatchObject([
		{ version: 2, note: 'Twice', editor: { id: writer.id } },
		{ version: 1 }
	]);
	expect((await api(reader, `GET ${item}/revisions/1`)).body).toMatchObject({ version: 1, bodyMd: 'Count.' });
	expect((await api(reader, `GET ${item}/revisions/9`)).status).toBe(404);
	const { body } = (await api(reader, `GET ${item}/difference?from=1&to=2`)).body;
	expect(body).toContainEqual({ text: ' twice', kind: 'added' });
	expect((await api(writer, `POST ${item}/restoration`, { version: 1, seen: 2 })).body).toEqual({ version: 3 });
	expect((await api(reader, `GET ${at}`)).body).toMatchObject({ version: 3, bodyHtml: '<p>Count.</p>\n' });
	expect((await api(reader, 'GET /pages?tag=till')).body.items).toMatchObject([{ id: written.body.id }]);
});

test('pages come a page at a time, each once', async () => {
	const space = await aSpace(db);
	const viewer = await aPerson(db, { spaces: [space] });
	for (const title of ['One', 'Two', 'Three'])
		await api(viewer, 'POST /pages', { spaceId: space, title, bodyMd: title });
	const first = (await api(viewer, `GET /pages?space=${space}&limit=2`)).body;
	const second = (await api(viewer, `GET /pages?space=${space}&limit=2&cursor=${first.next}`)).body;
	expect([...first.items, ...second.items].map(({ title }) => title)).toEqual(['Three', 'Two', 'One']);
	expect(second.next).toBeNull();
});

test('a file goes up as a form or as it is, and comes down again', async () => {
	const form = new FormData();
	form.set('file', new File(['Count the notes.'], 'closing.txt'));
	const asForm = await api(writer, 'POST /files', form);
	expect(asForm).toMatchObject({ status: 201, body: { name: 'closing.txt', mime: 'text/plain', bytes: 16 } });
	const headers = { 'content-type': 'application/octet-stream' };
	const content = new TextEncoder().encode('Count the notes.');
	const whole = await api(writer, 'POST /files?name=closing.txt', content, headers);
	expect(whole.body.id).toBe(asForm.body.id);
	expect((await api(writer, `GET /files/${whole.body.id}`)).body).toMatchObject({ bytes: 16, url: whole.body.url });
	const download = await api(writer, `GET /files/${whole.body.id}/content`);
	expect(strFromU8(download.raw)).toBe('Count the notes.');
	expect(download.headers.get('ratelimit-limit')).toBeTruthy();
	expect((await api(reader, `GET /files/${whole.body.id}`)).status).toBe(404);
	const tooLarge = await api(writer, 'POST /files?name=a.txt', new Uint8Array(10 * 1024 * 1024 + 1), headers);
	expect(tooLarge).toMatchObject({ status: 422, body: { errors: { file: expect.stringContaining('too large') } } });
});

test('a draft is kept, found again and not overwritten unseen', async () => {
	const content = { title: 'Till', bodyMd: 'It hangs' };
	const kept = await api(writer, 'PUT /me/drafts/question', { content });
	expect((await api(writer, 'GET /me/drafts')).body.items).toMatchObject([{ key: 'question', title: 'Till' }]);
	expect((await api(writer, 'GET /me/drafts/question')).body).toEqual({ key: 'question', content, ...kept.body });
	expect((await api(reader, 'GET /me/drafts/question')).status).toBe(404);
	const other = await api(writer, 'PUT /me/drafts/question', { content: { title: 'Other' } });
	expect(other).toMatchObject({ status: 409, body: { draft: { content } } });
	expect((await api(writer, 'DELETE /me/drafts/question')).status).toBe(204);
	expect((await api(writer, 'GET /me/drafts')).body.items).toEqual([]);
});

test('a search finds what may be read; what was sought in vain is told to stewards', async () => {
	expect((await api(reader, `GET /search?q=zyxwvut&space=${spaceId}`)).body).toMatchObject({ items: [], next: null });
	const misses = await api(steward, 'GET /search/misses');
	expect(misses.body.items).toMatchObject([{ query: 'zyxwvut', times: 1 }]);
	expect((await api(reader, 'GET /search/misses')).status).toBe(403);
	expect((await api(reader, `GET /suggest?q=${encodeURIComponent(writer.name)}`)).body.groups).toContainEqual(
		expect.objectContaining({ label: 'People who may know' })
	);
});

test('asked without a name stays without a name', async () => {
	const asker = await aPerson(db, { spaces: [spaceId] });
	const question = { spaceId, title: 'Who may I tell that I am ill?', anonymous: true };
	const { body } = await api(asker, 'POST /questions', question);
	const seen = (await api(reader, `GET /questions/${body.id}`)).body;
	expect(seen.author).toMatchObject({ id: null, anonymous: true });
	for (const path of [`items/${body.id}/revisions`, `items/${body.id}/revisions/1`, 'home', 'questions'])
		expect(JSON.stringify((await api(reader, `GET /${path}`)).body), path).not.toContain(asker.id);
	expect(JSON.stringify(seen)).not.toContain(asker.id);
});

test('a comment is changed by its author alone', async () => {
	const page = (await api(writer, 'POST /pages', { spaceId, title: 'Receipts', bodyMd: 'Print.' })).body.id;
	const { id } = (await api(reader, `POST /items/${page}/comments`, { bodyMd: 'Which?' })).body;
	const { version } = (await api(reader, `GET /comments/${id}`)).body;
	expect((await api(reader, `PUT /comments/${id}`, { bodyMd: 'Which one?', version })).body).toEqual({ version: 2 });
	expect((await api(writer, `PUT /comments/${id}`, { bodyMd: 'Mine', version: 2 })).status).toBe(403);
});

test('what is followed is listed', async () => {
	await api(reader, 'PUT /me/follows/tag/till');
	expect((await api(reader, 'GET /me/follows')).body.items).toContainEqual({ kind: 'tag', target: 'till' });
});

test('everything of one’s own comes as a ZIP', async () => {
	const { raw, headers } = await api(writer, 'GET /me/export');
	expect(headers.get('content-type')).toBe('application/zip');
	expect(JSON.parse(strFromU8(unzipSync(raw)['profile.json']!))).toMatchObject({ id: writer.id });
});

test('browsers are listed and signed out', async () => {
	await startSession(db, reader.id, 'Firefox');
	await startSession(db, reader.id, 'Phone');
	const { items } = (await api(reader, 'GET /me/sessions')).body;
	expect(items.map(({ userAgent }: { userAgent: string }) => userAgent).sort()).toEqual(['Firefox', 'Phone']);
	await api(writer, `DELETE /me/sessions/${items[0].id}`);
	expect((await api(reader, 'GET /me/sessions')).body.items).toHaveLength(2);
	await api(reader, `DELETE /me/sessions/${items[0].id}`);
	expect((await api(reader, 'GET /me/sessions')).body.items).toHaveLength(1);
	await api(reader, 'DELETE /me/sessions');
	expect((await api(reader, 'GET /me/sessions')).body.items).toEqual([]);
});

test('admins look after accounts and the organisation', async () => {
	expect((await api(admin, `GET /accounts?q=${encodeURIComponent(writer.name)}`)).body.items).toContainEqual(
		expect.objectContaining({ id: writer.id, roles: [], active: true })
	);
	expect((await api(writer, 'GET /accounts')).status).toBe(403);
	await api(admin, 'PUT /organisation', { name: 'Harbour', openDomains: ['harbour.example'] });
	expect((await api(admin, 'GET /organisation')).body).toEqual({ name: 'Harbour', openDomains: ['harbour.example'] });
});

test('an invitation is a whole address, sent once, and leads a colleague into the space', async () => {
	const asked = { spaceId: adminsSpace };
	const key = { 'idempotency-key': 'invite-1' };
	const made = await api(admin, 'POST /invitations', asked, key);
	expect(made.body.link).toMatch(/^https:\/\/trellis\.example\.org\/join\/[\w-]{20,}$/);
	const again = await api(admin, 'POST /invitations', asked, key);
	expect(again).toMatchObject({ status: 409, body: { detail: expect.stringContaining('sent only once') } });
	expect(JSON.stringify(await db.execute('select response from idempotency'))).not.toContain('/join/');
	expect((await api(reader, 'POST /me/invitations', { link: made.body.link })).status).toBe(204);
	expect((await viewerOf(db, reader.id)).memberships.has(asked.spaceId)).toBe(true);
});

test('what may be outdated waits for its author, and for who looks after the space', async () => {
	const page = (await api(writer, 'POST /pages', { spaceId, title: 'Old prices', bodyMd: 'As ever.' })).body.id;
	await api(reader, `PUT /items/${page}/outdated`, { note: 'New since May' });
	const todo = async (viewer: typeof writer) =>
		(await api(viewer, 'GET /home')).body.todo.filter(({ title }: { title: string }) => title === 'Old prices');
	expect(await todo(writer)).toMatchObject([{ why: 'A reader thinks this may be outdated' }]);
	expect(await todo(steward)).toMatchObject([{ why: 'May be outdated, in a space you look after' }]);
	expect(await todo(reader)).toEqual([]);
	await api(steward, `POST /items/${page}/settlement`, { as: 'still_right' });
	expect([...(await todo(writer)), ...(await todo(steward))]).toEqual([]);
});
