import { keepNote, newHighlight } from '#src/core/keeping/input.ts';
import { highlight } from '#src/core/keeping/server/highlights.ts';
import { noteRead } from '#src/core/items/server/reading.ts';
import { keep } from '#src/core/keeping/server/keep.ts';
import { newCheck, newLink, type NewCheck } from '#src/library/links/input.ts';
import { checkLink } from '#src/library/links/server/checks.ts';
import { keepPage } from '#src/library/links/server/keep.ts';
import { readLink } from '#src/library/links/server/read.ts';
import { makeLink } from '#src/library/links/server/share.ts';
import type { Viewer } from '#src/core/access/server/viewer.ts';
import type { Db } from '#src/platform/server/db.ts';
import { people } from '../people.ts';
import type { After, DemoThing } from '../../shape.ts';

interface Page {
	url: string;
	title: string;
	site: string;
	author?: string;
	published?: string;
	description: string;
	/** Its paragraphs; a second list is what it says since. */
	texts: string[][];
	/** It is gone since. */
	gone?: boolean;
}

/** The sites are made up and nothing is fetched: what their pages say is given here. */
function link(page: Page, note: string, tags: string[]): DemoThing['make'] {
	return async (tx, viewer, spaceId) => {
		const input = newLink.parse({ spaceId, url: page.url, bodyMd: note, tags });
		const id = await makeLink(tx, viewer, input);
		await keepPage(tx, id, { author: '', published: null, ...page, paragraphs: page.texts[0]! });
		if (page.gone) await keepPage(tx, id, { author: '', published: null, ...page, paragraphs: [] });
		return id;
	};
}

/** What a colleague found when they checked it. */
const check = (by: string, after: After, found: Partial<NewCheck> & { verdict: NewCheck['verdict'] }) => ({
	by,
	after,
	act: (tx: Parameters<typeof checkLink>[0], viewer: Parameters<typeof checkLink>[1], id: string) =>
		checkLink(tx, viewer, id, newCheck.parse(found))
});

/** A colleague keeps it for themselves, with a note and the passages they marked. */
const keeps = (by: string, after: After, note = '', passages: [exact: string, note?: string][] = []) => ({
	by,
	after,
	act: async (tx: Parameters<typeof checkLink>[0], viewer: Parameters<typeof checkLink>[1], itemId: string) => {
		const { page, kept } = await readLink(tx, viewer, itemId);
		const { url, author, site, publishedAt } = page;
		const thing = { itemId, url, author, site, publishedAt, html: kept?.html, isRead: true };
		const { id } = await keep(tx, viewer, thing, keepNote.parse({ note, tags: [] }));
		for (const [exact, said = ''] of passages)
			await highlight(tx, viewer, id, newHighlight.parse({ exact, note: said }));
	}
});

const scales: Page = {
	url: 'https://weights-and-measures.example/small-shops/scales',
	title: 'Scales in small shops: what an inspector looks at',
	site: 'Weights and Measures Office',
	author: 'Office for Weights and Measures',
	published: '2026-03-02T09:00:00.000Z',
	description: 'The nine things that are checked on a visit, and how to be ready for each.',
	texts: [
		[
			'An inspector who comes to a shop looks at nine things, in this order, and needs about twenty minutes for them.',
			'The scale stands level and its display can be read by the customer. The seal is whole and the year on it is not past.',
			'It shows zero before anything lies on it. Tare is taken off for every bag, box and cup: the customer pays for what is inside.',
			'Put a known weight on it each morning and write down what it shows. A notebook is enough; it is the first thing we ask for.',
			'A scale that is one step off is not used until it has been set. Whoever sells by it meanwhile is fined, not the maker.'
		],
		[
			'An inspector who comes to a shop looks at eleven things since this spring, and needs about half an hour for them.',
			'The scale stands level and its display can be read by the customer. The seal is whole and the year on it is not past.',
			'New: where customers weigh for themselves, a card beside the scale says how, in words and in pictures.',
			'New: the software of scales that print labels is shown in its version; the till must have the same prices.',
			'Put a known weight on it each morning and write down what it shows. Since this spring a photo of the display counts as well.',
			'A scale that is one step off is taken out of sight until it has been set.'
		]
	]
};

export const links: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'tomasz', at: '31 10:20' },
		make: link(
			scales,
			'What the inspector who came to Leeds had in his hand. **The part on the notebook** is the one we never did.',
			['scales', 'inspection']
		),
		more: [
			check('gwen', '1d', {
				...{ verdict: 'trust', behind: 'The office that sends the inspectors', dated: 'This March' },
				...{ evidence: 'It is the rule itself, with its paragraph', purpose: 'So that fewer shops fail' },
				corroboration: 'The inspector in Leeds asked for exactly these nine'
			}),
			check('leila', '2d', { verdict: 'trust', behind: 'A public office', months: 6 }),
			keeps('callum', '3d', 'For the next visit: the notebook lies beside the scale, not in the office.', [
				['Put a known weight on it each morning and write down what it shows.', 'Whoever opens.'],
				['A notebook is enough']
			]),
			keeps('gwen', '4d', 'Send this to the two new shops before they open.'),
			keeps('leila', '4d'),
			{
				...{ by: 'tomasz', after: '20d' },
				act: (tx, _viewer, id) =>
					keepPage(tx, id, { author: '', published: null, ...scales, paragraphs: scales.texts[1]! })
			}
		],
		helped: [['gwen', 40, 'We passed the visit without a letter.']],
		comments: [{ by: 'callum', after: '3d', body: 'Printed the list and hung it inside the cupboard door.' }]
	},
	{
		...{ space: 'everybody', by: 'ifeoma', at: '12 15:10' },
		make: link(
			{
				url: 'https://plain-words.example/notices',
				title: 'Notices people read: twelve before-and-afters',
				...{ site: 'Plain Words', author: 'Ruth Okonjo', published: '2025-10-14T08:00:00.000Z' },
				description: 'Twelve notices from shops and stations, rewritten so that somebody in a hurry understands them.',
				texts: [
					[
						'A notice has three seconds. In that time it says one thing, or nothing.',
						'Begin with what the reader should do. "Pay at the other till" comes before why this one is shut.',
						'One notice, one wish. A second one needs a second sheet, and mostly it needs to go.',
						'Say when it ends. A notice without a date teaches people to overlook all the others.'
					]
				]
			},
			'For whoever writes the sheets on our doors. Number seven is us.',
			['writing']
		),
		more: [
			check('nora', '1d', { verdict: 'trust', behind: 'She wrote signs for a railway for ten years', months: 24 }),
			keeps('bea', '1d', 'Three seconds: read it aloud before printing.', [
				['Begin with what the reader should do.', 'Ours begins with "Unfortunately".']
			]),
			keeps('kit', '2d'),
			// Many look at it, and hardly anybody says that it helped.
			...people
				.filter(({ key }) => key !== 'ifeoma')
				.map(({ key }) => ({
					by: key,
					after: '3d',
					act: (tx: Db, viewer: Viewer, id: string) => noteRead(tx, viewer, id)
				}))
		],
		helped: [['bea', 15, 'Our return notice is one line now.']]
	},
	{
		...{ space: 'shop-floor', by: 'callum', at: '24 15:40' },
		make: link(
			{
				url: 'https://till-tricks.example/blog/reset-without-code',
				title: 'Reset any till without the manager code',
				...{ site: 'Till Tricks', published: '2019-05-20T08:00:00.000Z' },
				description: 'Forgot the code? This works on every model.',
				texts: [
					[
						'Every till has a service menu that opens with the same six digits, whatever the maker says.',
						'Hold clear and total together for ten seconds while it starts, then type them.',
						'All settings go back to those of the factory. Totals of the day are printed first, if there is paper.'
					]
				]
			},
			'Found this when ours was locked. Has anybody tried it?',
			['till']
		),
		more: [
			check('mei', '3h', {
				...{ verdict: 'avoid', behind: 'Nobody who says who they are', dated: '2019: our tills are newer' },
				...{ evidence: 'None', purpose: 'It sells a "universal code" at the end' },
				corroboration: 'The maker says the opposite: it wipes the totals of the day'
			}),
			check('gwen', '1d', { verdict: 'avoid', corroboration: 'It cost us a day of totals in Cardiff' })
		],
		comments: [
			{
				by: 'callum',
				after: '4h',
				body: 'Good that I asked first. Leaving it here so the next one finds your answers too.'
			}
		]
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'sem', at: '44 09:30' },
		make: link(
			{
				url: 'https://cold-chain.example/articles/dry-ice',
				title: 'Handling dry ice in small stores',
				...{ site: 'Cold Chain Notes', author: 'P. Vermeer', published: '2023-01-11T08:00:00.000Z' },
				description: 'How much, how long, and when to open the door.',
				gone: true,
				texts: [
					[
						'A kilogram of dry ice becomes half a cubic metre of gas. In a small store without a window that is enough to make you dizzy.',
						'Open the door before you open the box, and leave it open while you work.',
						'Gloves that keep out the cold are not the ones that keep out water. Have both.',
						'What is left over goes into the open air, never into the sink: the pipe bursts.'
					]
				]
			},
			'The only short text on it I know. The site went dark last month, but the text is kept here.',
			['cold', 'safety']
		),
		more: [
			check('hanneke', '2d', {
				verdict: 'care',
				evidence: 'No sources, but it matches what our supplier says',
				months: 6
			})
		]
	}
];
