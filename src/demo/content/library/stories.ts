import { tellStory } from '#src/library/stories/server/stories.ts';
import type { StoryResult, Part } from '#src/library/stories/story.ts';
import type { DemoThing } from '../../shape.ts';

type Told = Record<Part, string> & { title: string; result: StoryResult; tags: string[]; anonymous?: boolean };

/** What in these texts looks like a name and is none that needs hiding. */
const KEPT = ['Rotterdam', 'Cardiff', 'Leeds', 'Porto', 'Nairobi', 'Excel'];

/** The names of the example are made up, and those of clients are left out as its people would. */
const story = (told: Told): DemoThing['make'] => {
	const masks = Object.fromEntries(KEPT.map((name) => [name, 'keep']));
	return (tx, viewer, spaceId) => tellStory(tx, viewer, { anonymous: false, ...told, masks, spaceId });
};

export const stories: DemoThing[] = [
	{
		...{ space: 'everybody', by: 'nora', at: '17 11:30' },
		make: story({
			title: 'The meeting for everybody that half of us could not hear',
			situation: 'Twice a year all of us meet, six places and ninety people on one call.',
			tried: 'One large room with a microphone, everybody else on the screen.',
			happened:
				'Those in the room laughed at jokes that nobody else heard. Three shops hung up. The notes we sent later were read by more people than the call had.',
			again:
				'Notes first, a week before, with room for questions beneath. The call only for what was asked, and everybody on their own screen, the room too.',
			result: 'partly',
			tags: ['meetings']
		}),
		helped: [
			['hanneke', 30],
			['priya', 25, 'We write first now as well.']
		]
	},
	{
		...{ space: 'shop-floor', by: 'marcus', at: '23 09:10' },
		make: story({
			title: 'We discounted a wobbly shelf and sold three, all three came back',
			situation:
				'Four display shelves had stood in the window all summer. The wood had moved, each wobbled a little. I had a week to clear the window.',
			tried: 'A red sticker, half price, “display model”. I told the team to say that it wobbles, if asked.',
			happened:
				'Three sold on the first day. All three were back within the week, two with a bad review. **Nobody had asked**, so nobody was told. The refunds and the lorry cost more than the shelves were worth.',
			again:
				'Sell display pieces, yes. But write the fault on the sticker, in the words a customer would use. The fourth shelf sold with “wobbles, needs a wedge” on it, and stayed sold.',
			result: 'did_not_work',
			tags: ['returns', 'display']
		}),
		helped: [['gwen', 45, 'We had six of them waiting for a sticker.'], ['bea', 30], ['leila']],
		comments: [
			{ by: 'gwen', after: '1d', body: 'Thank you for telling this one. Ours now say what is wrong, in large letters.' }
		]
	},
	{
		...{ space: 'shop-floor', by: 'leila', at: '12 13:20' },
		make: story({
			title: 'A customer who shouted, and the chair that helped',
			situation: 'Saturday, a queue to the door, and somebody at the counter whose order had been cancelled twice.',
			tried:
				'First I explained the reason. Wrong: it made it worse. Then I put a chair beside the counter, sat down myself, and asked what the thing was for.',
			happened:
				'It was for a birthday on Sunday. Sitting down changed the tone in about ten seconds. We found one in Leeds and a colleague drove it over.',
			again: 'Sit. Ask what it is for before you explain anything. And never explain our reasons first.',
			result: 'worked',
			tags: ['complaints', 'queue']
		}),
		helped: [
			['callum', 15, 'Did the chair. It works.'],
			['wanjiru', 20, 'On the phone the same: ask what it is for.'],
			['kit']
		]
	},
	{
		...{ space: 'warehouse-rotterdam', by: 'sem', at: '31 09:40' },
		make: story({
			title: 'Counting at night instead of on Saturday',
			situation: 'The stock count closes two aisles for a day. Saturday is when the shops order most.',
			tried: 'We counted from eight in the evening, two people an aisle, one counting and one typing.',
			happened:
				'It took five hours instead of nine, since nothing moved. Two errors instead of eleven. One colleague slept badly for three days, and we had not asked.',
			again: 'At night, yes, but with volunteers, and with the next morning off.',
			result: 'partly',
			tags: ['stock-count', 'shifts']
		}),
		helped: [['hanneke', 120, 'Four hours, each quarter.']]
	},
	{
		...{ space: 'web-and-apps', by: 'arjun', at: '9 16:05' },
		make: story({
			title: 'The release on a Friday that everybody remembers',
			situation: 'A small fix for the basket, two lines, tested. It was three in the afternoon on a Friday.',
			tried: 'We shipped it, because it was small.',
			happened:
				'Gift cards stopped working in one country, since the tests had no gift cards. Care had forty calls before we saw it. Rolling back took six minutes; seeing it took two hours.',
			again:
				'The day was not the mistake. Not watching was. Now whoever ships stays an hour and looks at the graph of paid orders, by country.',
			result: 'did_not_work',
			tags: ['release', 'monitoring'],
			anonymous: true
		}),
		helped: [
			['priya', 60],
			['olu', 30, 'The graph by country is on the wall now.']
		]
	}
];
