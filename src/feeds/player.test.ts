import { expect, test } from 'vitest';
import { playersOf } from './player.ts';

test('sound and films of a feed, and films of YouTube in all their addresses', () => {
	const media = [
		{ url: 'https://cdn.example/e.mp3', type: 'audio/mpeg', seconds: 61 },
		{ url: 'https://cdn.example/e.mp4', type: 'video/mp4', seconds: null }
	];
	expect(playersOf({ url: 'https://pod.example/1', media })).toEqual([
		{
			...{ kind: 'audio', src: 'https://cdn.example/e.mp3', href: 'https://cdn.example/e.mp3' },
			...{ host: 'cdn.example', minutes: 2 }
		},
		{
			...{ kind: 'video', src: 'https://cdn.example/e.mp4', href: 'https://cdn.example/e.mp4' },
			...{ host: 'cdn.example', minutes: null }
		}
	]);
	const srcOf = (url: string) => playersOf({ url, media: [] })[0]?.src;
	const film = 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1';
	expect(srcOf('https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3')).toBe(film);
	expect(srcOf('https://youtu.be/dQw4w9WgXcQ')).toBe(film);
	expect(srcOf('https://m.youtube.com/shorts/dQw4w9WgXcQ')).toBe(film);
	for (const none of [
		'',
		'https://www.youtube.com/watch?v="><script>',
		'https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ',
		'https://www.youtube.com/@channel'
	])
		expect(srcOf(none)).toBeUndefined();
});
