import { seeded } from './random.ts';
import type { WrittenStory } from './told.ts';

/** A title and HTML, as a feed holds them. */
export interface Version {
	title: string;
	html: string;
}

const paragraphs = (text: string[]) => text.map((each) => `<p>${each}</p>`).join('\n');
const firstWords = (text: string, count: number) => text.split(' ').slice(0, count).join(' ');
const names = ['Ada Lindqvist', 'Tom Berger', 'Ines Duarte', 'Samir Haddad', 'Joan Pryce', 'Eva Novak', 'Luc Martin'];
const dates = ['3 November', '5 November', '8 November', '11 November', '13 November', '16 November', '19 November'];

/** What feeds make of one story. All of it is the same story. */
export const versions: Record<string, (story: WrittenStory, at: number) => Version> = {
	/** The newspaper itself. */
	original: ({ title, text }) => ({ title, html: paragraphs(text) }),
	/** Another paper prints it and breaks off. */
	'cut off': ({ title, text }) => ({
		title,
		html: `${paragraphs([text[0]!, firstWords(text[1]!, 20)])}<p>… Continue reading at the wire</p>`
	}),
	/** A feed of excerpts. */
	excerpt: ({ title, text }) => ({ title, html: `${firstWords(text[0]!, 36)} […]` }),
	/** The same under another title. */
	retitled: ({ retitled, text }) => ({ title: retitled, html: paragraphs(text) }),
	/** A portal that puts its own things around it. */
	wrapped: ({ title, text }, at) => {
		const { pick, upTo } = seeded(at);
		return {
			title: `${title} | The portal`,
			html: `<p>By ${pick(names)}, ${pick(dates)}, ${upTo(9) + 2} minutes</p>${paragraphs(text)}
				<p>Photo: ${pick(names)}. ${upTo(40)} comments. Read next: ${pick(names)} on the price of ${pick(['salt', 'silence', 'rain', 'sleep'])}.</p>
				<p>You like what you read? Become a friend of the portal from two euros a month and choose your cup.</p>`
		};
	},
	/** An American paper's spelling. */
	respelled: ({ title, text }) => ({ title: american(title), html: paragraphs(text.map(american)) }),
	/** Printed anew with a correction. */
	corrected: ({ title, text }, at) => ({
		title: at % 2 ? title : `${title} (corrected)`,
		html: `<p>Correction, ${seeded(at).pick(dates)}: a figure in an earlier version was wrong.</p>${paragraphs(correct(text))}`
	}),
	/** Another title, other things around it, and cut off. */
	mixed: ({ retitled, text }, at) => ({
		title: `${retitled} – Morning mix`,
		html: `<p>${seeded(at).pick(dates)} – from our partners</p>${paragraphs([text[0]!, text[1]!])}<p>[+${400 + at * 7} characters]</p>`
	}),
	/** An advertisement in the middle, and in one piece. */
	advertised: ({ title, text }, at) => {
		const { pick, upTo } = seeded(at + 500);
		return {
			title,
			html: `${text[0]}<br>${text[1]}<br>Advertisement: ${pick(['boots', 'lamps', 'ladders', 'gloves', 'scales'])} for ${upTo(90) + 9} euros, only until ${pick(dates)}, while stocks last.<br>${text[2]}`
		};
	}
};

const spellings: [RegExp, string][] = [
	[/our(s|ed|ing|hood|hoods|ite)?\b/g, 'or$1'],
	[/\b(hor|for|por|yor|flor)(s?)\b/g, '$1$2'],
	[/([a-z]{2,})is(e|ed|es|ing|ation)\b/g, '$1iz$2'],
	[/(met|cent|theat|lit)re(s?)\b/g, '$1er$2'],
	[/\bTheatre/g, 'Theater'],
	[/\bper cent\b/g, 'percent'],
	[/co-operative/gi, 'cooperative'],
	[/e-mail/gi, 'email'],
	[/aluminium/gi, 'aluminum'],
	[/\btyre/gi, 'tire'],
	[/\bkerb\b/g, 'curb'],
	[/programme/g, 'program'],
	[/lled\b/g, 'led'],
	[/ø/g, 'o'],
	[/å/g, 'a'],
	[/é/g, 'e']
];
const american = (text: string) => spellings.reduce((all, [from, to]) => all.replace(from, to), text);

/** One figure put right, and a word or two. */
const correct = (text: string[]) => [
	text[0]!,
	text[1]!.replace(/\b(two|three|four|five|six|seven|eleven)\b/, 'twelve').replace(/\bsays\b/g, 'said'),
	text[2]!.replace(/^(The|In|It|Its|Small|Talks)\b/, 'As we know now, $1')
];
