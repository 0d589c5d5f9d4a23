import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { anArticle, testWeb } from '#src/testing/web.ts';
import { lookAt } from './look.ts';

const web = await testWeb();
const html = { 'content-type': 'text/html; charset=utf-8' };
const look = (place: string, more = {}) => lookAt(web.url(place), { fetch: web.fetch, ...more });

test('a page says what it is, who wrote it and when, and is read', async () => {
	const head = `<link rel="canonical" href="/guide"><meta property="og:site_name" content="The Scale">
		<meta property="og:image" content="/scale.png"><meta name="description" content="How to weigh.">
		<script type="application/ld+json">{"@graph":[{"@type":"Article","author":[{"name":"Ann Ito"},{"name":"Ben"}],"datePublished":"2024-03-01T10:00:00Z"}]}</script>`;
	web.pages.set('site.example/guide', (_request, response) =>
		response.writeHead(200, { ...html, etag: '"7"' }).end(anArticle('tea', { title: 'Weighing &amp; tea', head }))
	);
	const found = await look('site.example/guide');
	expect(found).toMatchObject({
		...{ kind: 'page', etag: '"7"', cut: false },
		facts: {
			...{ title: 'Weighing & tea', site: 'The Scale', author: 'Ann Ito, Ben', published: '2024-03-01T10:00:00.000Z' },
			...{ description: 'How to weigh.', language: 'en', image: web.url('site.example/scale.png') },
			canonical: web.url('site.example/guide')
		}
	});
	const { facts } = found as Extract<typeof found, { kind: 'page' }>;
	expect(facts.text).toContain('When tea matters, weighing comes in step 1');
	expect(facts.words).toBeGreaterThan(500);
	expect(facts.html).not.toContain('Home');
});

test('nothing that runs, calls home or hides is kept', async () => {
	const evil = `<p onclick="alert(1)">Read <a href="javascript:alert(1)">this</a>, <a href="/more" onmouseover="x()">more</a>
		and \u202ehidden\u202c. ${'Long enough to be read as text. '.repeat(20)}</p><img src="https://spy.example/pixel.png" onerror="alert(1)">
		<iframe src="https://spy.example"></iframe><script>alert(1)</script><style>p{}</style><svg onload="alert(1)"></svg>
		<form action="https://spy.example"><input name="secret"></form>`;
	web.pages.set('site.example/evil', anArticle('tea').replace('</article>', `${evil}</article>`));
	const found = await look('site.example/evil');
	const { facts } = found as Extract<typeof found, { kind: 'page' }>;
	expect(facts.html).toContain('Long enough to be read');
	expect(facts.html).toContain(`href="${web.url('site.example/more')}"`);
	expect(facts.html).not.toMatch(
		/script|javascript|onclick|onmouseover|<img|iframe|style|svg|form|spy\.example|\u202e/
	);
});

test.each([
	['asks for a password', 'site.example/wall', '<form><input type="password" name="p"></form><p>Please sign in.</p>'],
	['sends readers to its sign-in', 'site.example/members', { location: '/login?next=/members' }],
	[
		'sends readers to another place to sign in',
		'site.example/docs',
		{ location: 'http://accounts.site.example/start' }
	],
	['says 401', 'site.example/401', 401],
	['says 403', 'site.example/403', 403]
])('a login wall that %s is told as one', async (_name, place, answer) => {
	web.pages.set('site.example/login', '<p>Who are you?</p>');
	web.pages.set(place, (_request, response) => {
		if (typeof answer === 'string') response.writeHead(200, html).end(answer);
		else if (typeof answer === 'number') response.writeHead(answer, html).end('no');
		else
			response
				.writeHead(302, {
					location: answer.location.replace('http://accounts.site.example', web.url('accounts.site.example'))
				})
				.end();
	});
	web.pages.set('accounts.site.example/start', '<p>Welcome</p>');
	expect((await look(place)).kind).toBe('login');
});

test('an article with a sign-in form beside it is an article', async () => {
	web.pages.set('site.example/shop', anArticle('tea').replace('</nav>', '<form><input type="password"></form></nav>'));
	expect((await look('site.example/shop')).kind).toBe('page');
});

test('pages that misbehave', async () => {
	web.pages.set('site.example/endless', (_request, response) => {
		response.writeHead(200, html);
		const more = () => {
			while (!response.destroyed && response.write('<p>and so on and on and on and on and on and on</p>'.repeat(500)));
			if (!response.destroyed) response.once('drain', more);
		};
		more();
	});
	web.pages.set('site.example/slow', (_request, response) => {
		response.writeHead(200, html);
		const drip = setInterval(() => response.write('<p>drip</p>'), 100);
		response.on('close', () => clearInterval(drip));
	});
	web.pages.set('site.example/bomb', (_request, response) =>
		response.writeHead(200, { ...html, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(200_000_000, '<b>')))
	);
	web.pages.set('site.example/heavy', (_request, response) =>
		response.writeHead(200, html).end(Buffer.concat([Buffer.from(anArticle('tea')), Buffer.alloc(50_000_000, ' ')]))
	);
	web.pages.set('site.example/inside', (_request, response) =>
		response.writeHead(302, { location: 'http://wiki.inside/' }).end()
	);
	web.pages.set('site.example/report', (_request, response) =>
		response.writeHead(200, { 'content-type': 'application/pdf' }).end('%PDF-')
	);
	web.pages.set('site.example/broken', (_request, response) => response.writeHead(500, html).end('oh'));
	web.pages.set('site.example/torn', (_request, response) => {
		response.writeHead(200, { ...html, 'content-length': '1000' }).write('<p>half');
		setTimeout(() => response.destroy(), 20);
	});
	expect(await look('site.example/endless')).toMatchObject({ kind: 'page', cut: true });
	expect(await look('site.example/slow', { time: 800 })).toMatchObject({ kind: 'failed', reason: 'slow' });
	expect((await look('site.example/bomb')).kind).toMatch(/page|failed/);
	expect(await look('site.example/heavy')).toMatchObject({
		kind: 'page',
		cut: true,
		facts: { title: 'All about tea' }
	});
	expect(await look('site.example/inside')).toMatchObject({ kind: 'failed', reason: 'private' });
	expect(await look('wiki.inside/')).toMatchObject({ kind: 'failed', reason: 'private' });
	expect(await look('wiki.nowhere/')).toMatchObject({ kind: 'failed', reason: 'nowhere' });
	expect(await look('site.example/report')).toMatchObject({ kind: 'file', type: 'application/pdf' });
	expect(await look('site.example/broken')).toMatchObject({ kind: 'failed', reason: 'status' });
	expect(await look('site.example/torn')).toMatchObject({ kind: 'failed', reason: 'unreachable' });
	expect(await look('site.example/none')).toMatchObject({ kind: 'gone', status: 404 });
	// After all of that the next page is read as ever.
	web.pages.set('site.example/fine', anArticle('tea'));
	expect((await look('site.example/fine')).kind).toBe('page');
});

test('a page that would keep a reader busy for ever costs itself only', async () => {
	web.pages.set('site.example/deep', `<html><body>${'<div>'.repeat(150_000)}text</body></html>`);
	web.pages.set('site.example/fine', anArticle('tea'));
	const [deep, fine] = await Promise.all([look('site.example/deep'), look('site.example/fine')]);
	expect(deep.kind).toMatch(/page|failed/);
	expect(fine.kind).toBe('page');
});

test('a text in an old encoding, and one without HTML', async () => {
	const old = anArticle('Tee', { title: 'Käse und Tee' });
	web.pages.set('site.example/old', (_request, response) =>
		response.writeHead(200, { 'content-type': 'text/html; charset=iso-8859-1' }).end(Buffer.from(old, 'latin1'))
	);
	web.pages.set('site.example/notes.txt', (_request, response) =>
		response.writeHead(200, { 'content-type': 'text/plain' }).end('First line <b>\nsecond line')
	);
	expect(await look('site.example/old')).toMatchObject({ kind: 'page', facts: { title: 'Käse und Tee' } });
	expect(await look('site.example/notes.txt')).toMatchObject({
		...{ kind: 'page' },
		facts: { title: 'notes.txt', text: 'First line <b>\nsecond line' }
	});
});

test('an unchanged page is not sent again', async () => {
	web.pages.set('site.example/same', (request, response) =>
		request.headers['if-none-match'] === '"1"'
			? response.writeHead(304).end()
			: response.writeHead(200, { ...html, etag: '"1"' }).end(anArticle('tea'))
	);
	expect((await look('site.example/same', { known: { etag: '"1"', lastModified: '' } })).kind).toBe('same');
	expect((await look('site.example/same')).kind).toBe('page');
});
