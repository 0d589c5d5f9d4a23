import { seeded } from './random.ts';
import { stories, type WrittenStory } from './told.ts';
import type { Version } from './versions.ts';

const towns = 'Porto Lyon Graz Turku Leeds Gent Brno Pécs Cork Bari Umeå Split Vigo Riga Delft Lugo'.split(' ');
const things = 'lamp hoist gate scanner kettle ladder printer heater trolley winch sensor folder'.split(' ');
const deeds = 'repaired measured borrowed forgotten painted insured copied renamed sold counted'.split(' ');

type Random = ReturnType<typeof seeded>;

/** What people say beside a story. */
const remarks: ((random: Random) => string)[] = [
	({ pick, upTo }) => `At our place in ${pick(towns)} the ${pick(things)} broke ${upTo(30) + 2} times last winter.`,
	({ pick }) => `What nobody mentions is who pays for the ${pick(things)} once it is ${pick(deeds)}.`,
	({ pick, upTo }) => `My aunt has kept a ${pick(things)} like that for ${upTo(40) + 3} years, and swears by it.`,
	({ pick }) => `I would have begun with the ${pick(things)}, honestly, before anything gets ${pick(deeds)}.`,
	({ pick }) => `In ${pick(towns)} they laughed about such plans, and then they did it anyway.`,
	({ upTo }) => `It took me ${upTo(9) + 2} readings to see where the trick lies.`,
	({ pick }) => `Somebody should ask the people of ${pick(towns)}, who have been through this before.`,
	({ pick }) => `A ${pick(things)} was ${pick(deeds)} under my own nose, so forgive me if I doubt.`,
	({ upTo }) => `Perhaps I am too old for it: I have seen ${upTo(12) + 3} miracles of that sort come and go.`,
	({ pick }) => `Still, whoever wrote this has visited ${pick(towns)} on foot, which is more than most do.`,
	({ upTo }) => `The number I trust least is the last one; ${upTo(70) + 20} would surprise me less.`,
	({ pick }) =>
		`Last Sunday a neighbour told me the opposite, over a ${pick(things)} that he had ${pick(deeds)} himself.`,
	({ pick }) => `Good, but could it be done without the ${pick(things)}? Ours never works when it rains.`,
	({ pick, upTo }) => `Compare ${pick(towns)}, where ${upTo(50) + 5} households wait for an answer since spring.`,
	() => `More of this, please, and fewer columns about columns.`,
	({ pick }) => `As a ${pick(things)} dealer I may be partial, yet the sums add up for once.`,
	({ upTo }) => `We tried it for ${upTo(11) + 2} weeks and gave up because of the noise.`,
	({ pick }) => `Why always ${pick(towns)}? There are places further north that could use a hand.`,
	({ pick }) => `It reminds me of the affair of the ${pick(deeds)} ${pick(things)}, which ended in court.`,
	() => `If only half of that is right, my cellar will look different by Easter.`,
	({ pick }) => `Thank you for writing it down; in ${pick(towns)} it is told quite otherwise.`,
	({ upTo }) => `The first ${upTo(5) + 2} lines made me angry and the rest made me think.`,
	({ pick }) => `Let me add that every ${pick(things)} needs somebody who likes it.`,
	({ pick }) => `I showed it to a friend from ${pick(towns)}, who only shook her head and poured tea.`,
	() => `There was a song about this when I was small, and it had the better ending.`,
	({ pick }) => `Ask for the drawings before you are ${pick(deeds)}, is all I say.`,
	({ upTo }) => `Of ${upTo(30) + 4} readers of this page perhaps three will do something about it; hello, you three.`,
	({ pick }) => `The part with the ${pick(things)} should stand first, not hidden at the bottom.`,
	({ pick }) => `Trains from ${pick(towns)} are late as well, and nobody writes so kindly of them.`,
	() => `One sentence more about the night shift would have been worth all the pictures.`,
	({ pick, upTo }) => `With ${upTo(80) + 11} euros and a ${pick(things)} I could show you the same in my yard.`,
	({ pick }) => `Has anyone looked at how ${pick(towns)} settled the matter of liability?`,
	() => `Reading it aloud to my father we both stopped at the same comma.`,
	({ pick }) => `Such a ${pick(things)} hangs in our hall, mostly as a warning.`,
	({ upTo }) => `Give it ${upTo(8) + 2} years and everybody will have invented it.`,
	({ pick }) => `That is how my ${pick(things)} got ${pick(deeds)}, and I still miss it.`,
	() => `Fine work, although the headline promises more than the text wants to keep.`,
	({ pick }) => `You can see the same on any market day in ${pick(towns)}, free of charge.`,
	({ pick }) => `Once the ${pick(things)} is gone, no report brings it back.`,
	() => `Whoever laughs now has never carried one of these up four flights of stairs.`
];

/** Somebody's own words, other ones each time. */
function musing(seed: number): string {
	const random = seeded(seed * 7919 + 13);
	return random
		.shuffled(remarks)
		.slice(0, 4)
		.map((remark) => remark(random))
		.join(' ');
}

const firstSentence = (text: string) => /^.*?[.!?](?=\s)/.exec(text)?.[0] ?? text;

/** What is close to a story and is none of it. */
export const neighbours: Record<string, (story: WrittenStory, at: number) => Version> = {
	/** The event in other words. */
	'another report': ({ report }) => ({ title: report.title, html: `<p>${report.text}</p>` }),
	/** The same in other words, under the very title. */
	'the same title': ({ title, report }) => ({ title, html: `<p>${report.text}</p>` }),
	/** In other words, but with what the same speaker said; at times under the very title. */
	'the same quote': ({ title, text, report }, at) => ({
		title: at % 2 ? title : `${report.title}: what is known`,
		html: `<p>${report.text
			.split(/(?<=\.) /)
			.reverse()
			.join(' ')}</p><p>“${firstSentence(text[1]!)}”, it said in a statement.</p><p>${musing(at + 300)}</p>`
	}),
	/** A reply that quotes a paragraph. */
	'a reply': ({ title, text }, at) => ({
		title: at % 2 ? `Re: ${title}` : title,
		html: `<blockquote><p>${text[0]}</p></blockquote><p>${musing(at)}</p>`
	}),
	/** A comment that has a sentence of it in its own text. */
	'a quotation': ({ retitled, text }, at) => ({
		title: `On “${retitled}”`,
		html: `<p>${musing(at + 100)}</p><p>They write: “${firstSentence(text[1]!)}” I doubt it.</p><p>${musing(at + 200)}</p>`
	}),
	/** A round-up of several. */
	'a round-up': (_story, at) => ({
		title: `Read in week ${at + 1}`,
		html: [0, 1, 2, 3]
			.map((step) => stories[(at + step * 7) % stories.length]!)
			.map(
				({ title, text }, step) =>
					`<h3>${title}</h3><p>${firstSentence(text[0]!)}</p><p>${musing(1000 + at * 9 + step)}</p>`
			)
			.join('')
	})
};

/** A post in a series: what two feeds say of the same and of the next one. */
export interface Serial {
	/** Whether both feeds say the same in one number, or only call it the same. */
	same: boolean;
	one: (at: number) => Version;
	other: (at: number) => Version;
	length: number;
}

const copper = (at: number) => {
	const { upTo } = seeded(at + 7);
	const [price, change, stock] = [8000 + upTo(900), upTo(30) / 10 + 0.1, 110 + upTo(80)];
	return `<p>Copper for delivery in three months closed at ${price} dollars a tonne, a change of ${change.toFixed(1)} per cent against the day before. Stocks in the registered warehouses stood at ${stock},${100 + upTo(800)} tonnes. Traders spoke of a quiet day and looked to the figures from China that are expected on Friday. Tin closed at ${25_000 + upTo(2000)} dollars, zinc at ${2500 + upTo(300)}.</p>`;
};
const notes = (at: number) => {
	// Every third release repairs the same again.
	const { pick, upTo } = seeded(at - (at % 3 === 2 ? 1 : 0));
	const version = `4.${at}.${at % 3 ? 1 : 0}`;
	return `<h2>Kestrel ${version}</h2><p>This release of Kestrel is a drop-in replacement for all releases of the 4 series. We recommend that everybody upgrades.</p>
		<ul><li>Fixed a crash when the ${pick(things)} was ${pick(deeds)} twice.</li><li>The ${pick(things)} view loads ${upTo(60) + 10} per cent faster.</li><li>Translations into ${upTo(20) + 5} languages were updated.</li><li>Bug fixes and improvements of performance.</li></ul>
		<p>Thanks to all who reported problems, wrote translations and tested the candidates. Checksums and signatures are beside the downloads.</p>`;
};
const meeting = (at: number) => {
	const { pick, upTo } = seeded(at + 60);
	const town = towns[at % towns.length]!;
	return {
		title: `Open workshop in ${town}`,
		html: `<p>Once a month we repair together what others throw away, and this time we do it in ${town}. Bring what is broken, with its cable if it has one; tools, coffee and people who know how are there. It costs nothing, and children are welcome with an adult. We meet on ${upTo(28) + 1} November at ${upTo(6) + 13}:${pick(['00', '15', '30'])} in the hall behind the ${pick(['station', 'church', 'school', 'market'])}, and there is room for ${upTo(40) + 20}.</p>`
	};
};
const post = (at: number) => {
	const { pick, upTo } = seeded(at + 90);
	const work = `${pick(things)} ${pick(['fitter', 'clerk', 'planner', 'tester', 'driver', 'buyer'])}`;
	return {
		title: `Wanted: ${work} in ${towns[(at * 3) % towns.length]}`,
		html: `<p>We look for a ${work} who likes to think for themselves. You look after ${upTo(90) + 4} ${pick(things)}s, plan what is ${pick(deeds)} next and talk to ${upTo(12) + 2} colleagues about it.</p>
			<p>Halvorsen is a family firm with nine hundred people in six countries. We offer thirty days of leave, a canteen that cooks, a share in the profit and time to learn each week. People with disabilities are preferred where they are equally able. Please send nothing but a letter; we read all of them.</p>`
	};
};
const links = (seed: number) => (at: number) => {
	const { pick } = seeded(seed + at);
	const lines = [0, 1, 2, 3, 4].map((line) => {
		const { report } = stories[(at * 5 + line * 3 + seed) % stories.length]!;
		return `<li><a href="https://links.example/${seed}/${at}/${line}">${report.title}</a>: from ${pick(towns)}, and ${pick(['short', 'long', 'odd', 'sad', 'merry'])}</li>`;
	});
	return {
		title: `Weekly links ${at + 10}`,
		html: `<p>What I read this week between two trains. Send me yours, I read everything and answer most.</p><ul>${lines.join('')}</ul>`
	};
};

/** Series: each number is a story of its own, and looks like the others. */
export const serials: Record<string, Serial> = {
	'weekly links': { same: false, one: links(0), other: links(50), length: 20 },
	'release notes': {
		...{ same: true, length: 20 },
		one: (at) => ({ title: `Kestrel 4.${at}.${at % 3 ? 1 : 0} released`, html: notes(at) }),
		other: (at) => ({
			title: `kestrel 4.${at}.${at % 3 ? 1 : 0}`,
			html: `<p>Packaged for the stable branch.</p>${notes(at)}`
		})
	},
	prices: {
		...{ same: true, length: 20 },
		one: (at) => ({ title: 'Copper at the close', html: copper(at) }),
		other: (at) => ({ title: 'Metals: copper and the others', html: `${copper(at)}<p>Prices without guarantee.</p>` })
	},
	meetings: {
		...{ same: true, length: 16 },
		one: meeting,
		other: (at) => ({ title: `${meeting(at).title}: repair together`, html: meeting(at).html })
	},
	'posts to fill': {
		...{ same: true, length: 20 },
		one: post,
		other: (at) => ({ title: `${post(at).title} (full time)`, html: `${post(at).html}<p>Number ${4000 + at}</p>` })
	}
};
