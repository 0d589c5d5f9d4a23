import { expect, test } from 'vitest';
import { answerQuestion, askQuestion } from '#src/ask/server/ask.ts';
import { createToken, revokeToken } from '#src/core/api/server/tokens.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import { addComment } from '#src/core/items/server/comments.ts';
import { deactivatePerson } from '#src/core/people/server/admin.ts';
import { endOtherSessions } from '#src/core/people/server/sessions.ts';
import { removeMember } from '#src/core/spaces/server/members.ts';
import { archiveSpace } from '#src/core/spaces/server/write.ts';
import { sql } from '#src/platform/server/db.ts';
import { aCookie, aPerson, aSpace, viewerOf } from '#src/testing/builders.ts';
import { openHouse } from './house.ts';

const house = await openHouse();
const spaceId = await aSpace(house.db, {
	access: 'closed',
	allowAnonymous: true,
	name: 'Shop "floor" </main> clock:{now:1'
});
const spaces = [spaceId];
const strange = 'Ada "},{data:[</title><script nonce="x">';
const [asker, first, second] = [
	await aPerson(house.db, { spaces, name: 'Hidden Name' }),
	await aPerson(house.db, { spaces, name: strange, language: 'de' }),
	await aPerson(house.db, { spaces, language: 'de' })
];
const title = 'A till <main> "data: [" that hangs';
const question = { spaceId, title, bodyMd: 'It </main> hangs.\n\n`node_ids: [`', tags: [], anonymous: true };
const id = await askQuestion(house.db, asker, question);
const other = await askQuestion(house.db, asker, { ...question, title: 'Another', anonymous: false });
for (const asked of [id, other]) await answerQuestion(house.db, first, asked, { bodyMd: 'Hold the *green* key.' });

/** A page as it comes; `rendered`: asked for so that nothing kept can answer. */
async function get(viewer: Viewer, questionId: string, { rendered = false, headers = {} } = {}) {
	const { name, value } = await cookieFor(viewer);
	const address = `${house.url}/questions/${questionId}${rendered ? '?' : ''}`;
	const response = await fetch(address, { headers: { cookie: `${name}=${value}`, ...headers } });
	const html = await response.text();
	const nonce = /'nonce-([^']+)'/.exec(response.headers.get('content-security-policy') ?? '')?.[1];
	return {
		...{ status: response.status, html, nonce, kept: response.headers.get('server-timing') === 'kept' },
		/** Without what is new each time. */
		same: html
			.replaceAll(nonce!, 'NONCE')
			.replace(/clock:\{now:\d{10,}/, 'NOW')
			.replaceAll(/(submission" value=")[\w-]{36}/g, '$1')
	};
}

const cookies = new Map<string, Promise<{ name: string; value: string }>>();
function cookieFor(viewer: Viewer) {
	if (!cookies.has(viewer.id)) cookies.set(viewer.id, aCookie(house.db, viewer.id));
	return cookies.get(viewer.id)!;
}

/** The question as the API answers. */
async function call({ token }: { token: string }, questionId: string) {
	const address = `${house.url}/api/v1/questions/${questionId}`;
	const response = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
	const { headers, status } = response;
	const left = Number(headers.get('ratelimit-remaining'));
	return { status, left, kept: headers.get('server-timing') === 'kept', body: await response.json() };
}

test('what was rendered for one is what another gets, with their own name around it', async () => {
	await get(second, other);
	const before = await get(second, other);
	expect(before.kept).toBe(true);
	for (const viewer of [first, second, asker]) {
		const rendered = await get(viewer, id, { rendered: true });
		const kept = await get(viewer, id);
		expect([rendered.kept, kept.kept, kept.status]).toEqual([false, true, 200]);
		expect(kept.same).toBe(rendered.same);
		expect(kept.nonce).not.toBe(rendered.nonce);
		expect(kept.html).toContain(`<script nonce="${kept.nonce}"`);
		const plain = await get(viewer, id, { headers: { 'accept-encoding': 'identity' } });
		expect([plain.kept, plain.same]).toEqual([true, kept.same]);
	}
	expect((await get(second, id)).html).not.toMatch(new RegExp(`Hidden Name|${asker.id}`));
	expect((await get(second, id)).html).toContain(`viewer:{id:"${second.id}"`);
});

test('each form that is sent has a submission of its own', async () => {
	const sent = [await get(second, id), await get(second, id)].map(({ kept, html }) => {
		expect(kept).toBe(true);
		return html.match(/(?<=submission" value=")[\w-]{36}/g) ?? [];
	});
	expect(sent[0]!.length).toBeGreaterThan(0);
	expect(new Set(sent.flat()).size).toBe(2 * sent[0]!.length);
});

test('what was added is there at once, and gone is who may no longer read', async () => {
	expect((await get(second, other)).kept).toBe(true);
	await addComment(house.db, asker, other, { bodyMd: 'It is the old one.' });
	const fresh = await get(second, other);
	expect([fresh.kept, fresh.html.includes('It is the old one.')]).toEqual([false, true]);
	await house.db.execute(sql`update item set state = 'removed' where id = ${other}`);
	expect((await get(second, other)).status).toBe(404);
});

test('whoever loses their rights in another process gets nothing that was kept, in the very next request', async () => {
	const admin = await aPerson(house.db, { spaces, steward: true });
	await house.db.execute(sql`insert into org_role (person_id, role) values (${admin.id}, 'admin')`);
	const manager = await viewerOf(house.db, admin.id);
	const losses: ((viewer: Viewer) => Promise<unknown>)[] = [
		({ id: personId }) => removeMember(house.db, manager, spaceId, { personId }),
		({ id: personId }) => endOtherSessions(house.db, personId),
		({ id: personId }) => deactivatePerson(house.db, manager, personId)
	];
	const statuses = [404, 200, 401];
	for (const lose of losses) {
		const viewer = await aPerson(house.db, { spaces, language: 'de' });
		const token = await createToken(house.db, viewer, { name: 'Test', scopes: ['read'], days: 1 });
		await get(viewer, id);
		await call(token, id);
		expect([(await get(viewer, id)).kept, (await call(token, id)).kept]).toEqual([true, true]);
		await lose(viewer);
		const [page, answer] = await Promise.all([get(viewer, id), call(token, id)]);
		expect(page.kept || page.html.includes('Hold the')).toBe(false);
		// A token is no session: it ends by itself.
		expect([lose.toString(), answer.status]).toEqual([lose.toString(), statuses[losses.indexOf(lose)]]);
		await revokeToken(house.db, viewer, token.id);
		expect((await call(token, id)).status).toBe(401);
	}
});

test('that a space is archived, and opened again, shows at once', async () => {
	const steward = await aPerson(house.db, { spaces, steward: true, language: 'de' });
	const shown = await get(second, id);
	await get(second, id);
	await archiveSpace(house.db, steward, spaceId, true);
	const archived = await get(second, id);
	expect([archived.kept, archived.same === shown.same]).toEqual([false, false]);
	await archiveSpace(house.db, steward, spaceId, false);
	expect((await get(second, id)).same).toBe(shown.same);
});

test('a kept page comes to life in the browser', async () => {
	const page = await house.signedIn(second);
	await page.goto(`/questions/${id}`);
	await page.goto(`/questions/${id}`);
	await page.getByRole('button', { name: 'Keep' }).last().click();
	await page.getByRole('link', { name: 'Kept: your note' }).waitFor();
	await page.reload();
	await page.getByRole('link', { name: 'Kept: your note' }).waitFor();
	expect((await get(first, id)).html).not.toContain('Kept: your note');
});

test('a kept page knows its own address, and what pages that follow it need is found', async () => {
	const page = await house.signedIn(second);
	const missing: string[] = [];
	page.on('response', (answer) => void (answer.status() >= 400 && missing.push(answer.url())));
	await get(second, id);
	await page.goto(`/questions/${id}`);
	const live = page.waitForRequest(/notifications\/stream/);
	const kept = await page.goto(`/questions/${id}`);
	expect(kept!.headers()['server-timing']).toBe('kept');
	expect(new URL((await live).url()).searchParams.get('page')).toBe(id);
	const loads = await page.evaluate('performance.timeOrigin');
	for (const place of ['Library', 'People']) {
		await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
		await page.getByRole('heading', { level: 1, name: place }).waitFor();
	}
	await page.goBack();
	await page.goBack();
	await page.getByRole('heading', { level: 1, name: title }).waitFor();
	expect(await page.evaluate('performance.timeOrigin')).toBe(loads);
	expect(missing).toEqual([]);
});

test('the API sends again what still holds, to whoever sees the same', async () => {
	const tokenOf = (viewer: Viewer) => createToken(house.db, viewer, { name: 'Test', scopes: ['read'], days: 1 });
	const tokens = [await tokenOf(first), await tokenOf(second), await tokenOf(await aPerson(house.db))];
	const [one, again] = [await call(tokens[0]!, id), await call(tokens[0]!, id)];
	expect([one.kept, again.kept, again.left]).toEqual([false, true, one.left - 1]);
	expect(again.body).toEqual(one.body);
	await addComment(house.db, second, id, { bodyMd: 'Thank you.' });
	const [fresh, theirs] = [await call(tokens[0]!, id), await call(tokens[1]!, id)];
	expect([fresh.kept, JSON.stringify(fresh.body).includes('Thank you.')]).toEqual([false, true]);
	expect(JSON.stringify(theirs.body)).toContain('"you":true');
	expect([(await call(tokens[2]!, id)).status, (await call({ token: 'trellis_none' }, id)).status]).toEqual([404, 401]);
});
