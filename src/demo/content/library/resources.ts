import sharp from 'sharp';
import { storeFile } from '#src/core/files/server/store.ts';
import { newResource, resourceNotes } from '#src/library/resources/input.ts';
import { noteResource, shareResource } from '#src/library/resources/server/write.ts';
import { parse } from '#src/platform/server/parse.ts';
import type { DemoThing } from '../../shape.ts';

interface Shared {
	name: string;
	content: () => Promise<Uint8Array>;
	title: string;
	bodyMd: string;
	tags: string[];
	points?: string;
}

const resource =
	({ name, content, points, ...about }: Shared): DemoThing['make'] =>
	async (tx, viewer, spaceId) => {
		const { id: fileId } = await storeFile(tx, viewer, { name, content: await content() }, { limited: false });
		const id = await shareResource(tx, viewer, parse(newResource, { ...about, spaceId, fileId }));
		if (points) await noteResource(tx, viewer, id, parse(resourceNotes, { points }));
		return id;
	};

const text = (words: string) => () => Promise.resolve(new TextEncoder().encode(words));

/** Drawn with shapes alone, so that it looks the same wherever the example is filled. */
const picture = (shapes: string) => () =>
	sharp(
		Buffer.from(
			`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="760"><rect width="1200" height="760" fill="#f6f1e7"/>${shapes}</svg>`
		)
	)
		.png()
		.toBuffer();

const shelf = (x: number, y: number, width: number, height: number, fill = '#c9b58c') =>
	`<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="${fill}" stroke="#5c4d33" stroke-width="3"/>`;

const floor = [
	'<rect x="40" y="40" width="1120" height="680" rx="10" fill="#fffdf8" stroke="#39352c" stroke-width="8"/>',
	...[140, 300, 460].map((y) => shelf(160, y, 520, 60)),
	...[780, 900, 1020].map((x) => shelf(x, 130, 60, 390, '#a8bfa4')),
	shelf(160, 600, 300, 60, '#2f6b4f'),
	'<path d="M560 720 h140" stroke="#f6f1e7" stroke-width="14"/>',
	'<path d="M630 700 v-130 h-110 v-220 M520 570 h220 v-380" fill="none" stroke="#b5482f" stroke-width="8" stroke-dasharray="18 14"/>'
].join('');

export const resources: DemoThing[] = [
	{
		...{ space: 'shop-floor', by: 'gwen', at: '19 09:40' },
		make: resource({
			name: 'first-hour-alone.txt',
			content: text(`The first hour alone in the shop

Before the door opens
Lights from the back to the front: you see what is broken on the way.
Count the float twice. If it is not 150, write it down before the first sale, not after.
Walk the floor once as a customer would. Pick up what you would trip over.

The first customers
Say hello from where you stand. Do not run to the door.
If two need you at once, tell the second one how long: "two minutes" is enough.

When something breaks
The card machine: pull the plug, count to ten. Most mornings that is all.
The till drawer: the key hangs behind the calendar.
Anything else: ring Cardiff before nine, Leeds after.

Before you think it is going badly
Everybody's first hour alone feels long. It is an hour.
`),
			title: 'Your first hour alone in the shop',
			bodyMd: 'One page to read on the evening before. Print it if you like paper; it is meant to be written on.',
			tags: ['opening', 'till'],
			points: 'Count the float twice\nTell the second customer how long it takes\nRing Cardiff before nine, Leeds after'
		}),
		helped: [
			['callum', 20, 'Read it on the bus. The drawer key!'],
			['bea', 15]
		],
		comments: [{ by: 'callum', after: '2d', body: 'The float is 200 on Saturdays since May, is it not?' }]
	},
	{
		...{ space: 'everybody', by: 'marcus', at: '8 16:05' },
		make: resource({
			name: 'floor-plan-spring.png',
			content: picture(floor),
			title: 'Floor plan for the spring range',
			bodyMd:
				'How Leeds stands since Monday. The dashed line is the way most people walked when we counted: **past the plants, then left**. Green is the counter.',
			tags: ['display']
		}),
		helped: [['leila', 30, 'Moved our tables the same way.']]
	}
];
