import { expect, test } from 'vitest';
import { writePage } from '#src/pages/server/pages.ts';
import { apiClient } from '#src/testing/api.ts';
import { aPerson, aSpace } from '#src/testing/builders.ts';
import { testDatabase } from '#src/testing/database.ts';
import { aNeed } from '#src/testing/needs.ts';

const { db } = await testDatabase();
const api = apiClient(db);

test('evidence leads to something here, to a page elsewhere, or stands by itself', async () => {
	const spaceId = await aSpace(db);
	const secret = await aSpace(db, { access: 'secret' });
	const author = await aPerson(db, { spaces: [spaceId, secret] });
	const reader = await aPerson(db, { spaces: [spaceId] });
	const id = await aNeed(db, author, spaceId);
	const hidden = await writePage(db, author, { spaceId: secret, title: 'Counts', bodyMd: 'Five.', tags: [] });
	const attach = (says: string, more: object = {}) => api(author, `POST /needs/${id}/evidence`, { says, ...more });
	await attach('The counts of Tuesday', { where: `https://trellis.example.org/pages/${hidden}#top`, cause: 'tools' });
	await attach('What the carrier says', { where: 'https://carrier.example/returns' });
	await attach('Sem said so at the gate');
	const { evidence } = (await api(author, `GET /needs/${id}`)).body;
	expect(evidence).toMatchObject([
		{ says: 'What the carrier says', cause: null, href: 'https://carrier.example/returns', by: author.name },
		{ says: 'Sem said so at the gate', href: null },
		{ says: 'The counts of Tuesday', cause: 'tools', href: `/pages/${hidden}` }
	]);
	// Who may not read the page sees what it shows, and no way to it.
	expect((await api(reader, `GET /needs/${id}`)).body.evidence[2]).toMatchObject({ href: null });
	for (const where of ['javascript:alert(1)', 'nowhere', '/pages/01900000-0000-7000-8000-000000000000'])
		expect(await attach('Wrong', { where }), where).toMatchObject({
			status: 422,
			body: { errors: { where: expect.anything() } }
		});
	expect((await api(reader, `POST /needs/${id}/evidence`, { says: 'Mine' })).status).toBe(403);
	expect((await api(author, `DELETE /needs/${id}/evidence/${evidence[0].id}`)).status).toBe(204);
	expect((await api(author, `DELETE /needs/${id}/evidence/${evidence[0].id}`)).status).toBe(404);
	const other = await aNeed(db, author, spaceId);
	expect((await api(author, `DELETE /needs/${other}/evidence/${evidence[1].id}`)).status).toBe(404);
});
