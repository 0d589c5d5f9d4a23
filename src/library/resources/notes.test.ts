import { describe, expect, test } from 'vitest';
import { readCaptions, transcriptOf, writeVtt } from './captions.ts';
import { chapterLines, pointLines, readChapters, readPoints } from './notes.ts';
import { mediaOf } from './resource.ts';
import { clock, secondsOf } from './time.ts';

test.each([
	['0:00', 0],
	['2:05', 125],
	['1:02:05', 3725],
	['75', 75],
	['0:01.5', 1.5],
	['0:01,5', 1.5]
])('%s is a time', (text, seconds) => expect(secondsOf(text)).toBe(seconds));
test.each(['', 'soon', '1:2:3:4', '-1', '1:', '2:05pm'])('%j is none', (text) =>
	expect(secondsOf(text)).toBeUndefined()
);
test.each([
	[0, '0:00'],
	[125.9, '2:05'],
	[3725, '1:02:05']
])('%d seconds are %s', (seconds, text) => expect(clock(seconds)).toBe(text));

describe('chapters', () => {
	test('are lines with a time, in order', () => {
		const text = '3:20 Prices\n\n0:00 Welcome\n1:00:05 – Questions\n[9:00] The end';
		expect(readChapters(text)).toEqual({
			list: [
				{ seconds: 0, title: 'Welcome' },
				{ seconds: 200, title: 'Prices' },
				{ seconds: 540, title: 'The end' },
				{ seconds: 3605, title: 'Questions' }
			]
		});
		const read = readChapters(text) as { list: { seconds: number; title: string }[] };
		expect(readChapters(chapterLines(read.list))).toEqual(read);
	});
	test.each([
		['Welcome', 'begin each line with a time'],
		['1:00', 'begin each line with a time'],
		['0:10 A\n0:10 B', 'two begin at the same time'],
		[`0:10 ${'x'.repeat(400)}`, 'more than 300'],
		[Array.from({ length: 300 }, (_, n) => `${n}:00 x`).join('\n'), '200 lines']
	])('%.20j are not saved', (text, wrong) => {
		expect(readChapters(text)).toEqual({ wrong: expect.stringContaining(wrong) });
	});
});

test('key points lead to a page or a time, or nowhere', () => {
	const text = '- Say the price late (p. 4)\nAsk twice (3:20)\nSmile (always)\n* Slides help [slide 2]\nListen';
	const list = [
		{ text: 'Say the price late', page: 4, seconds: null },
		{ text: 'Ask twice', page: null, seconds: 200 },
		{ text: 'Smile (always)', page: null, seconds: null },
		{ text: 'Slides help', page: 2, seconds: null },
		{ text: 'Listen', page: null, seconds: null }
	];
	expect(readPoints(text)).toEqual({ list });
	expect(readPoints(pointLines(list))).toEqual({ list });
	expect(readPoints('Never (p. 0)')).toEqual({ wrong: 'pages count from 1' });
});

describe('captions', () => {
	const srt =
		'\ufeff1\r\n00:00:01,500 --> 00:00:04,000\r\n<i>Good</i> morning.\r\n\r\n2\r\n00:00:40,000 --> 00:00:42,000\r\n{\\an8}Open &amp; close\r\nthe till\r\n';
	const vtt = `WEBVTT

STYLE
::cue { background: url(https://elsewhere.example/x) }

NOTE 00:00:01.000 --> 00:00:02.000
nothing

intro
00:01.500 --> 00:04.000 position:0% line:1
<v Ann><c.loud>Good</c> morning.

00:40.000 --> 00:42.000
Open &amp; close
the till`;

	test.each([
		['SubRip', srt],
		['WebVTT', vtt]
	])('of %s become times and words', (_, text) => {
		expect(readCaptions(text)).toEqual([
			{ from: 1.5, to: 4, text: 'Good morning.' },
			{ from: 40, to: 42, text: 'Open & close\nthe till' }
		]);
	});

	test('are written as they were read', () => {
		const cues = [{ from: 3725.25, to: 3726, text: 'a <b> & c\nd' }];
		expect(writeVtt(cues)).toBe('WEBVTT\n\n01:02:05.250 --> 01:02:06.000\na &lt;b&gt; &amp; c\nd\n');
		expect(readCaptions(writeVtt(cues))).toEqual(cues);
	});

	test('make a text in paragraphs', () => {
		const cues = [0, 5, 29, 31, 70].map((from) => ({ from, to: from + 1, text: `at\n${from}` }));
		expect(transcriptOf(cues)).toEqual([
			{ at: 0, text: 'at 0 at 5 at 29' },
			{ at: 31, text: 'at 31' },
			{ at: 70, text: 'at 70' }
		]);
	});

	test.each([
		'',
		'WEBVTT',
		'Hello there',
		'00:00 --> soon',
		'00:05.000 --> 00:04.000\nback',
		'{"a":1}',
		'-->\n'.repeat(50_000)
	])('are not in %.20j', (text) => expect(readCaptions(text)).toBeUndefined());
});

test.each([
	['video/mp4', 'video'],
	['video/vnd.avi', 'file'],
	['audio/webm', 'audio'],
	['image/heic', 'file'],
	['image/svg+xml', 'file'],
	['image/png', 'image'],
	['application/pdf', 'document'],
	['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'document'],
	['application/zip', 'file'],
	['application/octet-stream', 'file']
])('%s is shown as %s', (mime, media) => expect(mediaOf(mime)).toBe(media));
